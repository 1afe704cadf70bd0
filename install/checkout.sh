# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the scripts of this checkout have in common; to be sourced by a script with
# `set -euo pipefail`.
#
# It makes them independent of the caller's locale, umask, PATH and HOME, and gives
# `checkout`, the path of the checkout, and the functions below.

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# All of what ccache looks at, so that every caller shares what is compiled.
# LC_ALL first: bash warns of a locale that is missing whenever it looks at one again.
export LC_ALL=C.UTF-8 LANG=C.UTF-8
unset LC_CTYPE LC_MESSAGES
# dpkg and the tests' servers need these, which a user's PATH often lacks.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
umask 022
user=$(id -un 2>/dev/null || id -u)
if [ -z "${HOME:-}" ]; then
  HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
  export HOME="${HOME:-/}"
fi
# Git reads no checkout of another user, unless somebody who trusts it says so. Who
# runs its scripts does.
if [ -e "$checkout/.git" ] && ! { [ -O "$checkout" ] && [ -O "$checkout/.git" ]; }; then
  count=${GIT_CONFIG_COUNT:-0}
  export "GIT_CONFIG_KEY_$count=safe.directory" "GIT_CONFIG_VALUE_$count=$checkout"
  export GIT_CONFIG_COUNT=$((count + 1))
fi

# fail LINE...: the first line is the error, the others say what to do.
fail() {
  echo "error: $1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# need_build_directory: exits with a message unless all of build/ can be written.
need_build_directory() {
  local directory
  mkdir -p "$checkout/build" 2>/dev/null ||
    fail "'$checkout' cannot be written by '$user', and the build goes into its 'build'" \
      "work in a clone of your own: git clone '$checkout'"
  for directory in "$checkout/build" "$checkout"/build/*/; do
    [ -w "$directory" ] || [ ! -e "$directory" ] ||
      fail "'${directory%/}' cannot be written by '$user', but by '$(stat -c %U "$directory")'" \
        "work in a clone of your own, or remove that directory as its owner"
  done
}

# configure PRESET [CMAKE ARGUMENTS...]: runs in the checkout. Starts afresh where an
# earlier run failed, and where the checkout has moved since.
configure() {
  local preset=$1 fresh=()
  shift
  if [ ! -f "build/$preset/build.ninja" ] ||
    ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "build/$preset/CMakeCache.txt"; then
    fresh=(--fresh)
  fi
  cmake "${fresh[@]}" --preset "$preset" "$@" >"build/$preset.log" 2>&1 ||
    { cat "build/$preset.log" >&2; return 1; }
}
