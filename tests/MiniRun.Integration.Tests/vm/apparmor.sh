#!/bin/bash
# process.apparmorProfile with a kernel that runs AppArmor.
# Needs: apparmor
# shellcheck source=tests/MiniRun.Integration.Tests/vm-lib.sh
. "$(dirname "$0")/../vm-lib.sh"

load() {
  mount -t securityfs securityfs /sys/kernel/security 2> /dev/null || true
  apparmor_parser --replace --skip-cache <<- 'END'
	profile minirun-test flags=(attach_disconnected) {
	  capability,
	  file,
	  signal,
	  deny /etc/secret rw,
	}
	profile minirun-other flags=(attach_disconnected) {
	  file,
	}
	END
}

profiles() {
  local own='cat /proc/self/attr/current /proc/1/attr/current; cat /etc/secret' filter='.process.apparmorProfile = "minirun-test"'
  cp -a /var/lib/minirun/samples/busybox/rootfs "$work/rootfs"
  echo secret > "$work/rootfs/etc/secret"
  filter+=" | .root.path = \"$work/rootfs\""
  bundle "$own" "$filter"
  check 'the program is confined, and what the profile denies is denied' 1 $'minirun-test (enforce)\nminirun-test (enforce)\n*/etc/secret*Permission denied' oci run --bundle "$work/bundle" box
  bundle "$own" "$filter | .process.apparmorProfile = null"
  check 'without a profile it is not' 0 $'unconfined\nunconfined\nsecret' oci run --bundle "$work/bundle" box
  bundle "$own" "$filter | .process.noNewPrivileges = false"
  check 'with and without no_new_privs' 1 'minirun-test (enforce)*Permission denied' oci run --bundle "$work/bundle" box
  bundle "$own" "$filter | .process.apparmorProfile = \"minirun-none\""
  check 'a profile that is not loaded is a failed start with its remedy' 1 '*apparmor_parser -r*' oci run --bundle "$work/bundle" box
  bundle "$own" "$filter | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings | .linux.namespaces += [{type: \"user\"}]"
  check 'in a user namespace too' 1 'minirun-test (enforce)*Permission denied' oci run --bundle "$work/bundle" box
  check 'nothing is left' 0 '' oci list -q
}

lifecycle() {
  start box 'sleep 1000' '.process.apparmorProfile = "minirun-test"'
  check 'create and start end in it' 0 'minirun-test (enforce)' cat "/proc/$(oci state box | jq .pid)/attr/current"
  check 'exec is confined as the container' 0 'minirun-test (enforce)' oci exec box cat /proc/self/attr/current
  check 'or as asked for' 0 'minirun-other (enforce)' oci exec --apparmor minirun-other box cat /proc/self/attr/current
  check 'by docker'"'"'s option' 0 'minirun-test (enforce)' minirun run --rm --security-opt apparmor=minirun-test busybox cat /proc/self/attr/current
  oci delete --force box
}

hooks() {
  # shellcheck disable=SC2016 # expanded in the hook
  printf '#!/bin/sh\ncat /proc/self/attr/current > "$1"\n' > "$work/hook"
  chmod 755 "$work/hook"
  bundle true ".process.apparmorProfile = \"minirun-test\" | .hooks = {createContainer: [{path: \"$work/hook\", args: [\"hook\", \"$work/seen\"]}]}"
  oci run --bundle "$work/bundle" box
  check 'a createContainer hook is a program of the host, not confined' 0 unconfined cat "$work/seen"
}

load
profiles
lifecycle
hooks
finish
