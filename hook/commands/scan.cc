// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "commands/cli.h"
#include "commands/groups.h"
#include "commands/scan_commands.h"
#include "push/environment.h"

namespace pushguard {
namespace {

int scan(const ScanOptions& options) {
  if (options.repository && options.all) throw CLI::ExcludesError("--repository", "--all");
  if (!options.paths.empty() && (options.repository || options.all)) {
    throw CLI::ExcludesError(options.all ? "--all" : "--repository", "PATH");
  }
  if (!options.all) {
    if (options.state) throw CLI::RequiresError("--state", "--all");
    if (options.jobs) throw CLI::RequiresError("--jobs", "--all");
    if (options.other_file_systems) throw CLI::RequiresError("--other-file-systems", "--all");
  }
  if (options.all) return scan_all_command(options);
  if (options.repository) return scan_repository_command(options);
  if (options.paths.empty()) throw CLI::RequiredError("PATH, --repository or --all");
  return scan_files_command(options);
}

}  // namespace

void add_scan_command(CLI::App& app, int& result) {
  const auto options = std::make_shared<ScanOptions>();
  if (Environment::of_process().get("PUSHGUARD_FORMAT") == "json") options->format = "jsonl";
  CLI::App* command =
      app.add_subcommand("scan", "look for secrets in files and repositories as the hook does in "
                                 "pushes");
  command->add_option("PATH", options->paths, "files, directories, or - for standard input");
  command
      ->add_option("--repository", options->repository,
                   "in place of PATH: all objects of this repository, with their commits and refs")
      ->type_name("DIRECTORY");
  command
      ->add_option("--all", options->all,
                   "in place of PATH: all repositories below this directory, several at once")
      ->type_name("DIRECTORY");
  command
      ->add_option("--state", options->state,
                   "with --all: keep what is done here, to go on after an end and to look only at "
                   "what is new the next time")
      ->type_name("DIRECTORY");
  command
      ->add_option("--jobs", options->jobs,
                   "with --all: how many repositories at once, at most 256; else as many as there "
                   "are processors")
      ->type_name("NUMBER")
      ->check(CLI::Range(1u, 256u).description(""));
  command->add_flag("--other-file-systems", options->other_file_systems,
                    "with --all: also what is mounted below the directory");
  command->add_option("--format", options->format, "how to print what is found; else table")
      ->type_name("table|jsonl")
      ->check(CLI::IsMember({"table", "jsonl"}).description(""));
  command->add_option("--config", options->config, "the configuration file, as for the hook")
      ->type_name("FILE");
  command
      ->add_option("--key", options->key,
                   "the key of fingerprints; else that of the configured audit directory")
      ->type_name("FILE");
  command
      ->add_option("--only", options->only,
                   "only the rules of this file, and what each of them would report")
      ->type_name("FILE");
  command
      ->add_option("--threads", options->threads,
                   "how many at once, at most 1024; else as many as there are processors")
      ->type_name("NUMBER")
      ->check(CLI::Range(1u, 1024u).description(""));
  command->callback([options, &result] { result = scan(*options); });
}

}  // namespace pushguard
