#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the packages with a throwaway key, and looks at them and at what they install.
# usage: tests/install/test_package.sh [--all]
#   --all   those for arm64 as well, which are cross-compiled and run under an emulator
set -euo pipefail
cd "$(dirname "$0")/../.."

only=(--only amd64)
export PUSHGUARD_ARCHITECTURES=amd64
if [ "${1:-}" = --all ]; then
  only=()
  PUSHGUARD_ARCHITECTURES="amd64 arm64"
  install/packages.sh package
fi
install/packages.sh test
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
ssh-keygen -q -t ed25519 -N '' -C throwaway -f "$keys/key"
install/package/release.sh --sign "$keys/key" "${only[@]}"
export PUSHGUARD_DIST=$PWD/build/dist PYTHONPATH=$PWD/tests
PUSHGUARD_SIGNER=$(cat "$keys/key.pub")
export PUSHGUARD_SIGNER
export PUSHGUARD=$PWD/build/release/pushguard
status=0
python3 -B tests/install/check_packages.py || status=1
python3 -B tests/install/check_deb_install.py || { [ $? = 77 ] || status=1; }
exit "$status"
