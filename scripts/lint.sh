#!/usr/bin/env bash
# usage: lint.sh
# Checks form and obvious mistakes: dotnet format, clang-format, cppcheck, shellcheck. One `ok` or `not ok` line each.
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# check NAME COMMAND…: the command's output is shown only when it fails.
check() {
  local name=$1 seen
  shift
  if seen=$("$@" 2>&1); then
    echo "ok lint: $name"
  else
    printf '%s\n' "$seen" | tail -n 40 >&2
    echo "not ok lint: $name"
    failed=1
  fi
}

tracked() { git -C "$repository" ls-files -z --cached --others --exclude-standard -- "$@"; }

shell_scripts() {
  local file
  while IFS= read -r -d '' file; do
    [[ $file == *.sh || $(head -c 20 "$file") == '#!'*sh* ]] && printf '%s\0' "$file"
  done < <(tracked scripts rootfs-samples tests .ci) || true
}

failed=0
cd "$repository"
need_dotnet
need "${packages_lint[@]}" git
choose_framework
# One framework is enough to judge form, and halves the time; what is restored serves both.
dotnet restore MiniRun.sln --verbosity quiet
check 'dotnet format' env MiniRunAotFramework=net10.0 dotnet format MiniRun.sln --no-restore --verify-no-changes --verbosity quiet
mapfile -d '' sources < <(tracked 'native-shims/*.[ch]' 'rootfs-samples/*.[ch]' 'scripts/*.[ch]')
check clang-format clang-format --dry-run -Werror "${sources[@]}"
# Warnings that fail: portability and correctness, not taste; the init's handler tables make pointers of const functions look odd.
check cppcheck cppcheck --quiet --error-exitcode=1 --enable=warning,portability,performance --inline-suppr \
  --suppress=missingIncludeSystem --std=c11 -I native-shims/init -I native-shims/spawn "${sources[@]}"
mapfile -d '' scripts < <(shell_scripts)
check shellcheck shellcheck --external-sources "${scripts[@]}"
exit "$failed"
