#!/bin/bash
# First process of the VM after /init, or systemd's service: makes the machine an ordinary cgroup v2 host, runs the command, reports its exit
# status on ttyS2 and powers off, whatever happens.
set -euo pipefail
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
trap 'echo o > /proc/sysrq-trigger; sleep 60' EXIT
stty -F /dev/ttyS1 raw -echo

# What systemd does where it is first.
set_up() {
  mkdir -p /dev/pts /dev/shm
  mount -t devpts -o ptmxmode=666,gid=5,mode=620 devpts /dev/pts
  mount -t tmpfs -o mode=1777 tmpfs /dev/shm
  ln -sfn /proc/self/fd /dev/fd
  for number in 0:stdin 1:stdout 2:stderr; do ln -sfn "/proc/self/fd/${number%:*}" "/dev/${number#*:}"; done

  # The root cgroup must be free of processes before its controllers can be handed down.
  mount -t cgroup2 -o nsdelegate cgroup2 /sys/fs/cgroup
  mkdir /sys/fs/cgroup/init
  while read -r pid; do echo "$pid" > /sys/fs/cgroup/init/cgroup.procs; done 2> /dev/null < /sys/fs/cgroup/cgroup.procs || true
  for controller in $(< /sys/fs/cgroup/cgroup.controllers); do echo "+$controller" > /sys/fs/cgroup/cgroup.subtree_control; done

  mount --make-rshared /
  ip link set lo up
  hostname vm
}

[[ -e /run/vm/minirun-vm.service ]] || set_up
# overlayfs cannot carry another overlay's upper layer: containers lie on tmpfs.
mkdir -p /var/lib/minirun
mount -t tmpfs -o mode=700 tmpfs /var/lib/minirun
modprobe -qa loop ext4 overlay || true

status=0
(
  # shellcheck disable=SC1091 # written by run.sh
  . /run/vm/environment
  unset VM_TIMEOUT VM_KERNEL VM_MEMORY VM_CPUS TMPDIR MINIRUN_DATA MINIRUN_STATE
  export MINIRUN_INSIDE_VM=1
  exec setsid --wait bash /run/vm/command < /dev/null > /dev/ttyS1 2>&1
) || status=$?
# Closing the line waits until its last byte is out.
echo "$status" > /dev/ttyS2
