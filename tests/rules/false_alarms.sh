#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Scans large source packages of Debian and counts the findings that would block.
# usage: tests/rules/false_alarms.sh [--keep DIR] PUSHGUARD FINDINGS.jsonl [PACKAGE...]
#
# Each package is fetched, unpacked, scanned and deleted before the next one. With
# --keep it stays in DIR, and a later run with the same DIR fetches nothing.
# FINDINGS.jsonl gets a line for each finding that would block, with a masked
# preview and a path that starts with the package. Nothing is stored in the tree.
# Versions are not pinned: the figures are those of the archive on that day.
set -euo pipefail

# By language, large packages first. Rules are most often wrong about documentation,
# tests of network code, test keys and translations.
packages=(
  linux openssl git                                    # C
  llvm-toolchain-15 qt6-base botan                     # C++
  openjdk-17 tomcat9 bouncycastle gradle               # Java, Groovy
  node-typescript nodejs node-webpack                  # TypeScript, JavaScript
  rustc cargo                                          # Rust
  golang-1.19 kubernetes golang-google-api             # Go
  hugo docker.io rclone libpod prometheus docker-registry
  python3.11 python-django python-cryptography sympy   # Python
  mediawiki wordpress php8.2 phpmyadmin symfony        # PHP
  ruby3.1 rails                                        # Ruby
  mono                                                 # C#
  perl                                                 # Perl
  kotlin scala                                         # Kotlin, Scala
  erlang elixir-lang                                   # Erlang, Elixir
  ghc ocaml racket                                     # Haskell, OCaml, Racket
  r-base fpc nim                                       # R, Pascal, Nim
  emacs vim                                            # Lisp, Vim script, translations
  gnutls28 mbedtls                                     # test keys
)

usage() { sed -n 's/^# \(usage: \)/\1/p' "$0" >&2; exit 2; }
keep=
if [ "${1:-}" = --keep ]; then
  [ $# -ge 2 ] || usage
  mkdir -p "$2"
  keep=$(cd "$2" && pwd)
  shift 2
fi
[ $# -ge 2 ] || usage
pushguard=$(realpath "$1")
findings=$(realpath "$2")
shift 2
[ $# -eq 0 ] || packages=("$@")

scratch=$(mktemp -d "${TMPDIR:-/tmp}/pushguard-false-alarms.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

source "$(dirname "$0")/../../install/checkout.sh"
source "$checkout/install/source_lists.sh"

# fetch PACKAGE DIRECTORY: unpacks the source into DIRECTORY, completely or not at all.
# Takes the newest version that can be fetched: a mirror may lack one that it lists.
fetch() {
  [ -d "$scratch/lists" ] || read_source_lists "$scratch"
  : >"$scratch/source.log"
  for version in $(apt-cache "${apt_options[@]}" showsrc --only-source "$1" |
                     sed -n 's/^Version: //p' | sort -rVu); do
    rm -rf "$scratch/download" "$2.part"
    mkdir "$scratch/download"
    if (cd "$scratch/download" &&
          apt-get "${apt_options[@]}" -q source --download-only "$1=$version" &&
          dpkg-source --no-check --no-copy --skip-patches -x ./*.dsc "$2.part") \
        >"$scratch/source.log" 2>&1; then
      rm -rf "$scratch/download"
      mv "$2.part" "$2"
      return
    fi
  done
  tail -n 3 "$scratch/source.log" >&2
  return 1
}

mkdir "$scratch/found"
head -c 32 /dev/urandom >"$scratch/key"  # gives equal secrets equal ids in all scans
missing=()
for package in "${packages[@]}"; do
  source="${keep:-$scratch}/$package"
  [ -d "$source" ] || fetch "$package" "$source" || { missing+=("$package"); continue; }
  status=0
  # Run inside the package, so that paths start there, and with the default configuration.
  (cd "$source" && PUSHGUARD_CONFIG=/dev/null \
    "$pushguard" scan --key "$scratch/key" --format jsonl .) \
    >"$scratch/found/$package.jsonl" 2>"$scratch/scan.log" || status=$?
  tail -n 1 "$scratch/found/$package.jsonl" | grep -q '"type":"summary"' || {
    cat "$scratch/scan.log" >&2
    echo "error: the scan of $package ended with exit code $status" >&2
    exit 1
  }
  printf '%-32s %9s files, would block: %s\n' "$package" \
    "$(tail -n 1 "$scratch/found/$package.jsonl" | sed 's/.*"files":\([0-9]*\).*/\1/')" \
    "$(tail -n 1 "$scratch/found/$package.jsonl" | sed 's/.*"blocked":\([0-9]*\).*/\1/')"
  [ -n "$keep" ] || rm -rf "$source"
done
python3 -B "$(dirname "$0")/count_alarms.py" "$scratch/found" "$findings"
[ ${#missing[@]} -eq 0 ] || echo "not to be had from this machine's archive: ${missing[*]}"
