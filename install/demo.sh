#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job, seen by the three people who use it: builds Pushguard, makes a
# scratch repository with the hook, pushes a clean commit and then a secret.
# usage: install/demo.sh
# Safe to run again; nothing outside build/ and a temporary directory changes.
set -euo pipefail
source "$(dirname "$0")/checkout.sh"
cd "$checkout"
need_build_directory
step() { printf '\n== %s\n' "$*"; }

step "packages"
install/packages.sh build
step "libgit2"
install/libgit2.sh build/libgit2
step "headers of RE2"
install/re2_headers.sh build/re2
step "build"
configure release
NINJA_STATUS='[%f/%t] ' cmake --build --preset release --target pushguard

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset XDG_CONFIG_HOME
export HOME=$scratch GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME="Ann Dev" GIT_COMMITTER_NAME="Ann Dev"
export GIT_AUTHOR_EMAIL=ann@example.com GIT_COMMITTER_EMAIL=ann@example.com
cd "$scratch"

step "the admin installs it: a launcher of a few lines, no configuration"
git init -q --bare -b main server.git
"$checkout/install/bare.sh" --install --binary "$checkout/build/release/pushguard" \
  --record "$scratch/repositories" server.git
"$checkout/install/bare.sh" --check server.git
"$checkout/build/release/pushguard" rules check

git clone -q server.git clone 2>/dev/null
cd clone
git switch -q -c main
step "the developer pushes a clean commit"
echo 'print("hello")' >hello.py
git add . && git commit -qm "Say hello"
git push origin main

step "the developer pushes a made-up token"
# Made here with a right checksum, so that no token is stored anywhere.
token=$(python3 - <<'PYTHON'
import secrets, string, zlib
letters = string.digits + string.ascii_uppercase + string.ascii_lowercase
body = "".join(secrets.choice(letters) for _ in range(30))
check, number = "", zlib.crc32(body.encode())
while number:
    number, rest = divmod(number, 62)
    check = letters[rest] + check
print("gh" + "p_" + body + check.rjust(6, "0"))
PYTHON
)
mkdir config
echo "TOKEN=$token" >config/deploy.env
git add . && git commit -qm "Add deploy settings"
if git push origin main; then
  echo "error: the push was accepted" >&2
  exit 1
fi

step "the developer does what the message says"
echo "TOKEN=\${DEPLOY_TOKEN}" >config/deploy.env
git commit -q --all --amend --no-edit
git push origin main

step "the auditor reads the log: one line a push, and no secret in it"
python3 - "$scratch/server.git/pushguard/audit.jsonl" <<'PYTHON'
import json, sys
for line in open(sys.argv[1]):
    record = json.loads(line)
    print(record["time"], record["verdict"], record["pusher"]["name"], record["refs"][0]["ref"],
          f'{record["objects"]["bytes"]} bytes in {record["duration_us"] / 1000:.1f} ms')
    for finding in record["findings"]:
        place = finding["places"][0]
        print(f'    {finding["rule"]} {finding["fingerprint"]} {finding["confidence"]}'
              f' {finding["origin"]} {finding["ruling"]}: {place["path"]}:{place["line"]}'
              f' by {place["author"]}')
PYTHON
if grep -rq "$token" "$scratch/server.git"; then
  echo "error: the token is on the server" >&2
  exit 1
fi
step "done: the secret never landed"
