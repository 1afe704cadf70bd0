#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes what is given to people who only install: for amd64 and arm64 the Debian package,
# the tarball and the list of what is in them, with SHA256SUMS over all, in build/dist.
# usage: install/package/release.sh [--sign SSH_KEY] [--only amd64]
#   --sign   signs SHA256SUMS (SHA256SUMS.sig); README.md in install/ says how to check it
#   --only   leaves out the other machine, and needs no cross compiler
# To be run on amd64. Needs what `install/packages.sh package` installs.
set -euo pipefail
cd "$(dirname "$0")/../.."

key='' presets=(release arm64)
while [ $# -gt 0 ]; do
  case "$1 ${2:-}" in
    "--sign "?*) key=$(realpath "$2") ;;
    "--only amd64") presets=(release) ;;
    *) echo "usage: install/package/release.sh [--sign SSH_KEY] [--only amd64]" >&2; exit 2 ;;
  esac
  shift 2
done
[ "$(dpkg --print-architecture)" = amd64 ] ||
  { echo "error: release.sh cross-compiles from amd64, and this is another machine" >&2; exit 1; }

install/libgit2.sh build/libgit2
install/re2_headers.sh build/re2
if [ "${#presets[@]}" -gt 1 ]; then
  install/package/sysroot.sh arm64 build/sysroot-arm64
  install/libgit2.sh build/libgit2-arm64 install/package/aarch64.cmake
fi
if grep -aq '/build\.[A-Za-z0-9]*/libgit2-' build/libgit2*/lib/libgit2.a; then
  echo "error: libgit2 was built by an older script, and holds the path of this checkout" >&2
  echo "hint: delete build/libgit2 and build/libgit2-arm64, then run this again" >&2
  exit 1
fi
rm -rf build/dist
mkdir -p build/dist
for preset in "${presets[@]}"; do
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
