#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages that Pushguard is built or tested with.
# usage: install/packages.sh build|test|fuzz|package
# Safe to run again: with nothing missing it does not call apt-get at all.
# Who is neither root nor may use sudo gets the line for an administrator.
set -euo pipefail
source "$(dirname "$0")/checkout.sh"

build=(
  build-essential cmake ninja-build ccache pkg-config git ca-certificates dpkg-dev
  libre2-dev libtomlplusplus-dev libfmt-dev libdeflate-dev libcli11-dev
  nlohmann-json3-dev libsodium-dev zlib1g-dev libhttp-parser-dev
  libbz2-dev liblzma-dev libzstd-dev python3
)
tests=(
  catch2 openssh-server openssh-client openssl nginx-light fcgiwrap
  git-filter-repo python3-jsonschema
  valgrind clang-format-16 clang-tidy-16 shellcheck debootstrap lintian
  strace mandoc zsh fish bzip2 xz-utils unzip libarchive-tools
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

# os_release NAME: what this system says of itself.
os_release() { sed -n "s/^$1=\"\\?\\([^\"]*\\)\"\\?\$/\\1/p" /etc/os-release 2>/dev/null || true; }
[ "$(os_release ID) $(os_release VERSION_ID)" = "debian 12" ] || {
  name=$(os_release PRETTY_NAME)
  fail "this is '${name:-no Debian}', and Pushguard is built with the packages of Debian 12" \
    "build it in a container or chroot of Debian 12; the binary then runs on any Linux"
}

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
again="run the same command again"
count="${#missing[@]} Debian packages"
[ ${#missing[@]} -gt 1 ] || count="1 Debian package"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo)
  # A terminal is asked for the password.
  sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; } || fail \
    "$count must be installed, and '$user' is not root and may not use sudo" \
    "ask an administrator to run this line, then $again:" \
    "apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
fi

locked='^E: (Could not get lock|Unable to lock|Unable to acquire)'
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# as_administrator ARGUMENTS...: apt-get. Another one at work is waited for, for
# five minutes; apt-get itself waits for some of its locks only.
# Services must not start by themselves on the machine that only tests with them.
as_administrator() {
  local end=$((SECONDS + 300)) told=
  local apt_get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    LC_ALL=C.UTF-8 PATH="$PATH" apt-get -q -o DPkg::Lock::Timeout=300)
  until "${apt_get[@]}" "$@" 2>&1 | tee "$log" |
    { grep -vE --line-buffered "$locked" || true; }; do
    grep -qE "$locked" "$log" || return 1
    [ -n "$told" ] || echo "waiting for another apt or dpkg: $(grep -m1 -E "$locked" "$log")"
    told=yes
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 2
  done
}

echo "installing $count: ${missing[*]}"
as_administrator update || true
unreachable=$(grep -cE '^(W|E): (Failed to fetch|Some index files)' "$log" || true)
as_administrator install -y --no-install-recommends "${missing[@]}" || {
  if [ "$unreachable" -gt 0 ] || grep -q '^E: Failed to fetch' "$log"; then
    fail "the package archive cannot be reached, and $count must be installed from it" \
      "look at the network, and at the proxy and the sources of apt; then $again"
  fi
  if grep -qE "$locked" "$log"; then
    fail "another apt or dpkg has been at work for five minutes, and $count must be installed" \
      "when it is done, $again"
  fi
  fail "apt-get did not install $count; its own words are above" \
    "mend what it names, then $again"
}
