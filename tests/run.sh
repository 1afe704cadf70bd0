#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests need, builds, and runs the tests in one of three sizes.
# usage: tests/run.sh [--quick | --all] [CTEST OPTIONS...]
#   --quick  the release build and its tests, except those with the label 'slow';
#            under 5 minutes where the compiler cache is warm
#   (none)   what CI runs: also the sanitizer build with its tests, each fuzzer for
#            10 seconds, and the slow tests; under 60 minutes on 2 processors
#   --all    everything, before a release: also the tests with the label 'all', each
#            fuzzer for ten minutes, the tests with clang, and with ThreadSanitizer
# Options of ctest go to each ctest, as in: tests/run.sh --quick -R 'push: .*'
# Exit code 1: a step failed. Its name is printed before the last summary, which is the
# release build's. So do the skipped tests, each with its reason.
# PUSHGUARD_FUZZ_SECONDS is another time for each fuzzer; 0 leaves them out.
# Safe to run again; with nothing changed it only runs the fuzzers and the tests.
set -euo pipefail
source "$(dirname "$0")/../install/checkout.sh"
cd "$checkout"

size=default
excluded='^all$'
options=()
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) size=quick excluded='^(all|slow)$' ;;
    --all) size=all excluded= ;;
    -h | --help) sed -n '3,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -LE | --label-exclude)
      [ $# -ge 2 ] || fail "'$1' needs a regex after it"
      excluded="${excluded:+$excluded|}$2"
      shift ;;
    -R | --tests-regex | -E | --exclude-regex | -L | --label-regex | -I | --tests-information | \
      -j | --parallel | --repeat | --timeout | --stop-time | --output-junit)
      [ $# -ge 2 ] || fail "'$1' needs a value after it"
      options+=("$1" "$2")
      shift ;;
    -V | --verbose | -VV | --extra-verbose | -N | --show-only | -F | --rerun-failed | \
      -Q | --quiet | --progress | --stop-on-failure | --schedule-random) options+=("$1") ;;
    *) fail "'$1' is no option of tests/run.sh, and none of ctest that it passes on" \
         "tests/run.sh --help lists its own" ;;
  esac
  shift
done
# A build that has no tests is an error, unless somebody asks for some by name.
[ ${#options[@]} -gt 0 ] || options=(--no-tests=error)
[ -z "$excluded" ] || options+=(--label-exclude "$excluded")
need_build_directory

failed=()
times=()
# run NAME COMMAND...: a step. When it fails, the next ones run all the same.
run() {
  local name=$1 began=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  "$@" || failed+=("$name")
  times+=("$(printf '%5d s  %s' $((SECONDS - began)) "$name")")
}

build() {
  local preset=$1
  shift
  configure "$preset" "$@" && NINJA_STATUS='[%f/%t] ' cmake --build --preset "$preset"
}

run_tests() {
  [ -f "build/$1/CTestTestfile.cmake" ] &&
    ctest --test-dir "build/$1" --output-on-failure --parallel "$(nproc)" "${options[@]}"
}

# The release build's summary goes to a file, to end the run with.
run_release_tests() {
  run_tests release | awk -v summary=build/summary.txt '
    /^[0-9]+% tests passed, / || /^No tests were found/ { late = 1 }
    late { print >summary; next }
    { print; fflush() }'
}

# Of a test that ctest skips, the reason is in a line "skip: REASON"; of one among
# those of a Python file, where unittest puts it.
skipped_tests() {
  local preset
  for preset in "${tested[@]}"; do
    awk -v build="$preset" '
      /^[0-9]+\/[0-9]+ Testing: / { sub(/^[^:]*: /, ""); name = $0 }
      sub(/^skip: /, "") || (/ \.\.\. skipped / && sub(/ \.\.\. skipped /, ": ")) {
        print "skipped: " build ": " name ": " $0 }' \
      "build/$preset/Testing/Temporary/LastTest.log"
  done
}

rm -f build/summary.txt build/*/Testing/Temporary/LastTest.log
run "packages" install/packages.sh test
run "libgit2" install/libgit2.sh build/libgit2
run "headers of RE2" install/re2_headers.sh build/re2
[ ${#failed[@]} -eq 0 ] || fail "failed: ${failed[*]}" "nothing can be built without"

run "build: release" build release -DPUSHGUARD_TESTS=ON
if [ "$size" != quick ]; then
  run "build: dev" build dev
  fuzz_seconds=10
  [ "$size" != all ] || fuzz_seconds=600
  fuzz_seconds=${PUSHGUARD_FUZZ_SECONDS:-$fuzz_seconds}
  [ "$fuzz_seconds" = 0 ] ||
    run "fuzzers: $fuzz_seconds seconds each" tests/fuzz/run.sh "$fuzz_seconds"
  run "tests: dev" run_tests dev
fi
if [ "$size" = all ]; then
  for preset in clang tsan; do
    run "build: $preset" build "$preset"
    run "tests: $preset" run_tests "$preset"
  done
fi
run "tests: release" run_release_tests

printf '\n== summary\n'
printf '%s\n' "${times[@]}"
tested=()
for preset in release dev clang tsan; do
  [ ! -f "build/$preset/Testing/Temporary/LastTest.log" ] || tested+=("$preset")
done
skipped=$(skipped_tests)
echo "${skipped:+$skipped
}$(grep -c . <<<"$skipped" || true) skipped"
[ ${#failed[@]} -eq 0 ] || printf 'failed: %s\n' "${failed[@]}"
[ ! -f build/summary.txt ] || { echo; cat build/summary.txt; }
[ ${#failed[@]} -eq 0 ]
