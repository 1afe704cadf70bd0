#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers and runs each of them; what they find is in build/fuzz/crashes
# until the next run.
# usage: tests/fuzz/run.sh [SECONDS [NAME]]
# SECONDS for each, 60 if not given; NAME for one alone, as tests/fuzz/NAME_fuzz.cc.
# Corpora stay in build/fuzz/corpus, so that a second run goes on from the first.
# As many run at once as there are processors. Exit code 1: one of them failed.
set -euo pipefail
cd "$(dirname "$0")/../.."

install/packages.sh fuzz
install/libgit2.sh build/libgit2
install/re2_headers.sh build/re2

cmake --preset fuzz -DPUSHGUARD_FUZZ_SECONDS="${1:-60}" >build/fuzz.log 2>&1 ||
  { cat build/fuzz.log >&2; exit 1; }
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
