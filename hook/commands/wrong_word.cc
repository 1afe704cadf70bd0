// SPDX-License-Identifier: Apache-2.0
#include "commands/wrong_word.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/cli.h"
#include "commands/command_page.h"
#include "vocabulary/nearest.h"

namespace pushguard {
namespace {

WrongWord wrong(const CLI::App& app, std::string_view word, std::string_view kind,
                const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  const std::string name = full_name(app);
  std::string what = app.get_parent() ? fmt::format("'{}' is no {} of '{}'", word, kind, name)
                                      : fmt::format("'{}' is no {}", word, kind);
  const std::string_view near = nearest(word, names);
  if (!near.empty()) what += fmt::format("; did you mean '{}'?", near);
  return {name, std::move(what)};
}

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

}  // namespace

std::optional<WrongWord> find_wrong_word(const CLI::App& app, std::span<const std::string> words) {
  const CLI::App* command = &app;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") return std::nullopt;
    if (word.size() > 1 && word[0] == '-') {
      const bool is_long = word[1] == '-';
      const size_t equals = is_long ? word.find('=') : 2;
      const std::string name = word.substr(0, equals);
      const CLI::Option* option = command->get_option_no_throw(name);
      if (!option) return wrong(*command, name, "option", options_of(*command));
      if (option->get_items_expected_max() > 0 && equals >= word.size()) ++i;
      continue;
    }
    const std::vector<std::string> commands = commands_of(*command);
    if (commands.empty()) continue;
    if (std::ranges::find(commands, word) == commands.end()) {
      return wrong(*command, word, "command", commands);
    }
    command = command->get_subcommand(word);
  }
  return std::nullopt;
}

}  // namespace pushguard
