#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests need, builds both builds, runs each fuzzer for a minute,
# and runs every test.
# usage: tests/run.sh [CTEST ARGUMENTS...]
# PUSHGUARD_FUZZ_SECONDS is another time for each fuzzer; 0 leaves them out.
# Safe to run again; with nothing changed it only runs the fuzzers and the tests.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step "packages"
install/packages.sh test
step "libgit2"
install/libgit2.sh build/libgit2
step "headers of RE2"
install/re2_headers.sh build/re2
for preset in release dev; do
  step "build: $preset"
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/$preset.log" 2>&1 ||
    { cat "build/$preset.log" >&2; exit 1; }
  NINJA_STATUS='[%f/%t] ' cmake --build --preset "$preset"
done

status=0
fuzz_seconds="${PUSHGUARD_FUZZ_SECONDS:-60}"
if [ "$fuzz_seconds" != 0 ]; then
  step "fuzzers: $fuzz_seconds seconds each"
  tests/fuzz/run.sh "$fuzz_seconds" || status=1
fi
# The sanitizer build first, and the release build last: its summary ends the run.
for preset in dev release; do
  step "tests: $preset"
  ctest --test-dir "build/$preset" --output-on-failure --parallel "$(nproc)" "$@" || status=1
done
exit "$status"
