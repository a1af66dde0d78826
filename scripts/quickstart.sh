#!/usr/bin/env bash
# usage: quickstart.sh
# From a clean clone on Debian 12 with the .NET SDK: builds minirun, makes the busybox sample and shows a hardened container from inside.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_root "the first container (a sample image holds root's files)"

"$repository/scripts/build.sh"
"$repository/scripts/sample.sh" busybox

minirun=$artifacts/bin/minirun
command=("$minirun" run --rm --user=1000 --cap-drop=ALL --security-opt=no-new-privileges --read-only busybox)
# shellcheck disable=SC2016 # expanded in the container
tour='
  line() { printf "  %-26s %s\n" "$1" "$2"; }
  field() { sed -n "s/^$1:[[:space:]]*//p" /proc/self/status; }
  line "user id" "$(id -u)   (root is 0)"
  line "own process id" "$$   (the first of its own namespace)"
  line "processes in sight" "$(ps -o pid= | wc -l)   (the host has '"$(find /proc -maxdepth 1 -name '[1-9]*' | wc -l)"')"
  line "hostname" "$(hostname)   (the host is '"$(hostname)"')"
  line "effective capabilities" "$(field CapEff)   (none)"
  line "capabilities ever" "$(field CapBnd)   (the bounding set: none)"
  line "no_new_privs" "$(field NoNewPrivs)   (setuid programs gain nothing)"
  line "seccomp mode" "$(field Seccomp)   (2: system calls are filtered)"
  line "network links" "$(ls /sys/class/net | tr "\n" " ")  (loopback only)"
  line "writing to /" "$(touch /written 2>&1 || true)"
  line "setuid-root helper says" "$(show-euid)"
  line "bytes in /proc/keys" "$(wc -c < /proc/keys)   (masked)"
'
say "minirun run --rm --user=1000 --cap-drop=ALL --security-opt=no-new-privileges --read-only busybox sh -c …"
echo "Inside the container:"
"${command[@]}" sh -c "$tour"

cat << END

Try next (as root; add $artifacts/bin to PATH):
  minirun explain run --user=1000 --cap-drop=ALL busybox id    every kernel call of it, why, and which option asked; runs nothing
  minirun run --rm --trace busybox true                        the same list while it happens, with microseconds
  minirun run --rm -it busybox sh                              a shell
  minirun run --rm busybox show-euid                           without no_new_privs: what the helper says as root
  minirun run --rm --userns=private busybox sleep 60 &         root inside, nobody outside: look with ps -o uid,pid,args
  scripts/sample.sh debian && minirun run --rm -it debian      a larger image
  scripts/test.sh                                              every test
END
