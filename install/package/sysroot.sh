#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Unpacks the libraries that Pushguard links, for another architecture, from this
# machine's Debian archive. Nothing is installed: the machine keeps its packages.
# usage: install/package/sysroot.sh ARCHITECTURE DIRECTORY
#   (leaves DIRECTORY/usr, and DIRECTORY/packages with a line "package version" for each)
#
# The compiler's own libraries come with the cross compiler. The C library that comes
# with it has none of the security updates, so that is fetched as well.
# Rejected: dpkg --add-architecture, which changes what the whole machine installs.
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: install/package/sysroot.sh ARCHITECTURE DIRECTORY" >&2; exit 2; }
architecture=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2"
dest=$(cd "$2" && pwd)
libraries=(
  libre2-dev libtomlplusplus-dev libfmt-dev libdeflate-dev libcli11-dev
  nlohmann-json3-dev libsodium-dev zlib1g-dev libhttp-parser-dev libbz2-dev
  liblzma-dev libzstd-dev libc6-dev
)
# fmt's own CMake files ask for its shared library, though only its headers are used.
libraries+=("$(dpkg-query -W -f '${Depends}' libfmt-dev | grep -o '^libfmt[0-9]*')")
if [ -f "$dest/packages" ]; then
  echo "the libraries for $architecture are there already"
  exit 0
fi

scratch=$(mktemp -d "$dest/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
echo "reading this machine's Debian archive for $architecture"
source "$here/../source_lists.sh"
read_package_lists "$scratch" "$architecture"

# The same versions as are installed here: both architectures ship the same code.
wanted=()
for library in "${libraries[@]}"; do
  version=$(dpkg-query -W -f '${Version}' "$library" 2>/dev/null) ||
    { echo "error: $library is not installed here; run install/packages.sh build" >&2; exit 1; }
  all=$(dpkg-query -W -f '${Architecture}' "$library")
  if [ "$all" = all ]; then
    wanted+=("$library:all=$version")
  else
    wanted+=("$library:$architecture=$version")
  fi
done
echo "fetching ${libraries[*]}"
# shellcheck disable=SC2154  # read_package_lists sets apt_options
(cd "$scratch" && apt-get "${apt_options[@]}" -q download "${wanted[@]}") \
  >"$scratch/fetch.log" 2>&1 || {
  cat "$scratch/fetch.log" >&2
  echo "error: the libraries for $architecture cannot be fetched in the versions installed here" >&2
  echo "hint: bring this machine up to date (apt-get update && apt-get upgrade)" >&2
  exit 1
}
for file in "$scratch"/*.deb; do
  dpkg-deb -x "$file" "$dest"
  # shellcheck disable=SC2016  # dpkg-deb expands them
  dpkg-deb -W --showformat '${Package} ${Version}\n' "$file"
done | sort >"$scratch/packages"
mv "$scratch/packages" "$dest/packages"
echo "the libraries for $architecture are unpacked"
