#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages that Pushguard is built or tested with.
# usage: install/packages.sh build|test|fuzz|package
# Safe to run again: with nothing missing it does not call apt-get at all.
set -euo pipefail

build=(
  build-essential cmake ninja-build ccache pkg-config git ca-certificates dpkg-dev
  libre2-dev libtomlplusplus-dev libfmt-dev libdeflate-dev libcli11-dev
  nlohmann-json3-dev libsodium-dev zlib1g-dev libhttp-parser-dev python3
)
tests=(
  catch2 openssh-server openssh-client nginx-light fcgiwrap
  git-filter-repo valgrind clang-format-16 clang-tidy-16 shellcheck debootstrap lintian
  mandoc zsh fish
)
fuzz=(clang-16 libclang-rt-16-dev)
# To make the packages for both machines, and to run what is for the other one.
package=(g++-aarch64-linux-gnu qemu-user-static openssh-client)

case "${1:-}" in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${tests[@]}" "${fuzz[@]}") ;;
  fuzz) wanted=("${build[@]}" "${fuzz[@]}") ;;
  package) wanted=("${build[@]}" "${package[@]}") ;;
  *) echo "usage: install/packages.sh build|test|fuzz|package" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "error: these packages are missing and this is neither root nor sudo:" >&2
    echo "  ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
echo "installing ${#missing[@]} Debian packages: ${missing[*]}"
"${as_root[@]}" apt-get update -q
# Services must not start by themselves on the machine that only tests with them.
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
  apt-get install -y -q --no-install-recommends "${missing[@]}"
