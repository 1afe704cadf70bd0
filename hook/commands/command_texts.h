// SPDX-License-Identifier: Apache-2.0
// What help says about a command besides its options: examples and exit codes.
//
// One table, so that help and manual page say the same, and a command that is
// missing in it stops the program (a test asks for the help of every command).
#pragma once

#include <span>
#include <string_view>

namespace pushguard {

struct Explained {
  std::string_view term;  // a call, or an exit code
  std::string_view text;
};

struct CommandText {
  std::string_view command;  // "rules list"; "" for the program
  std::string_view more;     // a paragraph, or ""
  std::span<const Explained> examples, exit_codes;
};

// Throws Error when the table has no such command.
const CommandText& text_of(std::string_view command);

}  // namespace pushguard
