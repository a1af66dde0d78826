#!/bin/bash
# minirun-oci --systemd-cgroup: systemd makes the cgroup, root's and a user's, and knows what is in it.
# Needs systemd.
# shellcheck source=tests/MiniRun.Integration.Tests/vm-lib.sh
. "$(dirname "$0")/../vm-lib.sh"

oci() { minirun-oci --systemd-cgroup --root "$work/state" "$@"; }
# shellcheck disable=SC2317 # these are called by check
limits() { (cd "/sys/fs/cgroup/$1" && cat memory.max pids.max cpu.max | paste -s -d ' '); }
# shellcheck disable=SC2317
shown() { systemctl show -P "$2" "$1"; }
# shellcheck disable=SC2317
told() { systemctl show -p MemoryMax -p TasksMax -p CPUQuotaPerSecUSec --value "$1" | sort | paste -s -d ' '; }
# shellcheck disable=SC2317
same() { [[ $("$@") == "$(< "$work/before")" ]] && echo same; }
# shellcheck disable=SC2317
procs_are_init() { [[ $(< "/sys/fs/cgroup/$1/cgroup.procs") == "$(oci state box | jq .pid)" ]] && echo same; }
# gone UNIT FOLDER
# shellcheck disable=SC2317
gone() { [[ ! -e /sys/fs/cgroup/$2 && $(shown "$1" LoadState) == not-found ]] && echo gone; }

scope() {
  local unit=test-box.scope folder=machine.slice/test-box.scope
  start box 'sleep 1000' '.linux.cgroupsPath = "machine.slice:test:box"
    | .linux.resources = {memory: {limit: 67108864}, pids: {limit: 7}, cpu: {quota: 20000, period: 50000}}
    | .annotations = {"org.systemd.property.TimeoutStopSec": "uint64 7", "org.systemd.property.Documentation": "[\"https://example.com\"]"}'
  check 'the container is all that is in its scope' 0 same procs_are_init "$folder"
  check 'limits are in force' 0 '67108864 7 20000 50000' limits "$folder"
  check 'systemd knows them' 0 '400ms 67108864 7' told "$unit"
  check 'the scope is delegated' 0 yes shown "$unit" Delegate
  check 'annotations are properties' 0 7s shown "$unit" TimeoutStopUSec
  check 'in lists too' 0 https://example.com shown "$unit" Documentation
  systemctl daemon-reload
  check 'a reload of systemd leaves them' 0 '67108864 7 20000 50000' limits "$folder"
  check 'update' 0 '' oci update --memory 33554432 --pids-limit 9 --cpu-quota 12345 box
  check 'changes the files' 0 '33554432 9 12345 50000' limits "$folder"
  check 'and the unit' 0 '250ms 33554432 9' told "$unit"
  told "$unit" > "$work/before"
  printf '{"pids": {"limit": 11}, "unified": {"memory.oom.group": "many"}}' > "$work/bad.json"
  check 'a value that the kernel refuses' 1 '*memory.oom.group*' oci update -r "$work/bad.json" box
  check 'changes no file' 0 '33554432 9 12345 50000' limits "$folder"
  check 'and not the unit' 0 same same told "$unit"
  check 'exec joins the scope' 0 "0::/" oci exec box cat /proc/1/cgroup
  check 'pause' 0 '' oci pause box
  check 'is the kernel freezing it' 0 1 cat "/sys/fs/cgroup/$folder/cgroup.freeze"
  check 'resume' 0 '' oci resume box
  check 'a second container of the same unit is refused' 1 '*test-box.scope*' oci run --detach --bundle "$work/bundle" other
  check 'and harms the first in nothing' 0 same procs_are_init "$folder"
  check 'delete --force' 0 '' oci delete --force box
  check 'leaves nothing' 0 gone gone "$unit" "$folder"
  check 'its name is free at once' 0 '' sh -c "minirun-oci --systemd-cgroup --root '$work/state' run --detach --bundle '$work/bundle' box < /dev/null > /dev/null 2>&1"
  check 'systemctl stop ends the container' 0 '' systemctl stop "$unit"
  check 'which is stopped' 0 stopped sh -c "minirun-oci --root '$work/state' state box | jq -r .status"
  check 'delete' 0 '' oci delete box
}

places() {
  bundle 'cat /proc/self/cgroup' '.linux.cgroupsPath = "a-b.slice:p:n" | .linux.namespaces |= map(select(.type != "cgroup"))'
  check 'slices lie in slices' 0 '0::/a.slice/a-b.slice/p-n.scope' oci run --bundle "$work/bundle" box
  check 'after the end nothing is left' 0 gone gone p-n.scope a.slice/a-b.slice/p-n.scope
  bundle 'cat /proc/self/cgroup' 'del(.linux.cgroupsPath) | .linux.namespaces |= map(select(.type != "cgroup"))'
  check 'without a cgroupsPath the id is the name' 0 '0::/system.slice/minirun-box.scope' oci run --bundle "$work/bundle" box
  check 'the same by --cgroup-manager' 0 '0::/system.slice/minirun-box.scope' minirun-oci --root "$work/state" --cgroup-manager systemd run --bundle "$work/bundle" box
  bundle true '.linux.cgroupsPath = "/box"'
  check 'a path in another form is one line' 1 '*slice:prefix:name*' oci run --bundle "$work/bundle" box
  bundle true '.linux.cgroupsPath = "a--b.slice:p:n"'
  check 'a slice that cannot be one too' 1 '*is no slice*' oci run --bundle "$work/bundle" box
  bundle true '.linux.cgroupsPath = "machine.slice:p:n" | .annotations = {"org.systemd.property.NoSuchThing": "5"}'
  check 'and a property that systemd does not know' 1 '*NoSuchThing*' oci run --bundle "$work/bundle" box
  check 'nothing is left of it' 0 gone gone p-n.scope machine.slice/p-n.scope
  check 'not in the list either' 0 '' oci list -q
  bundle true '.linux.cgroupsPath = "machine.slice:p:n" | .root.path = "/nowhere"'
  check 'a start that fails later' 1 '*' oci run --bundle "$work/bundle" box
  check 'leaves no scope' 0 gone gone p-n.scope machine.slice/p-n.scope
  bundle true '.linux.cgroupsPath = "machine.slice:p:n"'
  check 'nor does one that is killed' 137 '*' env MINIRUN_FAULT=launcher:Cgroup "$repository/artifacts/bin-faults/minirun-oci" --systemd-cgroup --root "$work/state" run --bundle "$work/bundle" box
  check 'whose name is free after delete' 0 '' oci delete --force box
  bundle true
  check 'without a bus it is one line' 1 '*no bus listens*' env DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/nothing minirun-oci --systemd-cgroup --root "$work/state" run --bundle "$work/bundle" box
}

owner() {
  bundle 'sleep 1000' '.linux.cgroupsPath = "machine.slice:test:box" | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings
    | .linux.namespaces += [{type: "user"}] | .mounts |= map(if .destination == "/sys/fs/cgroup" then .options -= ["ro"] else . end)'
  oci run --detach --bundle "$work/bundle" box < /dev/null > /dev/null 2>&1
  check "a cgroup that the container sees read-write is its root's" 0 $'100000\n100000\n0' stat -c %u /sys/fs/cgroup/machine.slice/test-box.scope{,/cgroup.procs,/memory.max}
  check 'who may divide it' 0 '' oci exec box mkdir /sys/fs/cgroup/below
  check 'but not lift its limits' '[1-9]*' '*' oci exec box sh -c 'echo max > /sys/fs/cgroup/memory.max'
  check 'deleted with what it made' 0 '' oci delete --force box
}

rootless() {
  local id=4321 folder
  useradd --uid $id --create-home user
  systemctl start user@$id.service
  folder=/user.slice/user-$id.slice/user@$id.service
  as_user() { (cd / && setpriv --reuid $id --regid $id --clear-groups env HOME=/home/user XDG_RUNTIME_DIR=/run/user/$id PATH="$PATH" "$@"); }
  install -d -o $id "/run/user/$id/bundle"
  chmod 755 /var/lib/minirun /var/lib/minirun/samples
  as_user minirun-oci spec --rootless --bundle /run/user/$id/bundle
  jq '.process.terminal = false | .process.args = ["sh", "-c", "sleep 1000"] | .root.path = "/var/lib/minirun/samples/busybox/rootfs" | .root.readonly = true
    | .linux.cgroupsPath = "user.slice:test:box" | .linux.resources = {pids: {limit: 8}}' "/run/user/$id/bundle/config.json" > "$work/config"
  cp "$work/config" "/run/user/$id/bundle/config.json"
  # shellcheck disable=SC2016 # expanded by the user's shell
  check "a user's container" 0 '' as_user sh -c 'minirun-oci --systemd-cgroup run --detach --bundle $XDG_RUNTIME_DIR/bundle box < /dev/null > /dev/null 2>&1'
  check "is in a scope of the user's manager, with its limit" 0 8 cat "/sys/fs/cgroup$folder/user.slice/test-box.scope/pids.max"
  check 'exec joins it' 0 '0::/' as_user minirun-oci exec box cat /proc/self/cgroup
  check 'update' 0 '' as_user minirun-oci update --pids-limit 6 box
  check 'is in force' 0 6 cat "/sys/fs/cgroup$folder/user.slice/test-box.scope/pids.max"
  check 'and known to the manager' 0 6 as_user systemctl --user show -P TasksMax test-box.scope
  check 'delete' 0 '' as_user minirun-oci delete --force box
  check 'leaves nothing' 1 '' test -e "/sys/fs/cgroup$folder/user.slice/test-box.scope"
  check 'without a session it is one line' 1 '*XDG_RUNTIME_DIR*' setpriv --reuid $id --regid $id --clear-groups env -u XDG_RUNTIME_DIR -u DBUS_SESSION_BUS_ADDRESS minirun-oci --root /run/user/$id/x --systemd-cgroup run --bundle /run/user/$id/bundle box
}

scope
places
owner
rootless
finish
