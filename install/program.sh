#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Pushguard and installs it, with sudo where the prefix asks for that.
# usage: install/program.sh [PREFIX]     (/usr/local, if none is given)
# Safe to run again: with nothing changed it only installs.
set -euo pipefail
source "$(dirname "$0")/checkout.sh"
cd "$checkout"
[ $# -le 1 ] || { echo "usage: install/program.sh [PREFIX]" >&2; exit 2; }
prefix=$(realpath -m "${1:-/usr/local}")
need_build_directory

install/packages.sh build

# The nearest directory above the prefix that there is.
parent=$prefix
while [ ! -d "$parent" ]; do parent=$(dirname "$parent"); done
as_root=()
if [ ! -w "$parent" ]; then
  command -v sudo >/dev/null || fail \
    "'$prefix' cannot be written by '$user', and there is no sudo" \
    "run it as root, or name a directory of your own: install/program.sh DIRECTORY"
  as_root=(sudo)
fi

install/libgit2.sh build/libgit2
install/re2_headers.sh build/re2
configure release
NINJA_STATUS='[%f/%t] ' cmake --build --preset release --target pushguard pushguard-docs
"${as_root[@]}" cmake --install build/release --prefix "$prefix" >build/install.log || {
  cat build/install.log >&2
  fail "pushguard could not be installed in '$prefix'"
}
echo "installed: $prefix/bin/pushguard"
"$prefix/bin/pushguard" version
