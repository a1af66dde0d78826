#!/bin/bash
# The command lines with limits of the two texts that minirun was born from, word for word with minirun for docker. busybox stands for
# the texts' images; SeedTests has the lines without limits.
# shellcheck source=tests/MiniRun.Integration.Tests/vm-lib.sh
. "$(dirname "$0")/../vm-lib.sh"

for name in myapp nginx; do
  cp -a /var/lib/minirun/samples/busybox "/var/lib/minirun/samples/$name"
  jq '.Cmd = ["httpd", "-f", "-p", "80", "-h", "/www"]' /var/lib/minirun/samples/busybox/image.json > "/var/lib/minirun/samples/$name/image.json"
done

# during COMMAND…: runs the text's line in the foreground, sets id once its program runs, then calls the function verify, and ends it.
during() {
  "$@" > "$work/output" 2>&1 < /dev/null &
  for _ in $(seq 200); do
    id=$(minirun ps -q --no-trunc)
    [[ $id ]] && minirun exec "$id" true 2> /dev/null && break
    sleep 0.2
  done
  verify
  minirun rm -f "$id" > /dev/null
  wait
}

# shellcheck disable=SC2317 # check calls it
value() { minirun exec "$id" cat "/sys/fs/cgroup/$1"; }

verify() { check 'docker run -m 512m myapp' 0 536870912 value memory.max; }
during minirun run -m 512m myapp

verify() { check 'docker run --cpus="0.5" myapp' 0 '50000 100000' value cpu.max; }
during minirun run --cpus="0.5" myapp

verify() {
  check 'docker run -m 256m --cpus="0.25" myapp: memory' 0 268435456 value memory.max
  check 'docker run -m 256m --cpus="0.25" myapp: processor' 0 '25000 100000' value cpu.max
}
during minirun run -m 256m --cpus="0.25" myapp

verify() {
  check 'the perfect secure container answers' 0 'hello from httpd' minirun exec "$id" wget -qO- http://127.0.0.1/
  check 'is limited to 512 MB' 0 536870912 value memory.max
  check 'and to half a processor' 0 '50000 100000' value cpu.max
  check 'has one capability' 0 '*CapEff:*0000000000000400' minirun exec "$id" grep CapEff /proc/1/status
  check 'cannot gain privileges' 0 '*NoNewPrivs:*1' minirun exec "$id" grep NoNewPrivs /proc/1/status
  check 'cannot write its files' 1 '*Read-only file system*' minirun exec "$id" touch /etc/x
  check 'but its tmpfs' 0 '' minirun exec "$id" touch /tmp/x
}
during minirun run \
  --read-only \
  --tmpfs /tmp \
  --cap-drop=ALL \
  --cap-add=NET_BIND_SERVICE \
  --security-opt=no-new-privileges \
  -m 512m \
  --cpus="0.5" \
  nginx

finish
