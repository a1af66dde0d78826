#!/usr/bin/env bash
# usage: private-host.sh COMMAND [ARGUMENT…]
# Runs COMMAND as root in its own mount and cgroup namespaces, where /sys/fs/cgroup is a pure cgroup v2 view that starts at a
# cgroup of its own. What tests find there is only their own, and the machine's mounts and cgroups stay as they are.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
(( $# )) || die "usage: private-host.sh COMMAND [ARGUMENT…]"
need_root "a private view of mounts and cgroups"

mounted=$(findmnt -n -t cgroup2 -o TARGET | head -n 1)
[[ $mounted ]] || die "no cgroup2 is mounted: mount -t cgroup2 cgroup2 /sys/fs/cgroup"
before=$mounted$(sed -n 's/^0:://p' /proc/self/cgroup)
own=$mounted/minirun-private-$$
mkdir "$own"
leave() {
  echo $$ > "$before/cgroup.procs"
  # Kills what a broken test left, deepest first; a clean run leaves only the folder itself.
  if [[ -w $own/cgroup.kill ]]; then echo 1 > "$own/cgroup.kill"; fi
  find "$own" -depth -type d -exec rmdir {} + 2> /dev/null || { sleep 1; find "$own" -depth -type d -exec rmdir {} +; }
}
trap leave EXIT
echo $$ > "$own/cgroup.procs"
# A shell's background jobs ignore SIGINT, and so would the programs under test.
# shellcheck disable=SC2016 # expanded by the inner shell
env --default-signal=INT,QUIT unshare --mount --cgroup --propagation private bash -euc '
  umount -R /sys/fs/cgroup
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  exec "$@"' private-host "$@"
