// SPDX-License-Identifier: Apache-2.0
// Everything that is said about a command, from the command tree and the table of texts.
//
// Help, the manual page and the completions of three shells are rendered from it. Rejected:
// a separate text for each (they were out of date within a month), and CLI11's help (it has
// no examples and no exit codes, and shows C++ types instead of "FILE").
#pragma once

#include <string>
#include <vector>

#include "commands/command_texts.h"

namespace CLI {
class App;
}

namespace pushguard {

// `value` says what is given: "FILE", "PATH", "a|b" for one of these words, "" for
// a flag. An argument has one name and no value: "PATH...".
struct CommandOption {
  std::vector<std::string> names;
  std::string value;
  std::string text;
};

struct CommandPage {
  std::string name;  // "pushguard rules list"
  std::string summary;
  std::string usage;
  std::vector<CommandOption> arguments, options;
  std::vector<CommandPage> commands;
  const CommandText& texts;
};

// Hidden options are left out.
CommandPage page_of(const CLI::App& app);

// "pushguard rules list"
std::string full_name(const CLI::App& app);

// Where the configuration is, as a sentence.
std::string_view where_configuration_is();

}  // namespace pushguard
