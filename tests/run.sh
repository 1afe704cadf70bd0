#!/usr/bin/env bash
# Installs what the tests need, builds both builds, and runs every test.
# usage: tests/run.sh [CTEST ARGUMENTS...]
# Safe to run again; with nothing changed it only runs the tests.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step "packages"
install/packages.sh test
step "libgit2"
install/libgit2.sh build/libgit2
export CCACHE_DIR="${CCACHE_DIR:-$PWD/build/ccache}"
for preset in release dev; do
  step "build: $preset"
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/$preset.log" 2>&1 ||
    { cat "build/$preset.log" >&2; exit 1; }
  NINJA_STATUS='[%f/%t] ' cmake --build --preset "$preset"
done

# The sanitizer build first, and the release build last: its summary ends the run.
status=0
for preset in dev release; do
  step "tests: $preset"
  ctest --test-dir "build/$preset" --output-on-failure --parallel "$(nproc)" "$@" || status=1
done
exit "$status"
