#!/usr/bin/env bash
# usage: bench/images.sh [--runs N]        (bench.sh --images calls it)
# Compares pulls and runs of an image of 8 layers and some 300 MB, made of this machine's own /usr, from Debian's docker-registry
# on loopback: `minirun pull` with `podman pull` and with `skopeo copy` + `umoci unpack`, each into an empty store, interleaved,
# N (5) times; then `minirun run --rm` of the stored image with `podman run --rm`, 4 N times. Ratios are of medians.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
layers=8
layer_bytes=$((38 * 1000 * 1000))

# pack NUMBER: a layer of some layer_bytes from /usr, in usr/, that no other number has; prints "digest diff-id size".
pack() {
  awk -v number="$1" -v all="$layers" -v most="$layer_bytes" 'NR % all == number && taken < most { taken += $1; print $2 }' "$work/files" \
    | tar -C / -c --no-recursion --sort=none --mtime=@0 --numeric-owner -T - > "$work/tar"
  gzip -n < "$work/tar" > "$work/gz"
  local digest
  digest=$(sha256sum < "$work/gz" | cut -d ' ' -f 1)
  mv "$work/gz" "$layout/blobs/sha256/$digest"
  echo "$digest $(sha256sum < "$work/tar" | cut -d ' ' -f 1) $(stat -c %s "$layout/blobs/sha256/$digest")"
}

# blob: takes standard input into the layout; prints its digest.
blob() {
  cat > "$work/blob"
  local digest
  digest=$(sha256sum < "$work/blob" | cut -d ' ' -f 1)
  mv "$work/blob" "$layout/blobs/sha256/$digest"
  echo "$digest"
}

make_image() {
  local number digest config manifest
  (cd / && find usr/bin usr/lib usr/share -xdev -type f -size -8M -printf '%s %p\n') | grep -v '[[:space:]].*[[:space:]]' | sort -k 2 > "$work/files"
  mkdir -p "$layout/blobs/sha256"
  echo '{"imageLayoutVersion":"1.0.0"}' > "$layout/oci-layout"
  # The lowest one has what runs; busybox is static.
  mkdir -p "$work/base/bin"
  cp "$(command -v busybox)" "$work/base/bin/busybox"
  ln -s busybox "$work/base/bin/true"
  for ((number = 0; number < layers; number++)); do pack "$number"; done > "$work/layers"
  tar -C "$work/base" -c --mtime=@0 --numeric-owner --owner=0 --group=0 . > "$work/tar"
  gzip -n < "$work/tar" > "$work/gz"
  digest=$(sha256sum < "$work/gz" | cut -d ' ' -f 1)
  mv "$work/gz" "$layout/blobs/sha256/$digest"
  echo "$digest $(sha256sum < "$work/tar" | cut -d ' ' -f 1) $(stat -c %s "$layout/blobs/sha256/$digest")" | cat - <(head -n $((layers - 1)) "$work/layers") > "$work/all"
  config=$(jq -R -s '{architecture: "amd64", os: "linux", config: {Cmd: ["/bin/true"]}, rootfs: {type: "layers", diff_ids: [split("\n")[] | select(. != "") | "sha256:" + split(" ")[1]]}}' "$work/all" | blob)
  manifest=$(jq -R -s --arg config "$config" --argjson size "$(stat -c %s "$layout/blobs/sha256/$config")" \
    '{schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json", config: {mediaType: "application/vnd.oci.image.config.v1+json", digest: ("sha256:" + $config), size: $size},
      layers: [split("\n")[] | select(. != "") | split(" ") | {mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: ("sha256:" + .[0]), size: (.[2] | tonumber)}]}' "$work/all" | blob)
  jq -n --arg manifest "$manifest" --argjson size "$(stat -c %s "$layout/blobs/sha256/$manifest")" \
    '{schemaVersion: 2, manifests: [{mediaType: "application/vnd.oci.image.manifest.v1+json", digest: ("sha256:" + $manifest), size: $size, annotations: {"org.opencontainers.image.ref.name": "1"}}]}' > "$layout/index.json"
  say "the image has $(wc -l < "$work/all") layers, $(du -sm "$layout" | cut -f 1) MB compressed"
}

start_registry() {
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2> /dev/null || echo 5998)
  printf 'version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: %s\nhttp:\n  addr: 127.0.0.1:%s\nlog:\n  level: error\n' "$work/registry" "$port" > "$work/registry.yml"
  docker-registry serve "$work/registry.yml" > "$work/registry.log" 2>&1 &
  registry=$!
  until (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do kill -0 "$registry" || die "$(< "$work/registry.log")"; sleep 0.1; done
  image=127.0.0.1:$port/bench:1
  skopeo copy -q --dest-tls-verify=false "oci:$layout:1" "docker://$image"
}

store() { echo "$work/stores/$1"; }

pull_minirun() { MINIRUN_DATA=$(store minirun) "$artifacts/bin/minirun" pull -q "$image"; }
pull_podman() { podman --root "$(store podman)" --runroot "$work/podman-run" --storage-driver overlay pull -q --tls-verify=false "$image"; }
pull_umoci() {
  mkdir -p "$(store umoci)"
  skopeo copy -q --src-tls-verify=false "docker://$image" "oci:$(store umoci)/layout:1"
  umoci unpack --image "$(store umoci)/layout:1" "$(store umoci)/bundle"
}

run_minirun() { MINIRUN_DATA=$(store minirun) MINIRUN_STATE=$work/state "$artifacts/bin/minirun" run --rm "$image"; }
run_podman() { podman --root "$(store podman)" --runroot "$work/podman-run" --storage-driver overlay run --rm --network none --cgroups disabled --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --runtime crun "$image"; }

# timed NAME COMMAND…: appends its microseconds to the side's list.
timed() {
  local name=$1 begin=${EPOCHREALTIME/./}
  shift
  "$@" > "$work/out" 2>&1 || die "$name failed: $(tail -n 3 "$work/out")"
  echo $((${EPOCHREALTIME/./} - begin)) >> "$work/times-$name"
}

median() { sort -n "$work/times-$1" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

# row SIDE PEER WANTED
row() {
  awk -v side="$1" -v peer="$2" -v own="$(median "$1")" -v other="$(median "$2")" -v wanted="$3" 'BEGIN {
    printf "%-14s %9.1f ms   %-14s %9.1f ms   %.2f x, at most %s wanted: %s\n", side, own / 1000, peer, other / 1000, own / other, wanted, (own / other <= wanted ? "met" : "MISSED") }'
}

leave() {
  [[ ${registry:-} ]] && kill "$registry"
  podman --root "$(store podman)" --runroot "$work/podman-run" --storage-driver overlay unmount --all > /dev/null 2>&1 || true
  umount "$(store podman)/overlay" 2> /dev/null || true
  rm -rf "$work"
}

inside() {
  local round side
  work=$(mktemp -d)
  layout=$work/layout
  trap leave EXIT
  make_image
  start_registry
  for ((round = 0; round <= runs; round++)); do
    for side in minirun podman umoci; do
      umount "$(store podman)/overlay" 2> /dev/null || true
      rm -rf "$(store "$side")" "$work/podman-run"
      # What the last side wrote is not to be paid for by the next.
      sync -f "$work"
      timed "pull-$side" "pull_$side"
    done
    # The first round warms the registry's files and the programs; it does not count.
    (( round )) || rm -f "$work"/times-*
  done
  for ((round = 0; round <= 4 * runs; round++)); do
    for side in minirun podman; do timed "run-$side" "run_$side"; done
    (( round )) || rm -f "$work"/times-run-*
  done
  row pull-minirun pull-podman 0.6
  row pull-minirun pull-umoci 0.6
  row run-minirun run-podman 0.1
}

runs=5
if [[ ${1:-} == --inside ]]; then
  runs=$2
  inside
  exit
fi
[[ ${1:-} != --runs ]] || runs=${2:?--runs needs a number}
need_root "starting containers"
need "${packages_images[@]}" "${packages_bench[@]}" jq
[[ -x $artifacts/bin/minirun ]] || "$repository/scripts/build.sh"
exec "$repository/scripts/private-host.sh" "$0" --inside "$runs"
