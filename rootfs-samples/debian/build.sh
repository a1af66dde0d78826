#!/usr/bin/env bash
# usage: build.sh DEST
# Debian 12's essential packages, made by mmdebstrap (kept as a tar file in the cache, so that only the first build
# downloads), with a user and a setuid-root helper that says which effective uid it was given.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
here=$repository/rootfs-samples
dest=${1:?usage: build.sh DEST}
root=$dest/rootfs
suite=bookworm
need "${packages_debian[@]}"

archive=$cache/samples/debian-$suite-$(dpkg --print-architecture).tar
if [[ ! -s $archive ]]; then
  say "downloading Debian $suite's essential packages"
  mkdir -p "${archive%/*}"
  # shellcheck disable=SC2016 # mmdebstrap gives the hook its folder as $1
  mmdebstrap --quiet --variant=essential --format=tar \
    --dpkgopt='path-exclude=/usr/share/{doc,man,locale,info}/*' \
    --customize-hook='rm -rf "$1"/var/cache/apt "$1"/var/lib/apt "$1"/usr/share/doc "$1"/usr/share/man "$1"/usr/share/locale' \
    "$suite" "$archive.$$"
  mv "$archive.$$" "$archive"
fi

mkdir -p "$root"
tar -x -p --numeric-owner -C "$root" -f "$archive" --exclude='./dev/*'
rm -f "$root/etc/hostname" "$root/etc/resolv.conf" "$root/etc/machine-id"
echo 'app:x:1000:1000:app:/home/app:/bin/bash' >> "$root/etc/passwd"
echo 'app:x:1000:' >> "$root/etc/group"
install -d -o 1000 -g 1000 "$root/home/app"
musl-gcc -static -Os -s -o "$root/bin/show-euid" "$here/show-euid.c"
chmod 4755 "$root/bin/show-euid"
install -m 644 "$here/debian/image.json" "$dest/image.json"
