// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include "commands/scan_commands.h"
#include "rules/built_in.h"
#include "scan/file_report.h"
#include "scan/progress.h"

namespace pushguard {

int scan_files_command(const ScanOptions& options) {
  const ScanSetup setup(options);
  const auto [key, no_key] = setup.find_key();
  const ScanSettings settings{
      setup.sets,
      setup.file_rules(),
      setup.file_names(),
      built_in_templates(),
      std::chrono::system_clock::to_time_t(setup.time),
      setup.config.limits,
      options.threads.value_or(std::max(1u, std::thread::hardware_concurrency()))};

  const FileList list = list_files(options.paths);
  uint64_t bytes = 0;
  for (const Entry& entry : list.entries) bytes += entry.size;
  ScanState state;
  FileScan found;
  {
    Progress progress(
        [&](size_t width) { return progress_line(state, list.entries.size(), bytes, width); });
    found = scan_files(list, settings, state, [&] { progress.draw(); });
  }
  const JudgedFiles rulings = judge_files(list, found, key, setup.config,
                                          std::chrono::floor<std::chrono::days>(setup.time));
  const FileReport report{list, found, rulings, no_key, setup.counted()};
  fmt::print(stderr, "{}", render_unscanned(report));
  fmt::print("{}", options.format == "jsonl" ? render_jsonl(report) : render_table(report));
  return rulings.exit_code();
}

}  // namespace pushguard
