// SPDX-License-Identifier: Apache-2.0
// A command line that means the same in bash, zsh, PowerShell and cmd.
//
// A word that needs quotes gets double ones, within which these shells agree on all characters
// but a few: a word with one of those has no line. Rejected: single quotes (cmd has none), `\` at
// a line's end (PowerShell has none), a variable in front.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/oid.h"

namespace pushguard {

// The first 12 digits, as commands name a commit.
std::string short_id(const Oid& id);

// Whether command_line() can write the word.
bool can_be_typed(std::string_view word);
// Requires words that can be typed.
std::string command_line(std::span<const std::string> words);

// A pathspec of git for the file at `path` from the top of the work tree, wherever the command is
// run; nothing where it cannot be typed, or would match other files as well (gitglossary(7)).
std::optional<std::string> pathspec(std::string_view path);

// An editor for the list of `git rebase --interactive`, as a value of git's `sequence.editor`.
// git runs it in a POSIX shell on every system; sed is in all of them, GNU's or BSD's.
class ListEditor {
 public:
  // What becomes of the commits from `first` to `last` in the list: "fixup", "drop", "reword".
  void change(const Oid& first, const Oid& last, std::string_view to);
  // Of all lines from this one on; the first is 1.
  void change_from(size_t line, std::string_view to);
  // git asks for the message of the merge commit.
  void reword_merge(const Oid& commit);

  std::string str() const;  // ":" when nothing is changed

 private:
  std::vector<std::string> scripts_;
};

}  // namespace pushguard
