// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "commands/cli.h"
#include "commands/groups.h"
#include "commands/scan_commands.h"

namespace pushguard {
namespace {

int scan(const ScanOptions& options) {
  if (options.repository && !options.paths.empty()) {
    throw CLI::ExcludesError("--repository", "PATH");
  }
  if (options.repository) return scan_repository_command(options);
  if (options.paths.empty()) throw CLI::RequiredError("PATH or --repository");
  return scan_files_command(options);
}

}  // namespace

void add_scan_command(CLI::App& app, int& result) {
  const auto options = std::make_shared<ScanOptions>();
  CLI::App* command =
      app.add_subcommand("scan", "look for secrets in files and repositories as the hook does in "
                                 "pushes");
  command->add_option("PATH", options->paths, "files, directories, or - for standard input");
  command
      ->add_option("--repository", options->repository,
                   "in place of PATH: all objects of this repository, with their commits and refs")
      ->type_name("DIRECTORY");
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
