#!/bin/bash
# process.selinuxLabel and linux.mountLabel with a kernel that runs SELinux, permissive, under a policy made here.
# Kernel: security=selinux selinux=1
# Needs: secilc
# shellcheck source=tests/MiniRun.Integration.Tests/vm-lib.sh
. "$(dirname "$0")/../vm-lib.sh"

# A policy of three types that allows all it does not know.
load() {
  local sid sids='kernel security unlabeled fs file file_labels init any_socket port netif netmsg node igmp_packet icmp_socket tcp_socket sysctl_modprobe
    sysctl sysctl_fs sysctl_kernel sysctl_net sysctl_net_unix sysctl_vm sysctl_dev kmod policy scmp_packet devnull'
  {
    echo '(handleunknown allow) (mls true) (policycap nnp_nosuid_transition) (class process (transition dyntransition)) (classorder (process))'
    echo '(user u) (role r) (role object_r) (type base_t) (type box_t) (type other_t) (type mount_t)'
    echo '(category c1) (category c2) (categoryorder (c1 c2)) (sensitivity s0) (sensitivityorder (s0)) (sensitivitycategory s0 (c1 c2))'
    echo '(roletype object_r base_t) (roletype object_r mount_t) (roletype r base_t) (roletype r box_t) (roletype r other_t) (roletype r mount_t) (userrole u r) (userrole u object_r) (userlevel u (s0)) (userrange u ((s0) (s0 (c1 c2))))'
    echo '(allow base_t self (process (transition)))'
    for sid in $sids; do echo "(sid $sid) (sidcontext $sid (u r base_t ((s0) (s0))))"; done
    echo "(sidorder ($(tr -s '\n ' ' ' <<< "$sids")))"
  } > "$work/policy.cil"
  secilc --policyvers=33 --output="$work/policy" --filecontext=/dev/null "$work/policy.cil"
  mount -t selinuxfs selinuxfs /sys/fs/selinux
  cat "$work/policy" > /sys/fs/selinux/load
}

labels() {
  local show='tr -d "\0" < /proc/self/attr/current; echo; tr -d "\0" < /proc/1/attr/current'
  bundle "$show" '.process.selinuxLabel = "u:r:box_t:s0:c1,c2"'
  check 'the program has its label' 0 $'u:r:box_t:s0:c1,c2\nu:r:box_t:s0:c1,c2' oci run --bundle "$work/bundle" box
  bundle "$show" .
  check 'without one it has its caller'"'"'s' 0 $'u:r:base_t:s0\nu:r:base_t:s0' oci run --bundle "$work/bundle" box
  bundle "$show" '.process.selinuxLabel = "u:r:unknown_t:s0"'
  check 'one that the policy does not know is a failed start' 1 '*policy does not know*process.selinuxLabel*' oci run --bundle "$work/bundle" box
  start box 'sleep 1000' '.process.selinuxLabel = "u:r:box_t:s0:c1" | .linux.mountLabel = "u:object_r:mount_t:s0:c1"'
  check 'exec has the container'"'"'s' 0 'u:r:box_t:s0:c1' oci exec box sh -c 'tr -d "\0" < /proc/self/attr/current'
  check 'or another' 0 'u:r:other_t:s0' oci exec --process-label u:r:other_t:s0 box sh -c 'tr -d "\0" < /proc/self/attr/current'
  check 'files of its mounts have the mount label' 0 $'u:object_r:mount_t:s0:c1\nu:object_r:mount_t:s0:c1' \
    stat -c %C "/proc/$(oci state box | jq .pid)/root/dev" "/proc/$(oci state box | jq .pid)/root/dev/shm"
  check 'a start under a label that is lost is refused' 1 '*attr/exec*' env MINIRUN_WEAKEN=WriteProc "$repository/artifacts/bin-faults/minirun-oci" --root "$work/state" run --bundle "$work/bundle" lost
  oci delete --force box
}

load
labels
finish
