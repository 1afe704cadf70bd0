#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fetches the headers of RE2's syntax tree from Debian's source package.
# usage: install/re2_headers.sh DIRECTORY     (leaves DIRECTORY/include)
#
# libre2-dev has the library, but not the headers of the tree that it parses a
# regex into. They fit one version of the library: the installed one.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: install/re2_headers.sh DIRECTORY" >&2; exit 2; }
source "$(dirname "$0")/checkout.sh"
{ mkdir -p "$1" 2>/dev/null && [ -w "$1" ]; } || fail "'$1' cannot be written by '$user'" \
  "work in a clone of your own, or remove that directory as its owner"
dest=$(cd "$1" && pwd)
# A line for each architecture, all of one version.
version=$(dpkg-query -W -f '${source:Version}\n' libre2-dev 2>/dev/null | head -n 1) || true
[ -n "$version" ] ||
  { echo "error: libre2-dev is not installed: run install/packages.sh build" >&2; exit 1; }
if [ -f "$dest/version" ] && [ "$(cat "$dest/version")" = "$version" ]; then
  echo "the headers of re2 $version are there already"
  exit 0
fi

scratch=$(mktemp -d "$dest/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
echo "reading the source package lists of this machine's Debian archive"
source "$checkout/install/source_lists.sh"
read_source_lists "$scratch"
echo "fetching the source of re2 $version"
log=$scratch/source.log
(cd "$scratch" && apt-get "${apt_options[@]}" -q source "re2=$version") >"$log" 2>&1 || {
  cat "$log" >&2
  echo "error: the archive has no source of re2 $version, of which libre2-dev is" >&2
  echo "hint: upgrade libre2-dev to a version that the archive has" >&2
  exit 1
}
source=$(echo "$scratch"/re2-*/)
unpacked=$(dpkg-parsechangelog -l "$source/debian/changelog" -S Version)
[ "$unpacked" = "$version" ] ||
  { echo "error: asked for re2 $version and got $unpacked" >&2; exit 1; }

rm -rf "$dest/version" "$dest/include"
for header in re2/regexp.h re2/walker-inl.h util/logging.h util/utf.h util/util.h; do
  install -D -m 0644 "$source/$header" "$dest/include/$header"
done
echo "$version" >"$dest/version"
echo "the headers of re2 $version are in $dest/include"
