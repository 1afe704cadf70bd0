#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Puts Pushguard in front of bare repositories, says whether it is there, and takes
# it away again. Each can be repeated.
# usage: bare.sh --install|--check|--remove [OPTION...] REPOSITORY...
#        bare.sh --known [OPTION...]
# A REPOSITORY may be a directory that has bare repositories somewhere below it.
#   --binary PATH   the program, else the one installed with this script or on PATH
#   --record FILE   where installed hooks are noted, else the file of the package
#   --dry-run       says what would be done
# --check exits 0: on, 1: not on in one of them at least, 2: that could not be told.
# --known prints the noted repositories whose hook still calls the program.

# The actions are called by their names in a variable.
# shellcheck disable=SC2317 source-path=SCRIPTDIR
set -eu

unset CDPATH
export LC_ALL=C
newline="
"
here=$(cd "$(dirname "$0")" && pwd)
. "$here/launcher.sh"
. "$here/look.sh"

fail() {
  printf 'error: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
}
die() {
  fail "$@"
  exit 2
}
usage() {
  sed -n '3,12s/^# \{0,1\}//p' "$0"
}
# set_status 0|1|2: the run's exit code; "not on" outweighs "could not be told".
status=0
set_status() {
  if [ "$1" -eq 1 ] || [ "$status" -eq 0 ]; then status=$1; fi
}

find_program() {
  if [ -z "$program" ]; then
    case $here in
      */share/pushguard) program=$(cd "$here/../.." && pwd)/bin/pushguard ;;
      *) program=$(command -v pushguard || true) ;;
    esac
  fi
  [ -n "$program" ] || die "pushguard is not installed" "name the program with --binary PATH"
  case $program in
    *"$newline"*) die "a program's path cannot have a line break" ;;
    /*) ;;
    *) program=$PWD/$program ;;
  esac
}

# A HEAD that is a link may name a branch that has no commit yet.
is_repository() {
  { [ -f "$1/HEAD" ] || [ -L "$1/HEAD" ]; } && [ -d "$1/objects" ] && [ -d "$1/refs" ]
}

check() {
  code=0
  as_owner look_at "$1" || code=$?
  case $code in
    0) printf "'%s': on\n" "$1" ;;
    1) printf "'%s': not on: %s\n" "$1" "$why" ;;
    *) printf "'%s': could not tell: %s\n" "$1" "$why" ;;
  esac
  set_status "$code"
}

# note REPOSITORY, forget REPOSITORY: in the record.
note() {
  change_record with "$1"
}
forget() {
  [ ! -f "$record" ] || change_record without "$1"
}
with() {
  if [ -f "$record" ]; then printf '%s\n' "$1" | sort -u - "$record"; else printf '%s\n' "$1"; fi
}
without() {
  grep -vxF -e "$1" "$record" || [ $? -eq 1 ]
}
# change_record COMMAND...: its output becomes the record. One process at a time, by a
# lock on the record's directory, so that no lock file is left behind.
change_record() {
  directory=$(dirname "$record")
  mkdir -p "$directory" 2>/dev/null || true
  (
    bounded flock 9 || exit 1
    { "$@" >"$record.$$" && mv -f "$record.$$" "$record"; } || { rm -f "$record.$$"; exit 1; }
  ) 2>/dev/null 9<"$directory" || printf "note: '%s' cannot be written: %s\n" "$record" \
    "removing the package will not name this repository" >&2
}

refuse() {
  fail "$@"
  set_status 1
}
keep() {
  refuse "'$1': there is another pre-receive hook, and it was left as it is" \
    "call both from one script: each needs git's standard input, both must succeed"
}

# is_shared REPOSITORY: whether its 'hooks' links out of it; sets `hooks` to where.
is_shared() {
  [ -L "$1/hooks" ] || return 1
  hooks=$(real "$1/hooks")
  case $hooks in "$(real "$1")"/*) return 1 ;; esac
}

install_hook() {
  code=0
  as_owner find_hooks "$1" || code=$?
  [ "$code" -eq 0 ] || { fail "'$1': $why"; set_status 2; return 0; }
  if [ "$hooks" != "$1/hooks" ] && [ "$(real "$hooks")" != "$(real "$1/hooks")" ]; then
    refuse "'$1': git looks for hooks in '$hooks', as core.hooksPath says" \
      "unset core.hooksPath, or call '$program pre-receive' from the pre-receive there"
    return 0
  fi
  why=$(hooks_fault "$1/hooks")
  [ -z "$why" ] || { refuse "'$1': $why" "make it a directory"; return 0; }
  if is_shared "$1"; then
    refuse "'$1': 'hooks' is a link to '$hooks', outside of the repository" \
      "make it a directory, or call '$program pre-receive' from the pre-receive there"
    return 0
  fi
  hook=$1/hooks/pre-receive done=installed
  if [ -L "$hook" ]; then
    # Only a link to Pushguard is ours to replace.
    case $(readlink "$hook") in
      pushguard | */pushguard | "$program") ;;
      *) keep "$1"; return 0 ;;
    esac
  elif [ -d "$hook" ]; then
    refuse "'$1': 'hooks/pre-receive' is a directory, and was left as it is"
    return 0
  elif [ -e "$hook" ]; then
    if launcher_text "$program" | cmp -s - "$hook" && [ -x "$hook" ]; then
      done="on already"
    elif ! launcher_program "$hook" >/dev/null && ! cmp -s "$program" "$hook"; then
      keep "$1"
      return 0
    fi
  fi
  if [ "$done" = installed ]; then
    [ -z "$dry" ] || { printf "'%s': would write 'hooks/pre-receive'\n" "$1"; return 0; }
    said=$(write_hook "$1" 2>&1) ||
      { refuse "'$1': the hook could not be written: ${said##*: }"; return 0; }
  fi
  [ -n "$dry" ] || note "$1"
  as_owner look_at "$1" || code=$?
  [ "$code" -ne 0 ] || { printf "'%s': %s\n" "$1" "$done"; return 0; }
  fail "'$1': the hook was written and is not on: $why"
  set_status "$code"
}

# write_hook REPOSITORY: git's user must be able to run it, whatever the umask is.
write_hook() {
  if ! [ -d "$1/hooks" ]; then
    mkdir "$1/hooks" && chmod 0755 "$1/hooks" || return 1
    # shellcheck disable=SC2046 # A mode, a number, a user and a group.
    owner=$(set -- $(ls -ldn "$1/.") && printf '%s' "$3:$4")
    [ "$(id -u)" -ne 0 ] || chown "$owner" "$1/hooks" || return 1
  fi
  new=$1/hooks/pre-receive.$$
  # Never through a link that another user put there.
  (set -C && launcher_text "$program" >"$new") || return 1
  { chmod 0755 "$new" && mv -f "$new" "$1/hooks/pre-receive"; } || { rm -f "$new"; return 1; }
}

remove_hook() {
  why=$(hooks_fault "$1/hooks")
  [ -z "$why" ] || { refuse "'$1': $why"; return 0; }
  if is_shared "$1"; then
    refuse "'$1': 'hooks' is a link to '$hooks', outside of the repository: it was left as it is"
    return 0
  fi
  hook=$1/hooks/pre-receive
  if ! [ -L "$hook" ] && launcher_program "$hook" >/dev/null; then
    [ -z "$dry" ] || { printf "'%s': would remove 'hooks/pre-receive'\n" "$1"; return 0; }
    said=$(rm -f "$hook" 2>&1) ||
      { refuse "'$1': the hook could not be removed: ${said##*: }"; return 0; }
    printf "'%s': removed\n" "$1"
  elif [ -e "$hook" ] || [ -L "$hook" ]; then
    refuse "'$1': 'hooks/pre-receive' is not as bare.sh makes it, and was left as it is"
  else
    printf "'%s': there is no hook\n" "$1"
  fi
  [ -n "$dry" ] || forget "$1"
}

known() {
  [ -f "$record" ] || return 0
  while IFS= read -r repository; do
    called=$(launcher_program "$repository/hooks/pre-receive") || continue
    [ "$called" != "$program" ] || printf '%s\n' "$repository"
  done <"$record"
}

# pass_over PATH WHY [HINT]: what --check cannot vouch for.
pass_over() {
  fail "'$(printf '%s' "$1" | tr '\n' '?')' is passed over: $2" ${3+"$3"}
  set_status 2
}

# visit PATH: the action, on this repository or on each bare repository below it.
visit() {
  case $1 in
    /*) ;;
    *) set -- "$PWD/$1" ;;
  esac
  case $1 in
    *"$newline"*) pass_over "$1" "a repository's path cannot have a line break"; return 0 ;;
  esac
  [ -d "$1" ] || { fail "there is no directory '$1'"; set_status 2; return 0; }
  top=$(cd "$1" 2>/dev/null && pwd) || { pass_over "$1" "it may not be entered"; return 0; }
  if is_repository "$top"; then
    "$action" "$top"
    return 0
  fi
  none=y inside=$(real "$top")
  walk "$top"
  [ -z "$none" ] ||
    { fail "'$top' is not a bare repository, and has none below it"; set_status 2; }
}

# walk DIRECTORY: visits what is below it, but for what is inside of a repository.
walk() {
  if ! [ -r "$1" ] || ! [ -x "$1" ]; then
    pass_over "$1" "it may not be read"
    return 0
  fi
  for entry in "${1%/}"/* "${1%/}"/.[!.]* "${1%/}"/..?*; do
    [ -d "$entry" ] || continue
    case $entry in
      *"$newline"*) pass_over "$entry" "a repository's path cannot have a line break" ;;
      *) visit_below "$entry" ;;
    esac
  done
}
visit_below() {
  if [ -L "$1" ]; then
    target=$(cd "$1" 2>/dev/null && pwd -P) || target=
    # What it links to is met at its own place.
    case $target in "${inside%/}"/*) return 0 ;; esac
    pass_over "$1" "it is a link to '$(readlink "$1")'" "name what it links to as well"
  elif ! is_repository "$1"; then
    walk "$1"
  elif is_work_tree "$1"; then
    printf "note: '%s' is passed over: it is a work tree's, not bare\n" "$1" >&2
  else
    none=
    "$action" "$1"
  fi
}
is_work_tree() {
  case $1 in */.git) ;; *) return 1 ;; esac
  [ "$(git --git-dir="$1" config --type=bool --get core.bare 2>/dev/null)" != true ]
}

action='' dry='' program='' record=/var/lib/pushguard/repositories
set_action() {
  [ -z "$action" ] || die "there is more than one action" "bare.sh --help names them"
  action=$1
}
literal=''
while [ $# -gt 0 ]; do
  case $1 in
    --install) set_action install_hook ;;
    --check) set_action check ;;
    --remove) set_action remove_hook ;;
    --known) set_action known ;;
    --dry-run) dry=y ;;
    --binary | --record)
      [ $# -ge 2 ] || die "$1 needs a path"
      if [ "$1" = --binary ]; then program=$2; else record=$2; fi
      shift
      ;;
    --help | -h) usage; exit 0 ;;
    --) literal=y; shift; break ;;
    -*) die "there is no option '$1'" "bare.sh --help names them" ;;
    *) break ;;
  esac
  shift
done
[ -n "$action" ] || { usage >&2; exit 2; }
[ ! -d "$record" ] || die "the record '$record' is a directory" "name a file with --record FILE"
for word; do
  case $literal$word in
    -*) die "the option '$word' is behind a repository" "options come first; -- ends them" ;;
  esac
done
[ "$action" = check ] || [ "$action" = remove_hook ] || find_program
if [ "$action" = known ]; then
  [ $# -eq 0 ] || die "--known takes no repository, and '$1' is one"
  known
  exit 0
fi
[ $# -gt 0 ] || die "no repository is named" "bare.sh --help shows how to call it"
if [ "$action" = install_hook ]; then
  fault=$(program_fault "$program")
  [ -z "$fault" ] ||
    die "'$program' $fault" "install pushguard first, or name it with --binary PATH"
fi
for repository; do visit "$repository"; done
exit "$status"
