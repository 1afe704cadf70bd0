#!/usr/bin/env bash
# Builds the fuzzers and runs each of them; what they find is in build/fuzz/crashes.
# usage: tests/fuzz/run.sh [SECONDS [NAME]]
# SECONDS for each, 60 if not given; NAME for one alone, as tests/fuzz/NAME_fuzz.cc.
# Corpora stay in build/fuzz/corpus, so that a second run goes on from the first.
set -euo pipefail
cd "$(dirname "$0")/../.."

install/packages.sh fuzz
install/libgit2.sh build/libgit2
cmake --preset fuzz -DPUSHGUARD_FUZZ_SECONDS="${1:-60}"
cmake --build --preset fuzz
ctest --test-dir build/fuzz --output-on-failure --parallel "$(nproc)" \
  --tests-regex "^fuzz: ${2:-.*}_fuzz$"
