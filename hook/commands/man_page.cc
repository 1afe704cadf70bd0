// SPDX-License-Identifier: Apache-2.0
#include "commands/man_page.h"

#include <fmt/format.h>

#include "policy/config_keys.h"
#include "vocabulary/version.h"

namespace pushguard {
namespace {

std::string escaped(std::string_view text) {
  std::string result;
  if (text.starts_with('.') || text.starts_with('\'')) result = "\\&";
  for (const char c : text) {
    switch (c) {
      case '\\': result += "\\e"; break;
      case '-': result += "\\-"; break;
      case '\'': result += "\\(aq"; break;
      case '^': result += "\\(ha"; break;
      case '~': result += "\\(ti"; break;
      case '`': result += "\\(ga"; break;
      default: result += c;
    }
  }
  return result;
}

// A sentence from a text that has no capital letter and no full stop.
std::string sentence(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') result[0] -= 'a' - 'A';
  if (!result.ends_with('.')) result += '.';
  return escaped(result);
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }

std::string title(std::string_view name, int section, std::string_view what) {
  return fmt::format(".TH {} {} \"{}\" \"pushguard {}\" \"Pushguard\"\n.SH NAME\n{} \\- {}\n", name,
                     section, commit_date(), version(), name, escaped(what));
}

std::string terms(std::string_view heading, std::span<const Explained> explained) {
  std::string text(heading);
  for (const auto& [term, what] : explained) {
    text += fmt::format(".TP\n{}\n{}\n", bold(term), sentence(what));
  }
  return text;
}

std::string options_of(const CommandPage& page) {
  std::string text;
  for (const auto* options : {&page.arguments, &page.options}) {
    for (const CommandOption& option : *options) {
      text += fmt::format(".TP\n{}", bold(fmt::format("{}", fmt::join(option.names, ", "))));
      if (!option.value.empty()) text += fmt::format(" \\fI{}\\fR", escaped(option.value));
      text += fmt::format("\n{}\n", sentence(option.text));
    }
  }
  return text;
}

// The commands that are no group, in their order.
void add_commands(const CommandPage& page, std::string& text) {
  if (page.commands.empty()) {
    text += fmt::format(".SS {}\n{}\n", escaped(page.usage), sentence(page.summary));
    if (!page.texts.more.empty()) text += escaped(page.texts.more) + "\n";
    text += options_of(page);
    text += terms(".TP\nExit codes:\n.RS\n", page.texts.exit_codes) + ".RE\n";
  }
  for (const CommandPage& command : page.commands) add_commands(command, text);
}

void add_examples(const CommandPage& page, std::string& text) {
  for (const auto& [call, what] : page.texts.examples) {
    if (!text.ends_with(".SH EXAMPLES\n")) text += ".PP\n";
    text += fmt::format("{}\n.PP\n.RS 4\n.nf\n{}\n.fi\n.RE\n", sentence(what), escaped(call));
  }
  for (const CommandPage& command : page.commands) {
    if (command.commands.empty()) add_examples(command, text);
  }
}

}  // namespace

std::string render_man_page(const CommandPage& root) {
  std::string text = title("pushguard", 1, root.summary);
  text += fmt::format(".SH SYNOPSIS\n{}\n.PP\n{}\n", bold("pushguard"), escaped(root.usage));
  text +=
      ".SH DESCRIPTION\n"
      "Git calls it without an argument, as the hook\n.IR pre\\-receive :\n"
      "it looks for secrets in the objects that a push brings, and refuses the push when it "
      "finds any.\nIt never uses the network.\nPeople call it with one of the commands below.\n";
  text += ".SH OPTIONS" + ("\n" + options_of(root)) + ".SH COMMANDS\n";
  add_commands(root, text);
  text += fmt::format(".SH CONFIGURATION\n{}\nSee\n.BR pushguard.toml (5).\n",
                      sentence(where_configuration_is()));
  text += terms(".SH EXIT STATUS\n", root.texts.exit_codes);
  text += ".SH EXAMPLES\n";
  add_examples(root, text);
  return text + ".SH SEE ALSO\n.BR pushguard.toml (5),\n.BR githooks (5)\n";
}

std::string render_config_man_page() {
  std::string text = title("pushguard.toml", 5, "the configuration of pushguard");
  text += ".SH SYNOPSIS\n.I /etc/pushguard/config.toml\n.SH DESCRIPTION\n"
          "A file in TOML, read on the server at every push.\n"
          "Every table and every key may be left out, and so may the file.\n"
          "A mistake in it refuses pushes;\n.B pushguard config check\nnames all of them.\n";
  text += fmt::format("It is found as {}.\n", escaped(where_configuration_is()));
  for (const ConfigTable& table : config_tables()) {
    text += fmt::format(
        ".SH {}\n{}\n",
        table.many ? fmt::format("\"[[{}]]\"", table.name) : fmt::format("\"[{}]\"", table.name),
        sentence(table.meaning));
    if (table.many) text += "It may be given any number of times.\n";
    for (const ConfigKey& key : config_keys()) {
      if (key.table != table.name) continue;
      text += fmt::format(".TP\n{} = \\fI{}\\fR\n{}\n", bold(key.key), escaped(key.type),
                          sentence(key.meaning));
      if (!key.default_value.empty()) {
        text += fmt::format("Default: {}\n", escaped(key.default_value));
      }
    }
  }
  return text + ".SH SEE ALSO\n.BR pushguard (1)\n";
}

}  // namespace pushguard
