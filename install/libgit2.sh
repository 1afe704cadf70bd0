#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds a static libgit2 without transports from Debian's own source package.
# usage: install/libgit2.sh DIRECTORY [CMAKE_TOOLCHAIN_FILE]
#   (leaves DIRECTORY/lib/libgit2.a, for the toolchain's architecture)
#
# Debian's libgit2.a needs SSH, TLS and GSSAPI, and GSSAPI has no static
# archive. The source package has the same patches and none of that once the
# transports are switched off. The versions are pinned, newest first: the
# security archive removes old sources, so the one before it is the fallback.
set -euo pipefail

versions=(1.5.1+ds-1+deb12u2 1.5.1+ds-1+deb12u1)
[ $# -eq 1 ] || [ $# -eq 2 ] ||
  { echo "usage: install/libgit2.sh DIRECTORY [CMAKE_TOOLCHAIN_FILE]" >&2; exit 2; }
toolchain=()
[ $# -eq 1 ] || toolchain=("-DCMAKE_TOOLCHAIN_FILE=$(realpath "$2")")
source "$(dirname "$0")/checkout.sh"
{ mkdir -p "$1" 2>/dev/null && [ -w "$1" ]; } || fail "'$1' cannot be written by '$user'" \
  "work in a clone of your own, or remove that directory as its owner"
dest=$(cd "$1" && pwd)
if [ -f "$dest/lib/libgit2.a" ] && [ -f "$dest/version" ]; then
  echo "libgit2 $(cat "$dest/version") is built already"
  exit 0
fi

scratch=$(mktemp -d "$dest/build.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
echo "reading the source package lists of this machine's Debian archive"
source "$checkout/install/source_lists.sh"
read_source_lists "$scratch"

got=
for version in "${versions[@]}"; do
  echo "fetching the source of libgit2 $version"
  if (cd "$scratch" && apt-get "${apt_options[@]}" -q source "libgit2=$version") \
      >"$scratch/source.log" 2>&1; then
    got=$version
    break
  fi
  grep -m1 '^E:' "$scratch/source.log" >&2 || true
  echo "note: the source of libgit2 $version cannot be had, trying the one before" >&2
done
[ -n "$got" ] || {
  cat "$scratch/source.log" >&2
  fail "this machine's Debian archive has no source of libgit2 ${versions[*]}" \
    "look at the sources of apt: they must name bookworm of a full mirror"
}

source=$(echo "$scratch"/libgit2-*/)
unpacked=$(dpkg-parsechangelog -l "$source/debian/changelog" -S Version)
[ "$unpacked" = "$got" ] || fail "asked for libgit2 $got and got $unpacked"

# libgit2 starts its transports, and looks up home directories by way of the
# network's name services, before it opens an object. Pushguard needs neither.
unwanted='git_(sysdir|transport_ssh|stream_registry|openssl_stream|mbedtls_stream)_global_init,'
[ "$(grep -cE "$unwanted" "$source/src/libgit2/libgit2.c")" = 5 ] ||
  fail "libgit2 $got does not start as the pinned versions do"
sed -i -E "/$unwanted/d" "$source/src/libgit2/libgit2.c"

echo "building libgit2 $got without transports"
# In the environment, for CMake to set them in front of a toolchain's own flags. The
# scratch directory's name must not get into the archive: it is another one each time.
CFLAGS="-O2 -ffunction-sections -fdata-sections -fPIE -D_FORTIFY_SOURCE=2"
# shellcheck disable=SC2089  # the quotes are for the shell that CMake calls
CFLAGS+=" -fstack-protector-strong \"-ffile-prefix-map=$scratch/=\""
# shellcheck disable=SC2090
export CFLAGS
# Paths below the scratch directory count as relative, so that the next one hits.
export CCACHE_BASEDIR="$scratch" CCACHE_NOHASHDIR=true
cmake -S "$source" -B "$scratch/build" -G Ninja -Wno-dev "${toolchain[@]}" \
  -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_BUILD_TYPE=Release \
  -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTS=OFF -DBUILD_CLI=OFF \
  -DUSE_SSH=OFF -DUSE_HTTPS=OFF -DUSE_GSSAPI=OFF -DUSE_NTLMCLIENT=OFF -DUSE_ICONV=OFF \
  -DUSE_SHA1=CollisionDetection -DUSE_SHA256=Builtin \
  -DUSE_HTTP_PARSER=system -DREGEX_BACKEND=regcomp \
  -DCMAKE_INSTALL_PREFIX="$dest" -DCMAKE_INSTALL_LIBDIR=lib >"$scratch/cmake.log" 2>&1 ||
  { cat "$scratch/cmake.log" >&2; exit 1; }
cmake --build "$scratch/build" --target install >"$scratch/make.log" 2>&1 ||
  { tail -n 40 "$scratch/make.log" >&2; exit 1; }
echo "$got" >"$dest/version"
echo "libgit2 $got is built"
