// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <optional>

#include "commands/caller.h"
#include "commands/cli.h"
#include "commands/groups.h"

namespace pushguard {

void add_hook_command(CLI::App& app, const std::string& program, int& result) {
  const auto config = std::make_shared<std::optional<std::string>>();
  CLI::App* hook = app.add_subcommand("pre-receive", "judge the push that git hands to a hook");
  hook->add_option("--config", *config, "the configuration file")->type_name("FILE");
  hook->callback([config, program, &result] { result = run_as_hook(program, *config); });
}

}  // namespace pushguard
