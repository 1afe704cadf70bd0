#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when the stored reference of the rules differs from what the binary prints, or
# when the binary finds a secret in it.
# usage: tests/rules/check_reference.sh PUSHGUARD README
set -euo pipefail
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
"$1" rules pages >"$printed"
if ! diff -u "$2" "$printed" | head -n 40; then
  echo "error: '$2' is not what the rules say; renew it:"
  echo "  $1 rules pages >$2"
  exit 1
fi
if PUSHGUARD_CONFIG=/dev/null "$1" scan --format jsonl "$2" | grep '"type":"finding"'; then
  echo "error: '$2' holds token-shaped text"
  exit 1
fi
