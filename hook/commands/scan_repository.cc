// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "commands/scan_commands.h"
#include "repository/repository_report.h"
#include "rules/built_in.h"
#include "scan/progress.h"

namespace pushguard {
namespace {

// Draws the progress about ten times a second until it is destroyed.
class Watch {
 public:
  explicit Watch(const RepositoryProgress& progress)
      : shown_([&progress](size_t width) {
          const uint64_t done = progress.objects, all = progress.all;
          const std::string parts[] = {
              fmt::format("  {} of {} objects", grouped(done), grouped(all))};
          return progress_line(done, all, parts, width);
        }),
        thread_([this](std::stop_token stop) {
          std::unique_lock lock(mutex_);
          while (!done_.wait_for(lock, stop, std::chrono::milliseconds(100), [] {
            return false;
          }) && !stop.stop_requested()) {
            shown_.draw();
          }
          shown_.draw();
        }) {}

 private:
  Progress shown_;
  std::mutex mutex_;
  std::condition_variable_any done_;
  std::jthread thread_;  // the last: it uses the others
};

}  // namespace

RepositorySettings repository_settings(const ScanSetup& setup, const ScanOptions& options,
                                       std::optional<SiteKey> key, unsigned at_once) {
  Limits limits = setup.config.limits;
  limits.memory_bytes = std::min(limits.memory_bytes, kRepositoryMemory / at_once);
  const unsigned processors = std::max(1u, std::thread::hardware_concurrency());
  if (options.threads) {
    limits.threads = *options.threads;
  } else if (at_once > 1) {
    limits.threads = std::max(1u, processors / at_once);
  }
  return {setup.sets,   setup.file_rules(), setup.file_names(), built_in_templates(),
          setup.config, std::move(key),     setup.time,         limits};
}

int scan_repository_command(const ScanOptions& options) {
  const ScanSetup setup(options);
  const Repository repository = open_repository(*options.repository);
  const auto [key, no_key] = setup.find_key(repository.all.common_dir / "pushguard");
  const RepositorySettings settings = repository_settings(setup, options, key);
  RepositoryProgress progress;
  const ScannedRepository scanned = [&] {
    const Watch watch(progress);
    return scan_repository(repository, settings, progress);
  }();
  const RepositoryReport report{repository, scanned, no_key};
  fmt::print(stderr, "{}", render_unscanned(report));
  fmt::print("{}", options.format == "jsonl" ? render_jsonl(report) : render_table(report));
  return scanned.exit_code();
}

}  // namespace pushguard
