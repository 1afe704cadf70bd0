#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes what is given to people who only install: for amd64 and arm64 the Debian package,
# the tarball and the list of what is in them, with SHA256SUMS over all, in build/dist.
# usage: install/package/release.sh [--sign SSH_KEY]
#   --sign   signs SHA256SUMS (SHA256SUMS.sig); README.md in install/ says how to check it
# To be run on amd64. Needs what `install/packages.sh package` installs.
set -euo pipefail
cd "$(dirname "$0")/../.."

key=
case "$#:${1:-}" in
  0:) ;;
  2:--sign) key=$(realpath "$2") ;;
  *) echo "usage: install/package/release.sh [--sign SSH_KEY]" >&2; exit 2 ;;
esac
[ "$(dpkg --print-architecture)" = amd64 ] ||
  { echo "error: release.sh cross-compiles from amd64, and this is another machine" >&2; exit 1; }

install/libgit2.sh build/libgit2
install/package/sysroot.sh arm64 build/sysroot-arm64
install/libgit2.sh build/libgit2-arm64 install/package/aarch64.cmake
if grep -aq '/build\.[A-Za-z0-9]*/libgit2-' build/libgit2*/lib/libgit2.a; then
  echo "error: libgit2 was built by an older script, and holds the path of this checkout" >&2
  echo "hint: delete build/libgit2 and build/libgit2-arm64, then run this again" >&2
  exit 1
fi
rm -rf build/dist
mkdir -p build/dist
for preset in release arm64; do
  targets=(pushguard)
  [ "$preset" = arm64 ] || targets+=(pushguard-rulegen pushguard-docs)
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/$preset.log" 2>&1 ||
    { cat "build/$preset.log" >&2; exit 1; }
  cmake --build --preset "$preset" --target "${targets[@]}"
  cpack --config "build/$preset/CPackConfig.cmake" -B "build/$preset/packages" \
    >"build/$preset-cpack.log" 2>&1 || { cat "build/$preset-cpack.log" >&2; exit 1; }
  find "build/$preset/packages" -path '*/made/*' -type f -exec cp -p {} build/dist \;
done
cd build/dist
sha256sum -- * >../SHA256SUMS
mv ../SHA256SUMS .
[ -z "$key" ] || ssh-keygen -q -Y sign -f "$key" -n pushguard SHA256SUMS
ls -l
