#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds one commit in two folders, without a compiler cache, and compares every byte of
# what is given to people who only install.
# usage: tests/install/test_reproducible.sh [COMMIT]
# Takes four builds: of each folder, for two machines.
set -euo pipefail
cd "$(dirname "$0")/../.."

commit=$(git rev-parse "${1:-HEAD}^{commit}")
install/packages.sh package
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CCACHE_DISABLE=1
for folder in "$scratch/a" "$scratch/a longer path, with blanks/somewhere else"; do
  git clone -q . "$folder"
  git -C "$folder" checkout -q "$commit"
  (cd "$folder" && install/package/release.sh)
done
diff --recursive "$scratch/a/build/dist" "$folder/build/dist" || {
  echo "error: two builds of $commit differ" >&2
  exit 1
}
cat "$folder/build/dist/SHA256SUMS"
