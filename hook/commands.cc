// SPDX-License-Identifier: Apache-2.0
#include "commands.h"

#include <fmt/format.h>

#include <cstdio>

#include "commands/cli.h"
#include "commands/groups.h"
#include "pre_receive/pre_receive.h"
#include "vocabulary/version.h"

namespace pushguard {

int run_command_line(int argc, char** argv) {
  const std::ios_base::Init streams;
  CLI::App app("Pushguard keeps secrets out of a Git server: a pre-receive hook.\n"
               "Copied to a repository's hooks/pre-receive it needs no configuration.",
               "pushguard");
  app.set_version_flag("--version", std::string(kVersion));
  app.require_subcommand(1);
  std::optional<std::string> config;
  int result = 0;

  CLI::App* hook = app.add_subcommand("pre-receive", "judge one push, as git calls a hook");
  hook->add_option("--config", config, "the configuration file");
  hook->callback([&] { result = run_pre_receive(config, Environment::of_process()); });
  add_scan_command(app, result);
  add_config_commands(app, result);
  add_rules_commands(app, result);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 2;
  }
  return result;
}

}  // namespace pushguard
