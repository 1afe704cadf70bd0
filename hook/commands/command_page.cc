// SPDX-License-Identifier: Apache-2.0
#include "commands/command_page.h"

#include <fmt/format.h>

#include "commands/cli.h"

namespace pushguard {
namespace {

std::string usage_of(const CommandPage& page) {
  std::string usage = page.name + " [OPTIONS]";
  for (const CommandOption& argument : page.arguments) usage += " " + argument.names[0];
  if (!page.commands.empty()) usage += " COMMAND";
  return usage;
}

CommandOption describe(const CLI::Option& option) {
  CommandOption described;
  described.text = option.get_description();
  if (option.get_positional()) {
    std::string name = option.get_name();
    if (option.get_items_expected_max() > 1) name += "...";
    described.names = {option.get_required() ? name : "[" + name + "]"};
    return described;
  }
  for (const std::string& name : option.get_snames()) described.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) described.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0) described.value = option.get_type_name();
  return described;
}

}  // namespace

std::string full_name(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent ? full_name(*parent) + " " + app.get_name() : app.get_name();
}

std::string_view where_configuration_is() {
  return "--config FILE, else $PUSHGUARD_CONFIG, else /etc/pushguard/config.toml, else the "
         "defaults";
}

CommandPage page_of(const CLI::App& app) {
  const std::string name = full_name(app);
  const size_t blank = name.find(' ');
  CommandPage page{name,
                   app.get_description(),
                   {},
                   {},
                   {},
                   {},
                   text_of(blank == name.npos ? "" : std::string_view(name).substr(blank + 1))};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    (option->get_positional() ? page.arguments : page.options).push_back(describe(*option));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    page.commands.push_back(page_of(*command));
  }
  page.usage = usage_of(page);
  return page;
}

}  // namespace pushguard
