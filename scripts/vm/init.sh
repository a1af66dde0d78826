#!/bin/busybox sh
# shellcheck shell=dash
# /init of the VM's initramfs: lays a tmpfs over the shared root file system and hands over to the guest's script.
# Any failure here ends the machine: the kernel panics when /init exits, and run.sh shows the console.
set -eu
/bin/busybox --install -s /bin
export PATH=/bin
mkdir -p /proc /sys /dev /host /over /root
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for module in /modules/*; do insmod "$module"; done
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=1048576 host /host
mount -t tmpfs -o size=80%,mode=755 over /over
mkdir /over/upper /over/work
mount -t overlay -o lowerdir=/host,upperdir=/over/upper,workdir=/over/work overlay /root
mount --move /proc /root/proc
mount --move /sys /root/sys
mount --move /dev /root/dev
mount -t tmpfs -o mode=755 run /root/run
cp -r /job /root/run/vm
if [ -e /job/minirun-vm.service ]; then
  mkdir -p /root/run/systemd/system
  cp /job/minirun-vm.service /root/run/systemd/system
  # What would look through this machine's whole file system, or for hardware.
  for unit in tmpfiles-setup.service tmpfiles-setup-dev.service udevd.service udev-trigger.service sysusers.service hwdb-update.service \
    journal-flush.service journal-catalog-update.service update-done.service machine-id-commit.service random-seed.service; do
    ln -s /dev/null /root/run/systemd/system/systemd-$unit
  done
  exec switch_root /root /lib/systemd/systemd --unit=minirun-vm.service
fi
exec switch_root /root /bin/bash /run/vm/guest
