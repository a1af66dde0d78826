#!/usr/bin/env bash
# usage: build.sh DEST
# Debian 12 with ps, a setuid ping and nginx, made by mmdebstrap (kept as a tar file in the cache, so that only the first build
# downloads): what texts about containers call "ubuntu", "nginx" and "myapp". nginx writes below /tmp and /var/run alone and changes no
# user, so that it runs with a read-only root and without capabilities.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
here=$repository/rootfs-samples
dest=${1:?usage: build.sh DEST}
root=$dest/rootfs
suite=bookworm
need "${packages_debian[@]}"

archive=$cache/samples/server-$suite-$(dpkg --print-architecture).tar
if [[ ! -s $archive ]]; then
  say "downloading Debian $suite with nginx"
  mkdir -p "${archive%/*}"
  # shellcheck disable=SC2016 # mmdebstrap gives the hook its folder as $1
  mmdebstrap --quiet --variant=essential --include=procps,iputils-ping,nginx-light --format=tar \
    --dpkgopt='path-exclude=/usr/share/{doc,man,locale,info}/*' \
    --customize-hook='rm -rf "$1"/var/cache/apt "$1"/var/lib/apt "$1"/usr/share/doc "$1"/usr/share/man "$1"/usr/share/locale' \
    "$suite" "$archive.$$"
  mv "$archive.$$" "$archive"
fi

mkdir -p "$root"
tar -x -p --numeric-owner -C "$root" -f "$archive" --exclude='./dev/*'
rm -f "$root/etc/hostname" "$root/etc/resolv.conf" "$root/etc/machine-id"
# A file capability would do the same, and be less known: texts speak of the setuid bit.
setcap -r "$root/usr/bin/ping" 2> "$dest/setcap" || true
rm -f "$dest/setcap"
chmod 4755 "$root/usr/bin/ping"
install -m 644 "$here/server/nginx.conf" "$root/etc/nginx/nginx.conf"
install -m 644 "$here/server/image.json" "$dest/image.json"
