#!/usr/bin/env bash
# usage: build.sh [--faults]
# Publishes artifacts/bin/minirun and artifacts/bin/minirun-oci (NativeAOT, minirun-init embedded).
# --faults publishes the test build of the same sources, which can die or weaken itself on demand, to artifacts/bin-faults.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

publish() {
  local project=$1 log
  log=$(mktemp)
  say "publishing $project ($MiniRunAotFramework, $rid)"
  if ! dotnet publish "$repository/src/$project" -c "$configuration" -f "$MiniRunAotFramework" -r "$rid" -o "$stage" \
    --nologo -v quiet "${properties[@]}" > "$log" 2>&1; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    die "$project could not be published"
  fi
  rm -f "$log"
}

configuration=Release
output=$artifacts/bin
# The analyzers judge the same sources when the tests are built.
properties=(-p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:DebugType=none -p:ErrorOnDuplicatePublishOutputFiles=false)
case ${1:-} in
  '') ;;
  # Its own configuration, so that its objects never mix with the release's.
  --faults) configuration=Faults output=$artifacts/bin-faults properties+=(-p:MiniRunFaults=true -p:Optimize=true) ;;
  *) die "unknown option $1; usage: build.sh [--faults]" ;;
esac

SECONDS=0
need_dotnet
need "${packages_build[@]}"
choose_framework
rid=$(runtime_identifier)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
publish MiniRun.Oci
publish MiniRun.Cli

# Renamed into place, so that a running container's binary is never written to.
mkdir -p "$output"
for program in minirun minirun-oci; do
  [[ -x $stage/$program ]] || die "publishing left no $program in $stage"
  install -m 755 "$stage/$program" "$output/.$program.new"
  mv "$output/.$program.new" "$output/$program"
done
say "built ${output#"$repository"/}/minirun and minirun-oci in $SECONDS s"
