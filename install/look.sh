# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Whether a bare repository's hook is on, as the user sees it whom git runs as there.
# To be sourced after launcher.sh, in any POSIX shell.
#
# Root sees what that user does not: a directory that only root may enter, another
# global configuration. So root looks as the repository's owner, and runs no program
# that a repository names with its own rights. These functions go to the owner's shell
# on its standard input, as that user may not be able to read this file.

# bounded COMMAND...: ends it after ten seconds, where timeout(1) is installed.
bounded() {
  if command -v timeout >/dev/null; then timeout 10 "$@"; else "$@"; fi
}

# real DIRECTORY: its path without links, or as it is when it is not there.
real() {
  (cd "$1" 2>/dev/null && pwd -P) || printf '%s\n' "$1"
}

# find_hooks REPOSITORY: sets `hooks`, the directory where git looks for its hooks.
# Fails, with 2 and `why`, when that could not be told.
find_hooks() {
  hooks=$1/hooks why=
  if ! command -v git >/dev/null; then
    why="git is not installed, and its core.hooksPath is unknown"
    return 2
  fi
  answer=0
  path=$(git --git-dir="$1" config --type=path --get core.hooksPath 2>/dev/null) || answer=$?
  case $answer in
    0) ;;
    1) return 0 ;;
    *) why="git cannot read its configuration"; return 2 ;;
  esac
  case $path in
    /*) hooks=$path ;;
    *) hooks=$1/$path ;;
  esac
}

# program_fault PROGRAM: why it cannot run, or nothing.
program_fault() {
  if ! [ -e "$1" ]; then echo "does not exist"
  elif ! [ -f "$1" ] || ! [ -x "$1" ]; then echo "may not be executed"
  elif ! [ -s "$1" ]; then echo "is empty"
  else
    case $(bounded "$1" --version </dev/null 2>/dev/null | head -c 100 |
      LC_ALL=C tr -cd '[:print:]\n' | sed 1q) in
      "pushguard "*) ;;
      "") echo "does not run here" ;;
      *) echo "is not pushguard" ;;
    esac
  fi
}

# hooks_fault DIRECTORY: why git finds no hook in it, or nothing.
hooks_fault() {
  if [ -L "$1" ] && ! [ -e "$1" ]; then
    printf "'%s' is a link to '%s', which is gone\n" "$1" "$(readlink "$1")"
  elif [ -e "$1" ] && ! [ -d "$1" ]; then printf "'%s' is not a directory\n" "$1"
  elif [ -d "$1" ] && ! [ -x "$1" ]; then
    printf "'%s' may not be entered by '%s'\n" "$1" "$(id -un)"
  fi
}

# look_at REPOSITORY: sets `why`, and returns as --check exits.
look_at() {
  find_hooks "$1" || return 2
  hook=$hooks/pre-receive
  why=$(hooks_fault "$hooks")
  if [ -n "$why" ]; then
    why="$why: git finds no hook"
    return 1
  elif [ -L "$hook" ]; then
    why="'$hook' is a bare link to '$(readlink "$hook")'"
    if [ -e "$hook" ]; then why="$why: once that is gone, git accepts every push"
    else why="$why, which is gone: git accepts every push"
    fi
    return 1
  elif ! [ -e "$hook" ]; then
    why="there is no '$hook'"
    return 1
  elif [ -d "$hook" ]; then
    why="'$hook' is a directory: git refuses every push"
    return 1
  elif ! [ -x "$hook" ]; then
    why="'$hook' is not executable: git ignores it"
    [ -z "$(find "$hook" -perm -100)" ] ||
      why="'$hook' may not be executed there (mounted noexec?): git ignores it"
    return 1
  elif ! called=$(launcher_program "$hook"); then
    why="'$hook' is not as bare.sh makes it: whether it calls pushguard is its own affair"
    return 2
  fi
  fault=$(program_fault "$called")
  [ -z "$fault" ] && return 0
  why="'$hook' refuses every push: '$called' $fault"
  return 1
}

# as_owner FUNCTION REPOSITORY: calls one of the above, as the owner when root calls it.
# Sets `hooks` and `why`, and returns what the function returns.
# shellcheck disable=SC2154 # `here` has the scripts, and is set by who sources this.
as_owner() {
  # shellcheck disable=SC2046 # A mode, a number, and the owner's name or number.
  owner=$(set -- $(ls -ld "$2/."); printf '%s' "$3")
  if [ "$(id -u)" -ne 0 ] || [ "$owner" = root ]; then
    "$1" "$2"
    return
  fi
  function=$1 repository=$2
  case $owner in
    *[!0-9]*)
      set -- su -s /bin/sh "$owner" -c "exec /bin/sh -s"
      if command -v runuser >/dev/null; then shift; set -- runuser "$@"; fi
      ;;
    *)
      # A number has no name, and so no home.
      set -- setpriv --reuid="$owner" --regid="$owner" --clear-groups env HOME=/ /bin/sh -s
      ;;
  esac
  answer=0
  told=$({
    cat "$here/launcher.sh" "$here/look.sh"
    printf 'unset XDG_CONFIG_HOME GIT_CONFIG_GLOBAL\ncd /\ncode=0 hooks= why=\n'
    printf '%s %s || code=$?\n' "$function" "$(quoted "$repository")"
    # The sum tells the function's answer from a failure to become the owner.
    # shellcheck disable=SC2016 # For the owner's shell to expand.
    printf '%s\n' 'printf "%s\n" "$hooks" "$why"; exit $((code + 40))'
  } | "$@" 2>/dev/null) || answer=$?
  if [ "$answer" -lt 40 ] || [ "$answer" -gt 42 ]; then
    hooks=$repository/hooks
    why="checked as root only: '$1' did not let root look as its owner '$owner'"
    return 2
  fi
  hooks=$(printf '%s\n' "$told" | sed 1q)
  why=$(printf '%s\n' "$told" | sed 1d)
  return $((answer - 40))
}
