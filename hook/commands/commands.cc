// SPDX-License-Identifier: Apache-2.0
#include "commands/commands.h"

#include <fmt/format.h>

#include <cstdio>

#include "commands/caller.h"
#include "commands/cli.h"
#include "commands/groups.h"
#include "commands/help.h"
#include "commands/output.h"
#include "commands/wrong_word.h"
#include "pre_receive/console.h"
#include "report/text.h"
#include "vocabulary/version.h"

namespace pushguard {
namespace {

int greet() {
  fmt::print("Pushguard {}: a pre-receive hook that keeps secrets out of a Git server.\n"
             "Install it:     bare.sh --install REPOSITORY   (comes with it, in share/pushguard)\n"
             "Look at files:  pushguard scan PATH...\n"
             "Configure it:   write /etc/pushguard/config.toml, then pushguard config check\n"
             "All the rest:   pushguard help\n",
             version());
  return 0;
}

void add_commands(CLI::App& app, const std::string& program, int& result) {
  app.set_help_flag("-h,--help", "say how it is called, with examples");
  app.require_subcommand(1);
  add_hook_command(app, program, result);
  add_scan_command(app, result);
  add_admit_command(app, result);
  add_config_commands(app, result);
  add_rules_commands(app, result);
  add_audit_commands(app, result);
  add_version_command(app, result);
  add_help_command(app, result);
  // Last, as commands inherit what was set before them.
  app.set_version_flag("-V,--version", "", "name the version, the commit and the rules");
}

int wrong_call(std::string_view command, std::string_view what) {
  fmt::print(stderr, "error: {}\nhint: '{} --help' says how it is called\n", printable(what),
             command);
  return 2;
}

const CLI::App& called_command(const CLI::App& app) {
  const auto called = app.get_subcommands();
  return called.empty() ? app : called_command(*called.front());
}

int tell_error(std::string_view what) {
  tell(fmt::format("error: {}\n", what));
  return 2;
}

int run(int argc, char** argv) {
  if (argc <= 1) return greet();
  CLI::App app("keeps secrets out of a Git server: a pre-receive hook", "pushguard");
  int result = 0;
  add_commands(app, argv[0], result);
  if (const auto wrong = find_wrong_word(app, std::vector<std::string>(argv + 1, argv + argc))) {
    return wrong_call(wrong->command, wrong->what);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", render_help(page_of(called_command(app))));
  } catch (const CLI::CallForVersion&) {
    fmt::print("{}", render_version());
  } catch (const CLI::ParseError& error) {
    const CLI::App& command = called_command(app);
    const std::string name = full_name(command);
    if (page_of(command).commands.empty()) return wrong_call(name, error.what());
    return wrong_call(name, fmt::format("'{}' needs a command", name));
  }
  return result;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  const std::ios_base::Init streams;
  try {
    return finish_output(run(argc, argv));
  } catch (const std::system_error& error) {
    if (std::ferror(stdout) || std::ferror(stderr)) return output_failed(error.code());
    return tell_error(error.what());
  } catch (const std::exception& error) {
    return tell_error(error.what());
  }
}

}  // namespace pushguard
