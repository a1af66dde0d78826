#!/usr/bin/env bash
# usage: bench/detached.sh [--runs N]        (bench.sh --detached calls it)
# Starts N (200) containers that sleep, one after another, with `minirun run -d` and with `podman run -d` (crun, no network, no cgroups, no
# image to lay out): how many a second, what `ps` takes while all of them run, and the private memory (Private_Dirty, median) of the
# processes beside them, minirun's monitors and podman's conmons.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

run_minirun() { "$artifacts/bin/minirun" run -d busybox sleep 86400; }
run_podman() { podman_here run -d --network none --cgroups disabled --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --rootfs "$MINIRUN_DATA/samples/busybox/rootfs" /bin/sleep 86400; }
ps_minirun() { "$artifacts/bin/minirun" ps; }
ps_podman() { podman_here ps; }
# Both have the folder of this run in their command lines.
monitors_minirun() { pgrep -f -- "--data-root=$MINIRUN_DATA monitor [0-9a-f]+ ?\$"; }
monitors_podman() { pgrep -f -- "conmon .*$work/podman"; }

podman_here() { podman --root "$work/podman" --runroot "$work/podman-run" --tmpdir "$work/podman-tmp" --cgroup-manager cgroupfs --events-backend none --runtime crun "$@"; }

# start SIDE: all containers; prints how many a second.
start() {
  local number begin=${EPOCHREALTIME/./}
  for ((number = 0; number < runs; number++)); do "run_$1" > "$work/out" 2>&1 < /dev/null || die "$1 failed: $(tail -n 3 "$work/out")"; done
  awk -v number="$runs" -v took="$((${EPOCHREALTIME/./} - begin))" 'BEGIN { printf "%.1f\n", number * 1000000 / took }'
}

# list SIDE: the median of eleven, in milliseconds.
list() {
  local round begin
  for ((round = 0; round < 11; round++)); do
    begin=${EPOCHREALTIME/./}
    "ps_$1" > "$work/out"
    echo $((${EPOCHREALTIME/./} - begin))
  done | sort -n | awk 'NR == 6 { printf "%.1f\n", $1 / 1000 }'
  # A heading, and a row for each.
  (( $(wc -l < "$work/out") == runs + 1 )) || die "$1 ps lists $(wc -l < "$work/out") lines, not $runs containers"
}

# memory SIDE: KiB, the median of all.
memory() {
  local pid pids
  pids=$("monitors_$1")
  (( $(wc -l <<< "$pids") == runs )) || die "$1 has $(wc -l <<< "$pids") monitors, not $runs"
  for pid in $pids; do awk '/^Private_Dirty/ { print $2 }' "/proc/$pid/smaps_rollup"; done | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

leave() {
  local ids
  ids=$("$artifacts/bin/minirun" ps -a -q) || true
  # shellcheck disable=SC2086 # one word an id
  [[ ! $ids ]] || "$artifacts/bin/minirun" rm -f $ids > /dev/null || true
  podman_here rm -f -t 0 -a > /dev/null 2>&1 || true
  # Each conmon starts a podman that clears up after it, and takes its time.
  while pgrep -f -- "$work/podman" > "$work/out"; do sleep 0.1; done
  umount -R "$work/podman/overlay" 2> /dev/null || true
  umount "$work"
  rmdir "$work"
}

inside() {
  local side rate=() shown=() held=()
  work=$(mktemp -d)
  # As bench.sh: on a tmpfs, as /run is.
  mount -t tmpfs -o mode=700 tmpfs "$work"
  export MINIRUN_DATA=$work/data MINIRUN_STATE=$work/state
  mkdir -m 700 "$MINIRUN_DATA" && mkdir "$MINIRUN_DATA/samples"
  cp -a "$artifacts/bench/data/samples/busybox" "$MINIRUN_DATA/samples/"
  trap leave EXIT
  for side in minirun podman; do
    say "starting $runs containers with $side"
    rate+=("$(start "$side")")
    # Monitors give back what starting took when their program has run for a second.
    sleep 3
    shown+=("$(list "$side")")
    held+=("$(memory "$side")")
  done
  printf '%-28s minirun %8s      podman %8s\n' 'run -d, a second' "${rate[@]}"
  printf '%-28s minirun %8s ms   podman %8s ms    at most 100 ms wanted: %s\n' "ps of $runs" "${shown[@]}" "$(verdict "${shown[0]}" 100)"
  printf '%-28s minirun %8s KiB  conmon %8s KiB   %s x, at most 1.5 wanted: %s\n' 'private memory of a monitor' "${held[@]}" \
    "$(ratio "${held[@]}")" "$(verdict "$(ratio "${held[@]}")" 1.5)"
}

ratio() { awk -v own="$1" -v peer="$2" 'BEGIN { printf "%.2f", own / peer }'; }
verdict() { awk -v value="$1" -v wanted="$2" 'BEGIN { print (value <= wanted ? "met" : "MISSED") }'; }

runs=200
if [[ ${1:-} == --inside ]]; then
  runs=$2
  inside
  exit
fi
[[ ${1:-} != --runs ]] || runs=${2:?--runs needs a number}
(( $# == 0 || $# == 2 )) || die "usage: bench/detached.sh [--runs N]"
need_root "starting containers"
need "${packages_detached[@]}"
[[ -x $artifacts/bin/minirun ]] || "$repository/scripts/build.sh"
mkdir -p "$artifacts/bench"
MINIRUN_DATA=$artifacts/bench/data "$repository/scripts/sample.sh" busybox
exec "$repository/scripts/private-host.sh" "$0" --inside "$runs"
