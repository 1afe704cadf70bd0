#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures what a push costs with Pushguard: builds the release, measures it, and
# says which targets are met.
# usage: tests/bench/run.sh [REPOSITORY...]
# The first REPOSITORY is a clone with one large pack, for the bulk push; without it, a
# history is made up. Single commits are drawn from all of them, and from this one. The
# results of the measured runs are checked as well.
set -euo pipefail
cd "$(dirname "$0")/../.."
install/packages.sh test >&2
install/libgit2.sh build/libgit2 >&2
install/re2_headers.sh build/re2 >&2

[ -f build/bench/build.ninja ] || cmake --preset bench >build/bench.log
cmake --build --preset bench >&2
exec python3 -B tests/bench/run.py build/bench "$@"
