#!/usr/bin/env bash
# usage: run.sh [--systemd] COMMAND [ARGUMENT…]
# Runs COMMAND as root in an emulated machine with every cgroup v2 controller. It boots Debian's kernel on this very
# machine's root file system, read-only under a tmpfs overlay, so nothing COMMAND does stays. Output is streamed and the
# exit status is COMMAND's; 124 when VM_TIMEOUT seconds (600) pass, 125 when the guest dies before it reports one.
# VM_MEMORY (2G) and VM_CPUS (2) size it, VM_KERNEL holds further parameters of its kernel. The environment and the current folder go along.
# --systemd: systemd is the machine's first process, with D-Bus and logins, and COMMAND one of its services.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
here=$repository/scripts/vm

newest_kernel() {
  local version
  version=$(find /boot -name 'vmlinuz-*' -printf '%f\n' | sed 's/^vmlinuz-//' | sort -V | tail -n 1)
  [[ $version && -d /lib/modules/$version ]] || die "no kernel with modules in /boot: apt-get install linux-image-amd64"
  echo "$version"
}

# Module files that mounting the shared root takes, dependencies first; what the kernel has built in is not listed.
boot_modules() {
  local module
  for module in virtio_pci 9pnet_virtio 9p overlay; do
    modprobe --set-version "$1" --show-depends "$module"
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}

pack() { (cd "$1" && find . -mindepth 1 | cpio --quiet --create --format=newc); }

# The part of the initramfs that is the same for every run: busybox, modules, /init. Kept under a name that says what is in it.
base_initramfs() {
  local version=$1 tree file number=10 place
  place=$cache/vm/initramfs-$version-$(cat "$here/init.sh" "$(command -v busybox)" | sha256sum | cut -c 1-16)
  if [[ ! -s $place ]]; then
    mkdir -p "$cache/vm"
    tree=$scratch/base
    mkdir -p "$tree"/{bin,modules}
    install -m 755 "$(command -v busybox)" "$tree/bin/busybox"
    install -m 755 "$here/init.sh" "$tree/init"
    while read -r file; do
      cp "$file" "$tree/modules/$number-${file##*/}"
      number=$((number + 1))
    done < <(boot_modules "$version")
    pack "$tree" > "$place.$$"
    mv "$place.$$" "$place"
  fi
  echo "$place"
}

# What this run adds to it (the kernel unpacks archives laid end to end): the guest's script, environment and command.
job_initramfs() {
  local tree=$scratch/job/job
  mkdir -p "$tree"
  cp "$here/guest.sh" "$tree/guest"
  [[ ! $systemd ]] || cp "$here/minirun-vm.service" "$tree/"
  export -p > "$tree/environment"
  printf 'cd %q 2> /dev/null || cd /\n' "$PWD" > "$tree/command"
  { printf 'exec'; printf ' %q' "$@"; echo; } >> "$tree/command"
  pack "$scratch/job"
}

boot() {
  local version=$1
  # ttyS0 is the kernel's console, ttyS1 the command's output, ttyS2 its exit status.
  timeout --foreground --kill-after=5 "${VM_TIMEOUT:-600}" qemu-system-x86_64 \
    -M q35 -cpu max -accel tcg,thread=multi -smp "${VM_CPUS:-2}" -m "${VM_MEMORY:-2G}" \
    -nodefaults -display none -no-reboot \
    -serial "file:$scratch/console" -serial stdio -serial "file:$scratch/status" \
    -kernel "/boot/vmlinuz-$version" -initrd "$scratch/initramfs" \
    -append "console=ttyS0 quiet panic=-1 mitigations=off ${VM_KERNEL:-}" \
    -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
    < /dev/null 2> "$scratch/qemu"
}

last_words() { tail -n 20 "$scratch/console" "$scratch/qemu" >&2 || true; }

main() {
  local version status=0 reported systemd=
  if [[ ${1:-} == --systemd ]]; then
    systemd=1
    shift
  fi
  (( $# )) || { sed -n '2,7s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 125; }
  need "${packages_vm[@]}"
  [[ ! $systemd ]] || need systemd dbus dbus-user-session libpam-systemd
  need_root "reading the whole root file system for the VM"
  version=$(newest_kernel)
  { cat "$(base_initramfs "$version")"; job_initramfs "$@"; } > "$scratch/initramfs"

  boot "$version" || status=$?
  if (( status == 124 || status == 137 )); then
    echo "run.sh: stopped after ${VM_TIMEOUT:-600} seconds (VM_TIMEOUT); the guest's kernel said last:" >&2
    last_words
    exit 124
  fi
  reported=$(tr -cd 0-9 < "$scratch/status" 2> /dev/null) || true
  if [[ ! $reported ]]; then
    echo "run.sh: the guest died before it reported an exit status; its last words:" >&2
    last_words
    exit 125
  fi
  exit "$reported"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
main "$@"
