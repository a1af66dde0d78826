#!/bin/bash
# Resource limits against a kernel that has every controller, each beside what happens without it.
# shellcheck source=tests/MiniRun.Integration.Tests/vm-lib.sh
. "$(dirname "$0")/../vm-lib.sh"

shell() {
  local options=()
  while [[ $1 != -- ]]; do options+=("$1"); shift; done
  minirun run --rm "${options[@]}" busybox sh -c "$2"
}

values() {
  # shellcheck disable=SC2016 # expanded in the container
  local files='cd /sys/fs/cgroup; for f in memory.max memory.swap.max memory.low cpu.max cpu.weight cpuset.cpus pids.max; do echo "$f $(cat $f)"; done'
  check 'every limit has exactly the asked value' 0 \
    $'memory.max 536870912\nmemory.swap.max 536870912\nmemory.low 33554432\ncpu.max 50000 100000\ncpu.weight 20\ncpuset.cpus 1\npids.max 33' \
    shell -m 512m --memory-swap 1g --memory-reservation 32m --cpus=0.5 --cpu-shares 512 --cpuset-cpus 1 --pids-limit 33 -- "$files"
  # Of a controller that neither an option nor stats asks for there are no files.
  # shellcheck disable=SC2016 # expanded in the container
  check 'without the options there is no limit' 0 'max max 0 max 100000 100 max' \
    shell -- 'cd /sys/fs/cgroup; value() { cat $1 2> /dev/null || echo $2; }
      echo $(value memory.max max; value memory.swap.max max; value memory.low 0; value cpu.max "max 100000"; value cpu.weight 100; value pids.max max)'
  # docker's 10…1000 becomes the kernel's 1…10000.
  check 'the block weight is set' 0 'default 4950' shell --blkio-weight 500 -- 'cat /sys/fs/cgroup/io.weight'
}

strictest_line() {
  local strict=(--read-only --tmpfs '/tmp:rw,noexec,nosuid' --cap-drop=ALL --cap-add=NET_BIND_SERVICE --security-opt=no-new-privileges -m 512m --cpus=0.5) id
  minirun run --rm --name strict "${strict[@]}" busybox httpd -f -p 80 -h /www > "$work/strict" 2>&1 < /dev/null &
  for _ in $(seq 100); do minirun exec strict true 2> /dev/null && break; sleep 0.2; done
  check 'the strictest line answers on port 80' 0 'hello from httpd' minirun exec strict wget -qO- http://127.0.0.1/
  check 'its memory limit holds exactly' 0 536870912 minirun exec strict cat /sys/fs/cgroup/memory.max
  check 'its processor limit holds exactly' 0 '50000 100000' minirun exec strict cat /sys/fs/cgroup/cpu.max
  id=$(minirun exec strict hostname)
  check 'the host sees its cgroup' 0 536870912 sh -c "cat /sys/fs/cgroup/minirun/$id*/memory.max"
  minirun rm -f strict > /dev/null
  wait
  check 'its cgroup is gone with it' 0 0 sh -c 'find /sys/fs/cgroup/minirun -mindepth 1 -type d 2> /dev/null | wc -l'
}

memory() {
  local hog='tail /dev/zero'
  check 'a memory hog is killed and the message says why' 137 '*OOM*' minirun run --rm -m 64m --memory-swap 64m busybox sh -c "exec $hog"
  check 'a memory hog that is not pid 1 is named too' 137 '*OOM*' shell -m 64m --memory-swap 64m -- "$hog; exit 137"
  check 'the same use of memory is allowed without the limit' 0 '200' \
    shell -- 'dd if=/dev/zero of=/dev/shm/file bs=1M count=60 2> /dev/null; dd if=/dev/zero bs=200M count=1 2> /dev/null | wc -c | cut -c 1-3 | sed s/209/200/'
  check 'and refused with it' 137 '*OOM*' shell -m 64m --memory-swap 64m -- 'dd if=/dev/zero of=/dev/null bs=200M count=1 2> /dev/null'
}

# Processor time used while five seconds pass, in percent of one processor.
percent() {
  local used started ended
  minirun run --rm --name hog "$@" busybox sh -c 'while :; do :; done' > /dev/null 2>&1 < /dev/null &
  for _ in $(seq 100); do minirun exec hog true 2> /dev/null && break; sleep 0.2; done
  sleep 1
  started=${EPOCHREALTIME/./}
  used=$(sed -n 's/^usage_usec //p' /sys/fs/cgroup/minirun/*/cpu.stat)
  sleep 5
  used=$(( $(sed -n 's/^usage_usec //p' /sys/fs/cgroup/minirun/*/cpu.stat) - used ))
  ended=${EPOCHREALTIME/./}
  minirun rm -f hog > /dev/null
  wait
  echo $(( used * 100 / (ended - started) ))
}

processor() {
  between 'a processor hog gets half of one with --cpus=0.5, in percent' 40 60 "$(percent --cpus=0.5)"
  between 'and more without, in percent' 65 200 "$(percent)"
}

processes() {
  # shellcheck disable=SC2016 # expanded in the container
  local bomb='i=0; while [ $i -lt 60 ]; do sleep 5 & i=$((i + 1)); done; ls -d /proc/[0-9]* | wc -l'
  check 'a fork bomb stays inside its limit' '[0-9]*' "*can't fork*" shell --pids-limit 20 -- "$bomb"
  # shellcheck disable=SC2016 # expanded in the container
  between 'the kernel counts no more' 18 20 "$(shell --pids-limit 20 -- '(i=0; while [ $i -lt 60 ]; do sleep 5 & i=$((i + 1)); done) 2> /dev/null; read n < /sys/fs/cgroup/pids.current; echo $n')"
  between 'and runs free without' 61 70 "$(shell -- "$bomb" 2> /dev/null)"
}

# Tenths of a second that 10 MiB of direct writes to the disk take inside.
write_time() {
  minirun run --rm -v "$work/disk:/disk" "$@" busybox sh -c 'time dd if=/dev/zero of=/disk/file bs=1M count=10 oflag=direct conv=fsync' 2>&1 |
    sed -n 's/^real[^0-9]*[0-9]*m *\([0-9]*\)\.\([0-9]\).*/\1\2/p'
}

disk() {
  local loop free limited
  dd if=/dev/zero of="$work/image" bs=1M count=64 2> /dev/null
  mkfs.ext4 -q "$work/image"
  mkdir "$work/disk"
  loop=$(losetup --find --show "$work/image")
  mount "$loop" "$work/disk"
  check 'the limit is in the kernel' 0 '*wbps=5000000*' shell --device-write-bps "$loop:5000000" -- 'cat /sys/fs/cgroup/io.max'
  free=$((10#$(write_time)))
  limited=$((10#$(write_time --device-write-bps "$loop:5000000")))
  # 10 MiB at 5 MB/s take 2.1 s; free, the loop device on memory takes a fraction.
  between 'a writer under --device-write-bps stays under it, in tenths of a second for 10 MiB' 20 200 "$limited"
  between 'and is quicker without' 0 $((limited - 5)) "$free"
  umount "$work/disk"
  losetup -d "$loop"
}

# What stats say of a container that spins on half a processor and has 20 MiB of memory in a file.
statistics() {
  local share memory
  minirun run -d --name used -m 64m --cpus=0.5 busybox sh -c 'dd if=/dev/zero of=/dev/shm/file bs=1M count=20 2> /dev/null; while :; do :; done' > /dev/null
  sleep 3
  check 'stats know the limit of memory, and processes' 0 '*MiB / 64MiB 1' minirun stats --no-stream --format '{{.MemUsage}} {{.PIDs}}' used
  read -r share memory <<< "$(minirun stats --no-stream --format '{{.CPUPerc}} {{.MemPerc}}' used)"
  between 'the share of processors, in percent' 40 60 "${share%%.*}"
  between 'and of memory' 25 45 "${memory%%.*}"
  check 'and pressure' 0 '[0-9]*%' minirun stats --no-stream --format '{{.CPUPressure}}' used
  minirun rm -f used > /dev/null
  # 20 MiB and four processes, without any limit: counted all the same.
  minirun run -d --name free busybox sh -c 'dd if=/dev/zero of=/dev/shm/file bs=1M count=20 2> /dev/null; sleep 1000 & sleep 1000 & sleep 1000 & wait' > /dev/null
  sleep 2
  check 'and without a limit, of all the memory there is' 0 '2[0-9]*MiB / [1-9]* 4' minirun stats --no-stream --format '{{.MemUsage}} {{.PIDs}}' free
  check 'and bytes of disks' 0 '*B / *B' minirun stats --no-stream --format '{{.BlockIO}}' free
  check 'explain says so' 0 '*counting memory io pids*' minirun explain run busybox true
  minirun rm -f free > /dev/null
}

values
strictest_line
memory
processor
processes
statistics
disk
finish
