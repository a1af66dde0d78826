#!/usr/bin/env bash
# usage: test.sh [--slow] [PART…]
# Runs every test there is, or the named parts: lint build unit abi native integration attack conformance vm engines.
# --slow: the engines part runs the whole kit in the VM, Kubernetes too (an hour or more).
# Ends with one line, `N passed, N failed, N skipped`, and exit status 0 only if nothing failed and every skip is one that
# scripts/allowed-skips.txt names. Needs root (containers, the VM's view of the file system).
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
parts=(lint build unit abi native integration attack conformance vm engines)
slow=
passed=0 failed=0 skipped=0
durations=
engines=$(dirname "$repository")/shared/engines

# ok/not ok lines that this script itself adds are counted like all others.
report() {
  printf '%s\n' "$1"
  printf '%s\n' "$1" >> "$results/lines"
}

# lines NAME COMMAND…: a command that reports by `ok`, `not ok` and `skip` lines; one that fails without a word is a failure.
lines() {
  local name=$1 status=0
  shift
  "$@" < /dev/null 2>&1 | tee "$results/output" || status=${PIPESTATUS[0]}
  grep -E '^(ok|not ok|skip) ' "$results/output" > "$results/found" || true
  cat "$results/found" >> "$results/lines"
  if (( status )) && ! grep -q '^not ok ' "$results/found"; then
    report "not ok $name: exit status $status"
  elif [[ ! -s $results/found ]]; then
    report "not ok $name: it reported nothing"
  fi
}

# project NAME [COMMAND…]: a test project, run by `dotnet test` (after COMMAND, if given); its .trx file says what happened.
project() {
  local name=$1 trx=$results/$1.trx counters total succeeded status=0
  shift
  say "$name"
  "$@" dotnet test "$repository/tests/$name" --nologo --verbosity quiet --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' < /dev/null >&2 || status=$?
  counters=$(grep -o '<Counters [^>]*>' "$trx" 2> /dev/null) || true
  if [[ ! $counters ]]; then
    report "not ok $name: it did not build or did not run"
    return
  fi
  total=$(attribute total "$counters") succeeded=$(attribute passed "$counters")
  grep -o '<UnitTestResult [^>]*outcome="NotExecuted"[^>]*>' "$trx" | sed -n 's/.* testName="\([^"]*\)".*/skip \1/p' > "$results/found" || true
  cat "$results/found" >> "$results/lines"
  failures "$trx" >> "$results/failures"
  passed=$((passed + succeeded))
  failed=$((failed + total - succeeded - $(wc -l < "$results/found")))
  (( total )) || report "not ok $name: it holds no tests"
  # A test host that dies leaves a file in which nothing failed.
  if (( status && total == succeeded + $(wc -l < "$results/found") )); then
    report "not ok $name: dotnet test ended with status $status, and only $total tests were run"
  fi
}

# failures TRX: each test that failed and the first line of what it said.
failures() {
  awk 'match($0, /<UnitTestResult .*outcome="Failed"/) { name = $0; sub(/.* testName="/, "", name); sub(/" .*/, "", name) }
    name != "" && sub(/.*<Message>/, "") { sub(/<\/Message>.*/, ""); print "not ok " name ": " $0; name = "" }' "$1"
}

attribute() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$2"; }

part_lint() { lines lint "$repository/scripts/lint.sh"; }

built_with() { "$repository/scripts/build.sh" "$@" && echo "ok build: minirun and minirun-oci are published${1:+ with $1}"; }

part_build() {
  rm -rf "${artifacts:?}/bin" "${artifacts:?}/bin-faults"
  choose_framework
  lines build built_with
  lines build built_with --faults
}

part_unit() {
  local name
  choose_framework
  # All there are, so that none is forgotten, but for those with a part of their own.
  for name in "$repository"/tests/*.Tests; do
    name=${name##*/}
    case $name in
      MiniRun.Abi.Tests | MiniRun.Integration.Tests | MiniRun.Attack.Tests | MiniRun.Conformance.Tests) ;;
      *) project "$name" ;;
    esac
  done
}

part_abi() { choose_framework; project MiniRun.Abi.Tests; }

part_native() {
  lines native make -s -C "$repository/native-shims" test
  lines 'native under sanitizers' make -s -C "$repository/native-shims" asan
  lines fuzz make -s -C "$repository/native-shims" fuzz FUZZ_SECONDS="${FUZZ_SECONDS:-60}"
}

built() {
  [[ -x $artifacts/bin/minirun && -x $artifacts/bin-faults/minirun ]] || part_build
}

part_integration() {
  built
  choose_framework
  project MiniRun.Integration.Tests "$repository/scripts/private-host.sh"
}

part_attack() {
  built
  choose_framework
  need crun
  project MiniRun.Attack.Tests "$repository/scripts/private-host.sh"
}

part_conformance() {
  built
  choose_framework
  need runc crun
  project MiniRun.Conformance.Tests "$repository/scripts/private-host.sh"
}

part_vm() {
  local script systemd kernel
  built
  need "${packages_vm[@]}"
  MINIRUN_DATA=$artifacts/test-data "$repository/scripts/sample.sh" busybox
  for script in "$repository"/tests/MiniRun.Integration.Tests/vm/*.sh; do
    say "in the VM: ${script##*/}"
    # shellcheck disable=SC2046 # a word a package
    need $(sed -n 's/^# Needs: //p' "$script")
    kernel=$(sed -n 's/^# Kernel: //p' "$script")
    systemd=$(grep -qx '# Needs systemd.' "$script" && echo --systemd) || true
    # shellcheck disable=SC2086 # no word where it is empty
    lines "vm/${script##*/}" env VM_TIMEOUT=600 VM_KERNEL="$kernel" "$repository/scripts/vm/run.sh" $systemd "$script"
  done
}

# Real engines with minirun-oci as their only runtime. The kit that drives them is not the project's own: it stands beside the checkout.
part_engines() {
  if [[ ! -x $engines/native.sh ]]; then
    report 'skip engines: there is no kit of engine checks beside the checkout'
    return
  fi
  built
  "$engines/install-packages.sh" vm podman containerd docker slurm pacemaker ${slow:+kubernetes} > "$results/packages" 2>&1 || {
    report "not ok engines: install-packages.sh: $(tail -n 1 "$results/packages")"
    return
  }
  engine podman-rootless.sh
  engine pacemaker.sh
  if [[ $slow ]]; then
    VM_TIMEOUT=3600 engine podman.sh
    VM_TIMEOUT=1800 engine containerd.sh
    VM_TIMEOUT=1800 engine slurm.sh
    VM_TIMEOUT=3600 engine docker.sh
    VM_TIMEOUT=3600 engine kubernetes.sh
  else
    engine native.sh "$engines/podman.sh"
    VM_TIMEOUT=1200 engine podman.sh limits
    engine containerd.sh
    engine slurm.sh
    # docker's `once` holds its limits.
    VM_TIMEOUT=1200 engine docker.sh once
  fi
}

# engine SCRIPT ARGUMENT…: one script of the kit; its lines are named after the script, so that skips can be told apart.
engine() {
  local name=${!#}
  [[ $name == *.sh ]] || name=$1-$name
  name=${name##*/}
  name=${name/.sh/}
  say "engine: $name"
  lines "engines/$name" kit "$name" "$@"
}

# kit NAME SCRIPT ARGUMENT… (script(1) asks SHELL for the shell it runs, and dash would lose the functions that the kit exports.)
kit() {
  local name=$1 script=$2
  shift 2
  SHELL=/bin/bash RUNTIME=$artifacts/bin/minirun-oci "$engines/$script" "$@" | sed -u -E "s#^(ok|not ok|skip) #&$name/#"
}

# A skip that no line of allowed-skips.txt names counts as a failure.
judge_skips() {
  local line name
  while IFS= read -r line; do
    name=${line#skip }
    name=${name%%: *}
    if grep -v '^#' "$repository/scripts/allowed-skips.txt" | grep -qxF -- "$name"; then
      skipped=$((skipped + 1))
    else
      echo "not ok $name: skipped, and scripts/allowed-skips.txt does not allow it"
      failed=$((failed + 1))
    fi
  done < <(grep '^skip ' "$results/lines" || true)
}

main() {
  local part begun started=$EPOCHSECONDS
  if [[ ${1:-} == --slow ]]; then
    slow=yes
    shift
  fi
  (( $# )) || set -- "${parts[@]}"
  for part; do
    [[ " ${parts[*]} " == *" $part "* ]] || die "no part $part: choose from ${parts[*]}"
  done
  need_root "the whole test run"
  need_dotnet
  need git "${packages_build[@]}" "${packages_busybox[@]}" "${packages_test[@]}"
  : > "$results/lines"
  : > "$results/failures"
  for part; do
    say "$part"
    begun=$EPOCHSECONDS
    "part_$part"
    durations+=" $part $((EPOCHSECONDS - begun)) s"
  done
  judge_skips
  passed=$((passed + $(grep -c '^ok ' "$results/lines" || true)))
  failed=$((failed + $(grep -c '^not ok ' "$results/lines" || true)))
  # Again at the end, where a reader of a long log finds it.
  grep -h '^not ok ' "$results/lines" "$results/failures" >&2 || true
  say "took $((EPOCHSECONDS - started)) s:$durations"
  echo "$passed passed, $failed failed, $skipped skipped"
  (( failed == 0 ))
}

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
main "$@"
