# shellcheck shell=bash
# Sourced by the tests that run in the VM (scripts/vm/run.sh): the programs, a sample, and checks that print ok or not ok.
set -euo pipefail
[[ ${MINIRUN_INSIDE_VM:-} ]] || { echo "${0##*/}: run me by scripts/vm/run.sh $0" >&2; exit 1; }
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
export PATH=$repository/artifacts/bin:$PATH
# shellcheck disable=SC2034 # for the tests
work=$(mktemp -d /var/lib/minirun/test.XXXXXX)
mkdir -p /var/lib/minirun/samples
cp -a "$repository/artifacts/test-data/samples/busybox" /var/lib/minirun/samples/
failures=0

pass() { echo "ok vm: $1"; }

fail() {
  echo "not ok vm: $1: $(tr -s '\n\t ' ' ' <<< "$2" | cut -c 1-500)"
  failures=$((failures + 1))
}

# check NAME STATUS PATTERN COMMAND…: exit status and output (both streams) must match; both are globs.
check() {
  local name=$1 status=$2 pattern=$3 seen rc=0
  shift 3
  seen=$("$@" 2>&1 < /dev/null) || rc=$?
  # shellcheck disable=SC2053 # the right-hand sides are globs
  if [[ $rc == $status && $seen == $pattern ]]; then pass "$name"; else fail "$name" "exit $rc, $seen"; fi
}

# between NAME LOW HIGH VALUE: whole numbers.
between() {
  if [[ $4 =~ ^[0-9]+$ ]] && (( $4 >= $2 && $4 <= $3 )); then pass "$1 ($4)"; else fail "$1" "$4 is not in $2…$3"; fi
}

oci() { minirun-oci --root "$work/state" "$@"; }

# bundle SCRIPT [JQ-FILTER]: $work/bundle, for a container that runs the script.
bundle() {
  rm -rf "$work/bundle"
  mkdir "$work/bundle"
  oci spec --bundle "$work/bundle"
  jq --arg script "$1" ".process.terminal = false | .process.args = [\"sh\", \"-c\", \$script] | .root.path = \"/var/lib/minirun/samples/busybox/rootfs\" | ${2:-.}" \
    "$work/bundle/config.json" > "$work/bundle/new"
  mv "$work/bundle/new" "$work/bundle/config.json"
}

# start ID SCRIPT [JQ-FILTER]: a container that runs the script.
start() {
  bundle "$2" "${3:-.}"
  oci run --detach --bundle "$work/bundle" "$1" < /dev/null > /dev/null 2>&1
}

finish() { exit $((failures != 0)); }
