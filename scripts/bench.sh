#!/usr/bin/env bash
# usage: bench.sh [--json] [--runs N] [--only a|a-seccomp|b|c|d|e|memory]…
#        bench.sh --images     pulls and runs of images instead: see bench/images.sh
#        bench.sh --detached   many detached containers instead: see bench/detached.sh
# Compares `minirun-oci run` and `minirun run` with crun, runc and bwrap from Debian: the same bundle (`runc spec`'s mounts,
# devices, masked paths, capabilities and namespaces around /bin/true), interleaved, N (100) runs each after 5 unmeasured ones.
# d and e time an engine's calls one by one: create, start, delete, exec. Every side keeps its state on a tmpfs. a, a-seccomp, b and d run
# here, in a private view of cgroup v2; c, e and memory (what a created container holds, the smallest limit that starts) in the VM, where
# every controller is.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# What a row's side did; all started from the same root file system and executed /bin/true.
declare -A did=(
  [a/minirun-oci]='state, 7 namespaces, mounts, devices, masks, capabilities; no cgroup, no seccomp'
  [a/crun]='state, 7 namespaces, mounts, devices, masks, capabilities; no cgroup, no seccomp'
  [a/bwrap]='6 namespaces, its own /dev and /proc, capabilities; no state, no masks, no cgroup, no seccomp'
  [a-seccomp/minirun-oci]="as a, with minirun's default profile from its warm cache"
  [a-seccomp/crun]="as a, with minirun's default profile; its cache is as warm as its version keeps one"
  [b/minirun-oci]='as a, in a cgroup of its own, device filter, state file'
  [b/minirun]="all of docker's defaults: image, overlay, seccomp, cgroup, device filter, state, files in /etc"
  [b/runc]='as a, in a cgroup of its own, device filter, state file'
  [b/crun]='as a: without a cgroup'
  [c/minirun-oci]='as a, in a cgroup with memory, cpu and pids limits, device filter'
  [c/minirun]="all of docker's defaults and the same limits"
  [c/crun]='as a, in a cgroup with memory, cpu and pids limits, device filter'
  [c/runc]='as a, in a cgroup with memory, cpu and pids limits, device filter'
  [d/minirun-oci]='as a'
  [d/crun]='as a'
  [e/minirun-oci]='as c'
  [e/crun]='as c'
  [e/runc]='as c'
)
# Parts that only the VM can run.
in_vm='c e memory'
# part side figure limit peer: what DESIGN.md asks for.
targets='a minirun-oci time 0.7 crun
a-seccomp minirun-oci time 0.7 crun
b minirun-oci time 0.3 runc
b minirun-oci time 0.8 crun
c minirun-oci time 0.7 crun
d-create minirun-oci time 0.7 crun
d-start minirun-oci time 0.7 crun
d-delete minirun-oci time 0.7 crun
d-exec minirun-oci time 0.7 crun
e-create minirun-oci time 0.7 crun
e-start minirun-oci time 0.7 crun
e-delete minirun-oci time 0.7 crun
e-exec minirun-oci time 0.7 crun
a minirun-oci peak 1.2 crun
c minirun-oci peak 1.2 crun'

# bundle FOLDER JQ-FILTER [JQ-OPTION…]: runc's example config around /bin/true, changed by the filter.
bundle() {
  local folder=$1 filter=$2
  shift 2
  mkdir -p "$folder"
  (cd "$folder" && rm -f config.json && runc spec)
  jq "$@" --arg root "$MINIRUN_DATA/samples/busybox/rootfs" \
    '.process.terminal = false | .process.args = ["/bin/true"] | .root.path = $root | '"$filter" "$folder/config.json" > "$folder/new"
  mv "$folder/new" "$folder/config.json"
}

# The profile that minirun gives a container by default, out of the config it keeps while one runs.
default_profile() {
  local id=bench-profile-$$
  minirun run --rm --name "$id" busybox sh -c 'echo ready; sleep 60' > "$work/profile.log" 2>&1 &
  until grep -q ready "$work/profile.log"; do kill -0 $! || die "$(< "$work/profile.log")"; sleep 0.1; done
  jq '.linux.seccomp' "$MINIRUN_STATE"/*/config.json > "$1"
  minirun rm -f "$id" > /dev/null
  wait
}

side() {
  sides+=("$@" ';')
}

# A container of this side in which something can be executed: executes NAME COMMAND…
begin() {
  "${@:2}" run --detach --bundle "$work/sleeper" "bench-$1" < /dev/null > /dev/null 2> "$work/begin.log" || die "$(< "$work/begin.log")"
}

# One side of d and e: every call an engine makes. COMMAND… is the runtime with its global options.
life() {
  local name=$1
  shift
  sides+=("create/$name" "$@" create --bundle "$work/bundle" '{}' + "start/$name" "$@" start '{}' + "delete/$name" "$@" delete --force '{}' ';'
    "exec/$name" "$@" exec "bench-$name" /bin/true ';')
  begin "$name" "$@"
  ends+=("$(printf '%q ' "$@" delete --force "bench-$name")")
}

# The limits of c and e.
limited='.linux.resources += {memory: {limit: 134217728}, cpu: {quota: 50000, period: 100000, shares: 512}, pids: {limit: 100}}'

# part NAME: one interleaved comparison; its rows go to standard output.
part() {
  local name=$1 bundle=$work/bundle limits=() row kind end
  local sides=() ends=()
  case $name in
    a | a-seccomp)
      bundle "$bundle" .
      if [[ $name == a-seccomp ]]; then
        default_profile "$work/profile"
        # shellcheck disable=SC2016 # a variable of jq's
        bundle "$bundle" '.linux.seccomp = $profile[0]' --slurpfile profile "$work/profile"
      fi
      side minirun-oci minirun-oci --root "$work/oci" --cgroup-manager=disabled run --bundle "$bundle" '{}'
      side crun crun --root "$work/crun" --cgroup-manager=disabled run --bundle "$bundle" '{}'
      [[ $name == a ]] && side bwrap bwrap --unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup \
        --ro-bind "$MINIRUN_DATA/samples/busybox/rootfs" / --proc /proc --dev /dev --tmpfs /dev/shm --hostname bench --cap-drop ALL \
        --cap-add CAP_AUDIT_WRITE --cap-add CAP_KILL --cap-add CAP_NET_BIND_SERVICE --new-session --chdir / /bin/true
      ;;
    b)
      bundle "$bundle" .
      side minirun-oci minirun-oci --root "$work/oci" run --bundle "$bundle" '{}'
      side minirun minirun run --rm busybox /bin/true
      side runc runc --root "$work/runc" run --bundle "$bundle" '{}'
      side crun crun --root "$work/crun" --cgroup-manager=disabled run --bundle "$bundle" '{}'
      ;;
    c)
      bundle "$bundle" "$limited"
      limits=(-m 128m --cpus 0.5 --cpu-shares 512 --pids-limit 100)
      side minirun-oci minirun-oci --root "$work/oci" run --bundle "$bundle" '{}'
      side minirun minirun run --rm "${limits[@]}" busybox /bin/true
      side crun crun --root "$work/crun" run --bundle "$bundle" '{}'
      side runc runc --root "$work/runc" run --bundle "$bundle" '{}'
      ;;
    d)
      bundle "$bundle" .
      bundle "$work/sleeper" '.process.args = ["/bin/sleep", "3600"]'
      life minirun-oci minirun-oci --root "$work/oci" --cgroup-manager=disabled
      life crun crun --root "$work/crun" --cgroup-manager=disabled
      ;;
    e)
      bundle "$bundle" "$limited"
      bundle "$work/sleeper" "$limited"' | .process.args = ["/bin/sleep", "3600"]'
      life minirun-oci minirun-oci --root "$work/oci"
      life crun crun --root "$work/crun"
      life runc runc --root "$work/runc"
      ;;
    memory)
      memory minirun-oci crun runc
      return
      ;;
  esac
  "$measure" "$runs" "${sides[@]}" > "$work/rows"
  for end in "${ends[@]}"; do eval "$end"; done
  while IFS= read -r row; do
    # A call of d and e, create/crun, is a comparison of its own: d-create.
    kind=${row%%$'\t'*}
    [[ $kind == */* ]] && row=${row#*/} kind=-${kind%%/*} || kind=
    printf '%s\t%s\t%s\n' "$name$kind" "$row" "${did[$name/${row%%$'\t'*}]}"
  done < "$work/rows" | sort -s -t $'\t' -k 1,1
}

# memory RUNTIME…: KiB that a created container's init holds for itself, and the smallest memory limit that /bin/true starts under.
memory() {
  local runtime pid held
  for runtime; do
    bundle "$work/bundle" .
    "$runtime" --root "$work/$runtime" create --bundle "$work/bundle" --pid-file "$work/pid" "memory-$runtime" < /dev/null > /dev/null
    pid=$(< "$work/pid")
    held=$(awk '/^Private/ { sum += $2 } END { print sum }' "/proc/$pid/smaps_rollup")
    "$runtime" --root "$work/$runtime" delete --force "memory-$runtime"
    printf 'memory\t%s\t%s\t%s\n' "$runtime" "$held" "$(smallest_limit "$runtime")"
  done
}

# In steps of 8 KiB; a limit counts when five starts in a row succeed under it.
smallest_limit() {
  local low=0 high=1024 middle
  while (( high - low > 1 )); do
    middle=$(((low + high) / 2))
    if starts_under "$1" $((middle * 8192)); then high=$middle; else low=$middle; fi
  done
  echo $((high * 8))
}

starts_under() {
  local attempt
  # shellcheck disable=SC2016 # a variable of jq's
  bundle "$work/bundle" '.linux.resources.memory = {limit: $limit, swap: $limit}' --argjson limit "$2"
  for attempt in 1 2 3 4 5; do
    timeout 60 "$1" --root "$work/$1" run --bundle "$work/bundle" "limit-$attempt" < /dev/null > /dev/null 2>&1 || {
      "$1" --root "$work/$1" delete --force "limit-$attempt" > /dev/null 2>&1 || true
      return 1
    }
  done
}

# Inside the private view or the VM.
inside() {
  local name
  work=$(mktemp -d)
  # Every side's state and data lie on a tmpfs, as /run does on real hosts: the flushes of a disk's journal would drown the rest.
  mount -t tmpfs -o mode=700 tmpfs "$work"
  trap 'umount "$work"; rmdir "$work"' EXIT
  export MINIRUN_DATA=$work/data MINIRUN_STATE=$work/state PATH=$artifacts/bin:$PATH
  mkdir -m 700 "$MINIRUN_DATA" && mkdir "$MINIRUN_DATA/samples"
  cp -a "$artifacts/bench/data/samples/busybox" "$MINIRUN_DATA/samples/"
  measure=$artifacts/bench/measure
  for name; do part "$name"; done
}

text() {
  awk -F '\t' -v targets="$targets" '
    $1 == "memory" { held[$2] = $3; smallest[$2] = $4; runtimes[++holders] = $2; next }
    { part = $1; side = $2; key = part "/" side; time[key] = $3; peak[key] = $6 }
    part != last { last = part; order[++parts] = part }
    { sides[part] = sides[part] " " side; line[key] = $0 }
    END {
      for (p = 1; p <= parts; p++) {
        part = order[p]
        printf "%s(%s)\n%-12s %9s %9s %9s %9s %7s %7s  %s\n", (p > 1 ? "\n" : ""), part, "side", "median", "min", "90 %", "peak RSS", "x crun", "x runc", "what it did"
        n = split(substr(sides[part], 2), names, " ")
        for (i = 1; i <= n; i++) {
          split(line[part "/" names[i]], f, "\t")
          printf "%-12s %6.2f ms %6.2f ms %6.2f ms %6.1f MB %7s %7s  %s%s\n", f[2], f[3] / 1000, f[4] / 1000, f[5] / 1000, f[6] / 1024, ratio(part, f[3], "crun"), ratio(part, f[3], "runc"), f[8], (f[7] > 0 ? " (" f[7] " RUNS FAILED)" : "")
        }
      }
      print ""
      if (holders) printf "(memory)\n%-12s %28s %28s\n", "side", "a created container holds", "smallest limit that starts"
      for (i = 1; i <= holders; i++) printf "%-12s %24d KiB %24d KiB\n", runtimes[i], held[runtimes[i]], smallest[runtimes[i]]
      if (holders) {
        printf "target (memory): %d KiB held, at most 300 wanted: %s\n", held["minirun-oci"], (held["minirun-oci"] <= 300 ? "met" : "MISSED")
        printf "target (memory): starts under the lowest limit: %s\n", (smallest["minirun-oci"] <= smallest["crun"] && smallest["minirun-oci"] <= smallest["runc"] ? "met" : "MISSED")
      }
      n = split(targets, rows, "\n")
      for (i = 1; i <= n; i++) {
        split(rows[i], t, " ")
        own = t[1] "/" t[2]; peer = t[1] "/" t[5]
        if (!(own in time) || !(peer in time)) continue
        value = t[3] == "time" ? time[own] / time[peer] : peak[own] / peak[peer]
        printf "target (%s) %s, %s: %.2f x %s, at most %s wanted: %s\n", t[1], t[2], t[3], value, t[5], t[4], (value <= t[4] + 0 ? "met" : "MISSED")
      }
    }
    function ratio(part, value, peer) { return (part "/" peer) in time ? sprintf("%.2f", value / time[part "/" peer]) : "-" }'
}

as_json() {
  jq -R -s --arg machine "$(uname -srm), $(nproc) CPUs" --argjson runs "$runs" '
    [split("\n")[] | select(. != "") | split("\t")] as $all
    | [$all[] | select(.[0] != "memory") | {part: .[0], side: .[1], medianMicroseconds: (.[2] | tonumber), minMicroseconds: (.[3] | tonumber),
      p90Microseconds: (.[4] | tonumber), peakRssKiB: (.[5] | tonumber), failedRuns: (.[6] | tonumber), did: .[7]}]
    | . as $rows | {machine: $machine, runs: $runs,
      memory: [$all[] | select(.[0] == "memory") | {side: .[1], createdKiB: (.[2] | tonumber), smallestLimitKiB: (.[3] | tonumber)}], rows: [.[] | . as $row
      | .toCrun = ([$rows[] | select(.part == $row.part and .side == "crun") | $row.medianMicroseconds / .medianMicroseconds * 100 | round / 100][0])
      | .toRunc = ([$rows[] | select(.part == $row.part and .side == "runc") | $row.medianMicroseconds / .medianMicroseconds * 100 | round / 100][0])]}'
}

prepare() {
  need "${packages_bench[@]}" jq
  need_root "starting containers"
  [[ -x $artifacts/bin/minirun-oci ]] || "$repository/scripts/build.sh"
  mkdir -p "$artifacts/bench"
  MINIRUN_DATA=$artifacts/bench/data "$repository/scripts/sample.sh" busybox
  gcc -O2 -o "$artifacts/bench/measure" "$repository/scripts/bench/measure.c"
}

main() {
  local format=text native=() vm=() name only=()
  while (( $# )); do
    case $1 in
      --json) format=as_json ;;
      --runs) runs=${2:?--runs needs a number}; shift ;;
      --images) exec "$repository/scripts/bench/images.sh" ;;
      --detached) shift; exec "$repository/scripts/bench/detached.sh" "$@" ;;
      --only) only+=("${2:?--only needs a part}"); shift ;;
      *) die "unknown option $1; usage: bench.sh [--json] [--runs N] [--only a|a-seccomp|b|c|d|e|memory]…" ;;
    esac
    shift
  done
  (( ${#only[@]} )) || only=(a a-seccomp b c d e memory)
  prepare
  rows=$(mktemp)
  trap 'rm -f "$rows"' EXIT
  for name in "${only[@]}"; do
    if [[ " $in_vm " == *" $name "* ]]; then vm+=("$name"); else native+=("$name"); fi
  done
  if (( ${#native[@]} )); then
    say "measuring ${native[*]} here, $runs runs each"
    "$repository/scripts/private-host.sh" "$0" --inside "$runs" "${native[@]}" > "$rows"
  fi
  if (( ${#vm[@]} )); then
    say "measuring ${vm[*]} in the VM, $runs runs each"
    VM_TIMEOUT=2400 "$repository/scripts/vm/run.sh" "$0" --inside "$runs" "${vm[@]}" | tr -d '\r' > "$rows.vm"
    grep -E $'^(c|e-[a-z]+|memory)\t' "$rows.vm" >> "$rows" || true
    rm -f "$rows.vm"
  fi
  "$format" < "$rows"
}

runs=100
if [[ ${1:-} == --inside ]]; then
  runs=$2
  shift 2
  inside "$@"
else
  main "$@"
fi
