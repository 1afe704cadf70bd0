# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Source packages of this machine's own Debian archive; to be sourced by a script
# with `set -euo pipefail` and install/checkout.sh.
#
# Machines seldom have deb-src lines, and ours are no reason to change that: the
# lists are derived from its apt sources, one-line files and deb822 files, and
# read into a directory of ours.

# read_source_lists DIRECTORY: afterwards `apt-get "${apt_options[@]}"` knows the
# sources. Exits with a message when the archive cannot be read.
read_source_lists() {
  local file
  mkdir -p "$1/lists/partial" "$1/parts"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    if [ -f "$file" ]; then sed -n 's/^deb \(.*debian.*\)/deb-src \1/p' "$file"; fi
  done | sort -u >"$1/parts/own.list"
  for file in /etc/apt/sources.list.d/*.sources; do
    { [ -f "$file" ] && grep -qi '^URIs:.*debian' "$file"; } || continue
    sed 's/^Types:.*/Types: deb-src/' "$file" >"$1/parts/$(basename "$file")"
  done
  apt_options=(
    -o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$1/parts"
    -o "Dir::State::lists=$1/lists" -o "Dir::Cache::srcpkgcache=" -o "Dir::Cache::pkgcache="
    -o "APT::Sandbox::User=$(id -un)" -o "APT::Get::List-Cleanup=false"
  )
  grep -qs deb-src "$1"/parts/* ||
    fail "the sources of apt on this machine name no Debian archive" \
    "add one to /etc/apt/sources.list, with 'debian' in its address"
  apt-get "${apt_options[@]}" -o APT::Update::Error-Mode=any -q update >"$1/update.log" 2>&1 || {
    cat "$1/update.log" >&2
    fail "the source lists of the package archive cannot be read" \
      "look at the network, and at the proxy and the sources of apt; then run it again"
  }
}
