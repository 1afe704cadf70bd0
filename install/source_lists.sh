# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Source packages of this machine's own Debian archive, and packages for another
# architecture; to be sourced by a script with `set -euo pipefail` and install/checkout.sh.
#
# Machines seldom have deb-src lines, and ours are no reason to change that: the
# lists are derived from its apt sources, one-line files and deb822 files, and
# read into a directory of ours.

# read_source_lists DIRECTORY: afterwards `apt-get "${apt_options[@]}"` knows the
# sources. Exits with a message when the archive cannot be read.
read_source_lists() {
  read_lists "$1" deb-src
}

# read_package_lists DIRECTORY ARCHITECTURE: the same for the packages of another
# architecture. Nothing counts as installed, so that nothing can be in conflict.
read_package_lists() {
  read_lists "$1" deb -o "APT::Architectures::=$(dpkg --print-architecture)" \
    -o "APT::Architectures::=$2" -o "Dir::State::status=/dev/null"
}

# read_lists DIRECTORY deb|deb-src [APT OPTIONS...]
read_lists() {
  local file directory=$1 kind=$2
  shift 2
  mkdir -p "$directory/lists/partial" "$directory/parts"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    if [ -f "$file" ]; then sed -n "s/^deb \\(.*debian.*\\)/$kind \\1/p" "$file"; fi
  done | sort -u >"$directory/parts/own.list"
  for file in /etc/apt/sources.list.d/*.sources; do
    { [ -f "$file" ] && grep -qi '^URIs:.*debian' "$file"; } || continue
    sed "s/^Types:.*/Types: $kind/" "$file" >"$directory/parts/$(basename "$file")"
  done
  apt_options=(
    -o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$directory/parts"
    -o "Dir::State::lists=$directory/lists" -o "Dir::Cache::srcpkgcache=" -o "Dir::Cache::pkgcache="
    -o "APT::Sandbox::User=$(id -un)" -o "APT::Get::List-Cleanup=false" "$@"
  )
  grep -qs "$kind" "$directory"/parts/* ||
    fail "the sources of apt on this machine name no Debian archive" \
    "add one to /etc/apt/sources.list, with 'debian' in its address"
  apt-get "${apt_options[@]}" -o APT::Update::Error-Mode=any -q update \
    >"$directory/update.log" 2>&1 || {
    cat "$directory/update.log" >&2
    fail "the lists of the package archive cannot be read" \
      "look at the network, and at the proxy and the sources of apt; then run it again"
  }
}
