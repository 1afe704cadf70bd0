# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The launcher: the few lines that are a repository's hook and start Pushguard.
# To be sourced by what installs hooks, in any POSIX shell.
#
# git accepts a push silently when hooks/pre-receive is a link to a file that is
# gone. So a hook is never a bare link: the launcher refuses the push when the
# program is gone, may not be executed, or is empty (a shell would run an empty file
# as a script that succeeds).
# Rejected: a static program in the launcher's place. It saves the shell's start,
# half a millisecond, and nobody can read what it will start.

# quoted TEXT: TEXT in single quotes, for a shell.
quoted() {
  printf "'%s'" "$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")"
}

# launcher_text PROGRAM: the launcher for the program with this absolute path.
launcher_text() {
  cat <<'EOF'
#!/bin/sh
# Pushguard's launcher, made by its bare.sh: refuses pushes when the program is gone.
EOF
  printf 'program=%s\n' "$(quoted "$1")"
  cat <<'EOF'
if ! [ -e "$program" ]; then why="does not exist"
elif ! [ -f "$program" ] || ! [ -x "$program" ]; then why="may not be executed"
elif ! [ -s "$program" ]; then why="is empty"
else exec "$program" pre-receive "$@"
fi
echo "error: push refused, as nothing could be checked: '$program' $why
hint: this is no fault of your commits; tell the server's administrator
hint: administrator: install pushguard again; '$0' in '$PWD' calls it" >&2
exit 1
EOF
}

# launcher_program FILE: the program that the launcher FILE starts. Fails, and prints
# nothing, when FILE is not a launcher exactly as launcher_text makes it.
launcher_program() {
  [ -f "$1" ] && [ -r "$1" ] || return 1
  launched=$(LC_ALL=C sed -n "3s/^program='\\(.*\\)'\$/\\1/p" "$1" 2>/dev/null |
    sed "s/'\\\\''/'/g")
  [ -n "$launched" ] || return 1
  launcher_text "$launched" | cmp -s - "$1" || return 1
  printf '%s\n' "$launched"
}
