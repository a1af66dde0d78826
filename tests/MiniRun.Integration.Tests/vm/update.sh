#!/bin/bash
# update, events and ps of minirun-oci against a kernel that has every controller.
# shellcheck source=tests/MiniRun.Integration.Tests/vm-lib.sh
. "$(dirname "$0")/../vm-lib.sh"

# shellcheck disable=SC2317 # called by check
limits() { (cd "/sys/fs/cgroup/$1" && cat memory.max memory.swap.max memory.low cpu.max cpu.weight pids.max | paste -s -d ' '); }

update() {
  local docker
  start box 'sleep 1000'
  check 'update sets limits on a container that had none' 0 '' oci update --memory 64m --memory-swap 128m --memory-reservation 8388608 --cpu-quota 20000 --cpu-period 50000 --cpu-share 512 --pids-limit 7 box
  check 'they are in force' 0 '67108864 67108864 8388608 20000 50000 20 7' limits box
  # docker's body: 0 is unset.
  docker='{"memory": {"limit": 67108864, "kernel": 0, "reservation": 0, "swap": 0}, "cpu": {"shares": 0, "quota": 0, "period": 0, "cpus": "", "mems": ""}, "blockIO": {"weight": 0}}'
  check "docker's body on standard input" 0 '' sh -c "echo '$docker' | minirun-oci --root '$work/state' update --resources - box"
  check 'changes only what is not 0' 0 '67108864 67108864 8388608 20000 50000 20 7' limits box
  printf '{"memory": {"limit": 33554432, "kernel": 0}, "cpu": {"shares": 0}, "blockIO": {"weight": 0}}' > "$work/docker.json"
  check 'and from a file' 0 '' oci update --resources="$work/docker.json" box
  check 'only the limit changed' 0 '33554432 67108864 8388608 20000 50000 20 7' limits box
  printf '{"pids": {"limit": 9}, "unified": {"cpu.max": "many"}}' > "$work/bad.json"
  check 'a value that the kernel refuses is one line' 1 '*cpu.max*' oci update -r "$work/bad.json" box
  check 'and what was written before it is taken back' 0 '33554432 67108864 8388608 20000 50000 20 7' limits box
  printf '{"memory": {"limit": 4096, "checkBeforeUpdate": true}}' > "$work/small.json"
  check 'checkBeforeUpdate refuses a limit below what is in use' 1 '*checkBeforeUpdate*' oci update -r "$work/small.json" box
  check 'unlimited again' 0 '' oci update --memory -1 --memory-swap -1 --pids-limit -1 --cpu-quota -1 box
  check 'is unlimited' 0 'max max 8388608 max 50000 20 max' limits box
  check 'events count the memory in use' 0 '{"type":"stats","id":"box","data":{*"usage":{"limit":18446744073709551615,"usage":[1-9]*"pids":{"current":1}*' oci events --stats box
  oci delete --force box
}

oom() {
  # A child is killed, the container lives on.
  start hog 'sleep 3; (exec tail /dev/zero); sleep 4' '.linux.resources.memory = {limit: 33554432, swap: 33554432}'
  check 'events tell of an OOM kill' 0 '*{"type":"oom","id":"hog"}*' timeout 60 minirun-oci --root "$work/state" events --interval 1h hog
  oci delete --force hog
}

update
oom
finish
