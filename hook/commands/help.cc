// SPDX-License-Identifier: Apache-2.0
#include "commands/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "commands/cli.h"
#include "commands/completion.h"
#include "commands/groups.h"
#include "commands/man_page.h"
#include "commands/wrong_word.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr size_t kColumns = 80, kWidestTerm = 24;

// `text` in lines of at most kColumns from column `indent` on; the first one goes on.
std::string wrapped(std::string_view text, size_t indent) {
  std::string result;
  size_t column = indent;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (column > indent && column + 1 + word.size() > kColumns) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result + "\n";
}

using Terms = std::vector<std::pair<std::string, std::string>>;

std::string section(std::string_view title, const Terms& terms) {
  if (terms.empty()) return {};
  size_t width = 0;
  for (const auto& [term, text] : terms) {
    if (term.size() <= kWidestTerm) width = std::max(width, term.size());
  }
  std::string result = fmt::format("\n{}:\n", title);
  for (const auto& [term, text] : terms) {
    if (term.size() > width) {
      result += fmt::format("  {}\n  {:{}}  ", term, "", width);
    } else {
      result += fmt::format("  {:{}}  ", term, width);
    }
    result += wrapped(text, width + 4);
  }
  return result;
}

Terms terms_of(const std::vector<CommandOption>& options) {
  Terms terms;
  for (const CommandOption& option : options) {
    std::string term = fmt::format("{}", fmt::join(option.names, ", "));
    if (!option.value.empty()) term += " " + option.value;
    terms.emplace_back(std::move(term), option.text);
  }
  return terms;
}

Terms terms_of(std::span<const Explained> explained) {
  Terms terms;
  for (const auto& [term, text] : explained) terms.emplace_back(term, text);
  return terms;
}

struct HelpOptions {
  std::vector<std::string> words;
  std::string man, completion;
};

int help(const CLI::App& root, const HelpOptions& options) {
  if (!options.man.empty()) {
    fmt::print("{}", options.man == "pushguard" ? render_man_page(page_of(root))
                                                : render_config_man_page());
  } else if (!options.completion.empty()) {
    fmt::print("{}", render_completion(options.completion, page_of(root)));
  } else {
    if (const auto wrong = find_wrong_word(root, options.words)) {
      throw Error(fmt::format("{}\nhint: 'pushguard help' names all commands", wrong->what));
    }
    const CLI::App* command = &root;
    for (const std::string& word : options.words) {
      command = command->get_subcommand(word);
    }
    fmt::print("{}", render_help(page_of(*command)));
  }
  return 0;
}

}  // namespace

std::string render_help(const CommandPage& page) {
  std::string text = fmt::format("usage: {}\n\n", page.usage);
  std::string summary = page.summary;
  text += wrapped(summary, 0);
  if (!page.texts.more.empty()) text += "\n" + wrapped(page.texts.more, 0);
  Terms commands;
  for (const CommandPage& command : page.commands) {
    commands.emplace_back(command.name.substr(page.name.size() + 1), command.summary);
  }
  text += section("commands", commands);
  text += section("arguments", terms_of(page.arguments));
  text += section("options", terms_of(page.options));
  text += "\nexamples:\n";
  for (const auto& [call, what] : page.texts.examples) {
    text += fmt::format("  {}\n      {}", call, wrapped(what, 6));
  }
  text += "\nconfiguration:\n  " + wrapped(where_configuration_is(), 2);
  return text + section("exit codes", terms_of(page.texts.exit_codes));
}

void add_help_command(CLI::App& app, int& result) {
  const auto options = std::make_shared<HelpOptions>();
  CLI::App* command = app.add_subcommand("help", "say how a command is called, with examples");
  command->add_option("COMMAND", options->words, "the words of the command; all if none is given");
  command->add_option("--man", options->man, "print the source of a manual page")
      ->type_name("pushguard|pushguard.toml")
      ->check(CLI::IsMember({"pushguard", "pushguard.toml"}).description(""));
  command->add_option("--completion", options->completion, "print the completions for a shell")
      ->type_name("bash|zsh|fish")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""));
  command->callback([options, &app, &result] { result = help(app, *options); });
}

}  // namespace pushguard
