#!/usr/bin/env bash
# usage: build.sh DEST
# A 2 MB image from Debian's busybox-static: every applet as a link, root and a user, a page for httpd,
# and a setuid-root helper that says which effective uid it was given.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
here=$repository/rootfs-samples
dest=${1:?usage: build.sh DEST}
root=$dest/rootfs
need "${packages_busybox[@]}"

mkdir -p "$root"/{bin,sbin,usr/{bin,sbin},etc,dev,proc,sys,run,root,home/app,www/cgi-bin,var/{log,tmp},tmp}
chmod 700 "$root/root"
chmod 1777 "$root/tmp" "$root/var/tmp"
chown 1000:1000 "$root/home/app"
install -m 755 "$(command -v busybox)" "$root/bin/busybox"
"$root/bin/busybox" --list-full | while read -r applet; do
  mkdir -p "$root/${applet%/*}"
  [[ -e $root/$applet ]] || ln -s /bin/busybox "$root/$applet"
done

cat > "$root/etc/passwd" << 'END'
root:x:0:0:root:/root:/bin/sh
app:x:1000:1000:app:/home/app:/bin/sh
nobody:x:65534:65534:nobody:/:/bin/false
END
cat > "$root/etc/group" << 'END'
root:x:0:
tty:x:5:
video:x:44:app
app:x:1000:
nogroup:x:65534:
END
echo 'hello from httpd' > "$root/www/index.html"

musl-gcc -static -Os -s -o "$root/bin/show-euid" "$here/show-euid.c"
chmod 4755 "$root/bin/show-euid"
install -m 644 "$here/busybox/image.json" "$dest/image.json"
