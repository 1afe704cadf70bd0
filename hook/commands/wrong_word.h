// SPDX-License-Identifier: Apache-2.0
// The first word of a call that is no command and no option, and the nearest one
// that is.
//
// Looked for before CLI11 parses: that complains of what is missing instead, and
// `scna --help` would be the program's help.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace pushguard {

struct WrongWord {
  std::string command;  // the one that was called so far: "pushguard rules"
  std::string what;     // "'lst' is no command of 'pushguard rules'; did you mean 'list'?"
};

std::optional<WrongWord> find_wrong_word(const CLI::App& app, std::span<const std::string> words);

}  // namespace pushguard
