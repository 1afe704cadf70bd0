#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers and runs them. Inputs that fail are in build/fuzz/crashes
# until the next run.
# usage: tests/fuzz/run.sh [SECONDS [NAME]]
# Each runs for SECONDS, 60 by default. NAME runs only tests/fuzz/NAME_fuzz.cc.
# Corpora stay in build/fuzz/corpus, so that the next run continues from them.
# As many run at once as there are processors. Exit code 1: a fuzzer failed.
set -euo pipefail
source "$(dirname "$0")/../../install/checkout.sh"
cd "$checkout"
need_build_directory

install/packages.sh fuzz
install/libgit2.sh build/libgit2
install/re2_headers.sh build/re2

configure fuzz -DPUSHGUARD_FUZZ_SECONDS="${1:-60}"
NINJA_STATUS='[%f/%t] ' cmake --build --preset fuzz
rm -f build/fuzz/crashes/*
status=0
ctest --test-dir build/fuzz --output-on-failure --no-tests=error --parallel "$(nproc)" \
  --tests-regex "^fuzz: ${2:-.*}_fuzz$" || status=1
for input in build/fuzz/crashes/*; do
  case "$input" in *-slow-unit-* | *'*') continue ;; esac
  name=$(basename "$input")
  name=${name%%_fuzz-*}_fuzz
  {
    echo "error: $name failed on the input $input"
    echo "  again: build/fuzz/tests/fuzz/$name $input"
    echo "  to keep: tests/fuzz/regressions/$name/WHAT.hex, of: od -An -v -tx1 $input"
  } >&2
  status=1
done
exit "$status"
