#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes of a staged installation the Debian package, the plain tarball and the list of
# what is in them (SPDX). To be called by cpack, see CMakeLists.txt here.
# usage: pack.sh --stage DIR --output DIR --version V --compiler C --libgit2 DIR
#                --sysroot=DIR
#
# The same commit gives the same bytes, wherever and whenever: every time in the packages
# is the commit's ($SOURCE_DATE_EPOCH if there is no commit), everything is sorted,
# and owned by root.
set -euo pipefail

stage='' output='' version='' compiler='' libgit2='' sysroot=''
while [ $# -gt 0 ]; do
  case $1 in
    --stage) stage=$2; shift ;;
    --output) output=$2; shift ;;
    --version) version=$2; shift ;;
    --compiler) compiler=$2; shift ;;
    --libgit2) libgit2=$2; shift ;;
    --sysroot=*) sysroot=${1#--sysroot=} ;;
    *) echo "error: pack.sh has no option '$1'" >&2; exit 2 ;;
  esac
  shift
done
here=$(cd "$(dirname "$0")" && pwd)
umask 022
export LC_ALL=C TZ=UTC
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
  SOURCE_DATE_EPOCH=$(git -C "$here" log -1 --format=%ct 2>/dev/null) || {
    echo "error: this tree has no commit, and so the packages have no date" >&2
    echo "hint: set SOURCE_DATE_EPOCH to the seconds since 1970 of the source" >&2
    exit 1
  }
fi
export SOURCE_DATE_EPOCH

case $(readelf -h "$stage/bin/pushguard" | sed -n 's/^ *Machine: *//p') in
  *X86-64*) architecture=amd64 ;;
  AArch64) architecture=arm64 ;;
  *) echo "error: '$stage/bin/pushguard' is for a machine that has no package" >&2; exit 1 ;;
esac
rm -rf "$output"
mkdir -p "$output"
scratch=$(mktemp -d "$output/scratch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
name=pushguard-$version-linux-$architecture

# One date and one set of permissions for all files below a directory.
settle() {
  find "$1" -type d -exec chmod 0755 {} +
  find "$1" -type f -perm -100 -exec chmod 0755 {} +
  find "$1" -type f ! -perm -100 -exec chmod 0644 {} +
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

cp -a "$stage" "$scratch/$name"
python3 -B "$here/sbom.py" --binary "$stage/bin/pushguard" --version "$version" \
  --architecture "$architecture" --compiler "$compiler" --libgit2 "$libgit2" \
  --sysroot "$sysroot" >"$scratch/sbom"
cp "$scratch/sbom" "$scratch/$name/share/doc/pushguard/sbom.spdx.json"
cp "$scratch/sbom" "$output/$name.spdx.json"

settle "$scratch/$name"
tar -C "$scratch" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner -cf - "$name" |
  gzip -9n >"$output/$name.tar.gz"

root=$scratch/root
mkdir -p "$root/DEBIAN" "$root/usr" "$root/etc/pushguard" "$root/var/lib/pushguard"
cp -a "$scratch/$name/bin" "$scratch/$name/share" "$root/usr"
cp "$here/config.toml" "$root/etc/pushguard/config.toml"
doc=$root/usr/share/doc/pushguard
cat "$here/copyright" "$doc/NOTICE" >"$doc/copyright"
rm "$doc/LICENSE" "$doc/NOTICE"
cat >"$doc/changelog" <<END
pushguard ($version) stable; urgency=medium

  * See CHANGELOG.md.

 -- Pushguard contributors <pushguard@packages.invalid>  $(date -uR -d "@$SOURCE_DATE_EPOCH")
END
mkdir -p "$root/usr/share/lintian/overrides"
cp "$here/lintian-overrides" "$root/usr/share/lintian/overrides/pushguard"
find "$root/usr/share/man" "$doc/changelog" -type f -exec gzip -9n {} +

cp "$here/prerm" "$here/postrm" "$root/DEBIAN"
echo /etc/pushguard/config.toml >"$root/DEBIAN/conffiles"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
size=$(find "$root/usr" "$root/etc" -type f -printf '%s\n' |
  awk '{kilobytes += int(($1 + 1023) / 1024)} END {print kilobytes}')
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
  "$here/control" >"$root/DEBIAN/control"
settle "$root"
chmod 0755 "$root/DEBIAN/prerm" "$root/DEBIAN/postrm"
dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$root" \
  "$output/pushguard_${version}_$architecture.deb" >/dev/null
