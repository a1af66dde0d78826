#!/usr/bin/env bash
# usage: sample.sh [--force] NAME…
# Builds the sample images NAME (see rootfs-samples/) where `minirun run NAME` finds them: $MINIRUN_DATA/samples
# (/var/lib/minirun/samples). A sample that is there already is kept, unless its recipe is newer or --force is given.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

build_sample() {
  local name=$1 recipe=$repository/rootfs-samples/$1 place=$data/samples/$1 stage
  [[ $name =~ ^[a-z0-9-]+$ && -x $recipe/build.sh ]] || die "there is no sample $name: choose from $(cd "$repository/rootfs-samples" && echo */)"
  if [[ ! $force && -f $place/image.json && -z $(find "$recipe" -newer "$place/image.json" -print -quit) ]]; then
    say "sample $name is in $place"
    return
  fi
  say "building sample $name in $place"
  mkdir -p "$data/samples"
  stage=$(mktemp -d "$data/samples/.$name.XXXXXX")
  # A failed recipe leaves nothing.
  if ! "$recipe/build.sh" "$stage"; then
    rm -rf "$stage"
    die "the recipe of sample $name failed"
  fi
  chmod 755 "$stage"
  touch "$stage/image.json"
  rm -rf "$place"
  mv "$stage" "$place"
}

force=
if [[ ${1:-} == --force ]]; then force=1; shift; fi
(( $# )) || die "usage: sample.sh [--force] NAME…"
need_root "a sample holds files of root's, so building it"
[[ -d $data ]] || mkdir -m 700 "$data"
for sample; do build_sample "$sample"; done
