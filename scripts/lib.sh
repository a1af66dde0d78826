# shellcheck shell=bash
# Sourced by every script here: where things are, progress lines, packages, and the one choice of AOT framework.
set -euo pipefail
umask 022
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
artifacts=$repository/artifacts
# shellcheck disable=SC2034 # for the scripts that source this file
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/minirun
# Where images are looked for; only tests and people without root say another place.
# shellcheck disable=SC2034
data=${MINIRUN_DATA:-/var/lib/minirun}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C.UTF-8
# A build server that outlives its script would be a process left behind; the same goes for compiler servers.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

# What each task needs from Debian.
# shellcheck disable=SC2034 # the lists are for the scripts that source this file
{
  packages_build=(gcc libc6-dev clang lld make musl-tools libseccomp-dev libzstd-dev zlib1g-dev)
  packages_busybox=(busybox-static gcc musl-tools)
  packages_debian=(mmdebstrap gcc musl-tools libcap2-bin)
  packages_vm=(qemu-system-x86 linux-image-amd64 busybox-static cpio kmod)
  packages_lint=(shellcheck clang-format cppcheck)
  packages_bench=(crun runc bubblewrap gcc)
  packages_detached=(podman conmon crun procps)
  packages_images=(podman skopeo umoci docker-registry busybox-static python3-minimal)
  packages_test=(docker-registry skopeo buildah openssl apache2-utils runc crun podman jq clang libclang-rt-14-dev gdb strace iproute2 util-linux e2fsprogs libcap2-bin tmux procps)
}

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# need PACKAGE…: installs what is missing; silent, and without a network, when nothing is.
need() {
  local package missing=()
  for package; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || missing+=("$package")
  done
  (( ${#missing[@]} )) || return 0
  say "installing ${missing[*]}"
  (( EUID == 0 )) || die "these Debian packages are missing, and only root can install them: apt-get install ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"; } > "$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "apt-get could not install ${missing[*]}"
  fi
  rm -f "$log"
}

need_dotnet() {
  command -v dotnet > /dev/null || die "the .NET SDK is missing: install dotnet-sdk-10.0 (https://dotnet.microsoft.com/download)"
}

need_root() {
  (( EUID == 0 )) || die "$1 needs root: run it with sudo"
}

# The name .NET has for this machine's kind.
runtime_identifier() {
  case $(uname -m) in
    x86_64) echo linux-x64 ;;
    aarch64) echo linux-arm64 ;;
    *) die "$(uname -m) is not supported: minirun builds on x86_64 and aarch64" ;;
  esac
}

# Sets MiniRunAotFramework, which MSBuild reads from the environment: net10.0 where its NativeAOT pack can be
# restored, else the default of src/Directory.Build.props. Asked once; the answer is kept in artifacts/.
choose_framework() {
  local answer=$artifacts/aot-framework probe
  if [[ ! ${MiniRunAotFramework:-} ]]; then
    if [[ ! -s $answer ]]; then
      mkdir -p "$artifacts"
      probe=$(mktemp -d)
      cat > "$probe/probe.csproj" << END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><RuntimeIdentifier>$(runtime_identifier)</RuntimeIdentifier><PublishAot>true</PublishAot></PropertyGroup>
</Project>
END
      if dotnet restore "$probe/probe.csproj" > /dev/null 2>&1; then echo net10.0; else echo net9.0; fi > "$answer.$$"
      mv "$answer.$$" "$answer"
      rm -rf "$probe"
    fi
    MiniRunAotFramework=$(< "$answer")
  fi
  export MiniRunAotFramework
}
