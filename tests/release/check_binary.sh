#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: check_binary.sh BINARY TWIN_WITH_SYMBOLS
# Checks that the released binary is static, has at most 12 MB, and contains none of
# libgit2's network code. (The C library's look-up of user names includes a socket
# call, which nothing uses.)
set -uo pipefail
binary=$1 twin=$2
status=0
fail() { echo "error: $*"; status=1; }

# For a static-pie ldd prints "statically linked", for others "not a dynamic executable".
ldd_says=$(ldd "$binary" 2>&1)
case "$ldd_says" in
  *"not a dynamic executable"* | *"statically linked"*) ;;
  *) fail "not static: $ldd_says" ;;
esac
if readelf --program-headers --wide "$binary" | grep -q INTERP; then fail "it asks for a loader"; fi
size=$(stat -c %s "$binary")
[ "$size" -le 12000000 ] || fail "$size bytes, and at most 12000000 are allowed"
symbols=$(nm --defined-only "$twin") || fail "the twin has no symbols"
grep -q 'git_odb_read' <<<"$symbols" || fail "the twin has no symbols of libgit2"
areas='transport|smart|http|net|socket|stream|openssl|mbedtls|remote|ssh|clone|fetch|push'
network=$(grep -E " (git_($areas)_[a-z_]*|getaddrinfo)\$" <<<"$symbols" | awk '{print $3}')
[ -z "$network" ] || fail "network code: $(tr '\n' ' ' <<<"$network")"
echo "$size bytes"
exit "$status"
