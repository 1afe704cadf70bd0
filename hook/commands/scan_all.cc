// SPDX-License-Identifier: Apache-2.0
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "commands/scan_commands.h"
#include "report/text.h"
#include "repository/forked_jobs.h"
#include "repository/repository_list.h"
#include "repository/repository_report.h"
#include "repository/state_file.h"
#include "repository/stored_scan.h"
#include "rules/built_in.h"
#include "scan/progress.h"
#include "vocabulary/digest.h"
#include "vocabulary/error.h"
#include "vocabulary/json_writer.h"
#include "vocabulary/version.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

// Every other process reads and writes first (ioprio_set(2); glibc has no function for it).
void yield_disks() {
  constexpr int kProcess = 1, kIdle = 3, kClassShift = 13;
  syscall(SYS_ioprio_set, kProcess, 0, kIdle << kClassShift);
}

// That of --state, or one that is gone at the end.
class State {
 public:
  explicit State(const std::optional<std::string>& named) : is_temporary_(!named) {
    if (named) {
      directory = fs::absolute(*named);
      make_state_directory(directory);
    } else {
      std::string made = (fs::temp_directory_path() / "pushguard-scan.XXXXXX").native();
      if (!mkdtemp(made.data())) {
        throw Error(fmt::format("cannot make '{}': {}", made, std::strerror(errno)));
      }
      directory = made;
    }
    lock_ = lock_file(directory / "lock", false);
    if (!lock_) {
      throw Error(fmt::format("another scan uses the state '{}'", directory.native()));
    }
  }
  ~State() {
    std::error_code failure;
    if (is_temporary_) fs::remove_all(directory, failure);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  fs::path result_of(const std::string& repository) const {
    std::error_code failure;
    const fs::path real = fs::canonical(repository, failure);
    return directory / (state_name(failure ? fs::path(repository) : real) + ".result");
  }

  fs::path directory;

 private:
  const bool is_temporary_;
  std::optional<Descriptor> lock_;
};

// Of all that decides which objects have findings.
std::string digest_of_rules(const ScanSetup& setup, const ScanOptions& options) {
  Digest digest;
  for (const std::string_view part :
       {version(), commit(), built_in_digest(), std::string_view(setup.site_rules.digest())}) {
    digest.add(part);
    digest.add("\n");
  }
  digest.add(options.only ? "only" : "all");
  for (const OwnPrefixes& own : setup.config.prefixes) {
    for (const std::string& prefix : own.prefixes) digest.add(own.provider + ' ' + prefix + '\n');
  }
  return digest.hex();
}

// And of all that decides what is told of them, but for the time, of which only the entries count
// that end by it.
std::string digest_of_policy(const ScanSetup& setup, const std::string& rules,
                             const std::optional<SiteKey>& key) {
  const auto today = std::chrono::floor<std::chrono::days>(setup.time);
  const auto is_over = [&](const auto& entry) { return entry.expires && today >= *entry.expires; };
  return sha256_hex(fmt::format("{}\n{}\n{}\n{} {}\n{}", rules, setup.config.text,
                                key ? fingerprint(Secret("pushguard scan"), *key) : "none",
                                std::ranges::count_if(setup.config.allow, is_over),
                                std::ranges::count_if(setup.config.templates, is_over),
                                setup.config.limits.object_bytes));
}

StoredScan failed_scan(const std::string& repository, std::string_view what) {
  StoredScan scan;
  scan.skipped = 1;
  scan.errors =
      fmt::format("error: '{}' was not looked at: {}\n", printable(repository), printable(what));
  JsonWriter json;
  json.begin_object().field("type", "skipped").field("repository", repository);
  json.field("object", "").field("commit", "").field("path", "").field("why", "damaged");
  json.field("detail", what).field("count", 1).field("refused", true).end();
  scan.jsonl = json.take() + '\n';
  return scan;
}

class AllScan {
 public:
  AllScan(const ScanOptions& options, const ScanSetup& setup)
      : options_(options),
        setup_(setup),
        state_(options.state),
        jobs_(options.jobs.value_or(std::max(1u, std::thread::hardware_concurrency()))),
        list_(find_repositories(*options.all, !options.other_file_systems)),
        rules_(digest_of_rules(setup, options)) {}

  int run() {
    for (const RepositoryList::Skipped& one : list_.skipped) {
      fmt::print(stderr, "error: '{}' was not looked at: {}\n", printable(one.path),
                 printable(one.detail));
    }
    crashed_.resize(list_.repositories.size());
    {
      Progress progress([&](size_t width) {
        const uint64_t all = list_.repositories.size();
        const std::string parts[] = {
            fmt::format("  {} of {} repositories", grouped(done_), grouped(all)),
            fmt::format("  {}", printable(last_))};
        return progress_line(done_, all, parts, width);
      });
      run_jobs(list_.repositories.size(), jobs_,
               {[&](size_t number) { return scan(list_.repositories[number]); },
                [&](size_t number, int status) { note_done(number, status, progress); },
                [&] { progress.draw(); }});
    }
    return tell();
  }

 private:
  // In a child: its result is in the state when it ends with 0.
  int scan(const std::string& path) const {
    const fs::path file = state_.result_of(path);
    try {
      try {
        const Repository repository = open_repository(path);
        const auto [key, no_key] = setup_.find_key(repository.all.common_dir / "pushguard");
        const std::string signature =
            signature_of(repository, digest_of_policy(setup_, rules_, key));
        const auto known = read_scan(file);
        if (known && known->signature == signature) return kUnchanged;
        write_scan(file, scan(repository, key, no_key, signature));
      } catch (const std::exception& error) {
        write_scan(file, failed_scan(path, error.what()));
      }
      return 0;
    } catch (const std::exception& error) {
      fmt::print(stderr, "error: {}\n", error.what());
      return 1;
    }
  }

  StoredScan scan(const Repository& repository, const std::optional<SiteKey>& key,
                  const std::string& no_key, const std::string& signature) const {
    RepositorySettings settings = repository_settings(
        setup_, options_, key,
        static_cast<unsigned>(std::min<size_t>(jobs_, list_.repositories.size())));
    const CleanObjects clean(state_.directory, repository.directories, repository.hash_size,
                             rules_);
    settings.clean = &clean;
    RepositoryProgress progress;
    const ScannedRepository scanned = scan_repository(repository, settings, progress);
    const RepositoryReport report{repository, scanned, no_key, true};
    StoredScan stored;
    stored.exit_code = scanned.exit_code();
    // What could not be looked at may be mended without a sign of it.
    const bool is_whole = std::ranges::none_of(scanned.decision->unscanned, is_error);
    if (is_whole) stored.signature = signature;
    stored.objects = scanned.objects;
    stored.blocked = count_of(report, Outcome::blocked);
    stored.warned = count_of(report, Outcome::warned);
    stored.skipped = unscanned_count(report);
    stored.errors = render_unscanned(report);
    stored.table = render_table(report);
    stored.jsonl = render_jsonl(report);
    return stored;
  }

  void note_done(size_t number, int status, Progress& progress) {
    const std::string& path = list_.repositories[number];
    ++done_;
    last_ = path;
    const bool ended = WIFEXITED(status);
    const int code = ended ? WEXITSTATUS(status) : 1;
    if (code == 1) {
      crashed_[number] = ended ? "its result could not be written"
                               : fmt::format("its scan was ended by signal {} ({})",
                                             WTERMSIG(status), strsignal(WTERMSIG(status)));
    }
    const StoredScan scan = result(number);
    progress.tell(fmt::format("{} of {}  {}: {}{}", done_, list_.repositories.size(),
                              printable(path), told_counts(scan.objects, scan.blocked, scan.warned),
                              code == kUnchanged ? ", unchanged" : ""));
  }

  StoredScan result(size_t number) const {
    const std::string& path = list_.repositories[number];
    if (!crashed_[number].empty()) return failed_scan(path, crashed_[number]);
    const auto stored = read_scan(state_.result_of(path));
    return stored ? *stored : failed_scan(path, "its result is gone");
  }

  int tell() const {
    StoredScan all;
    bool blocks = false, fails = !list_.skipped.empty();
    const bool as_json = options_.format == "jsonl";
    for (size_t i = 0; i < list_.repositories.size(); ++i) {
      const StoredScan scan = result(i);
      fmt::print(stderr, "{}", scan.errors);
      const bool is_quiet = scan.blocked + scan.warned == 0;
      if (as_json) {
        fmt::print("{}", scan.jsonl);
      } else if (!is_quiet) {
        fmt::print("{}:\n{}\n", printable(list_.repositories[i]), scan.table);
      }
      for (auto [sum, of_one] :
           {std::pair(&all.objects, scan.objects), std::pair(&all.blocked, scan.blocked),
            std::pair(&all.warned, scan.warned), std::pair(&all.skipped, scan.skipped)}) {
        *sum += of_one;
      }
      blocks = blocks || scan.exit_code == 1;
      fails = fails || scan.exit_code == 2;
    }
    all.skipped += list_.skipped.size();
    as_json ? tell_json(all) : tell_table(all);
    return blocks ? 1 : fails ? 2 : 0;
  }

  void tell_table(const StoredScan& all) const {
    const size_t count = list_.repositories.size();
    fmt::print("{} {}, {}", grouped(count), count == 1 ? "repository" : "repositories",
               told_counts(all.objects, all.blocked, all.warned));
    if (all.skipped > 0) fmt::print(", {} not looked at", grouped(all.skipped));
    fmt::print("\n");
  }

  void tell_json(const StoredScan& all) const {
    for (const RepositoryList::Skipped& one : list_.skipped) {
      JsonWriter json;
      json.begin_object().field("type", "skipped").field("repository", "");
      json.field("object", "").field("commit", "").field("path", one.path);
      json.field("why", "unreadable").field("detail", one.detail).field("count", 1);
      json.field("refused", true).end();
      fmt::print("{}\n", json.take());
    }
    JsonWriter json;
    json.begin_object().field("type", "total").field("repositories", list_.repositories.size());
    json.field("objects", all.objects).field("blocked", all.blocked);
    json.field("warned", all.warned).field("skipped", all.skipped).end();
    fmt::print("{}\n", json.take());
  }

  static constexpr int kUnchanged = 3;

  const ScanOptions& options_;
  const ScanSetup& setup_;
  State state_;
  const unsigned jobs_;
  const RepositoryList list_;
  const std::string rules_;
  std::vector<std::string> crashed_;  // by repository: why there is no result
  size_t done_ = 0;
  std::string last_;
};

}  // namespace

int scan_all_command(const ScanOptions& options) {
  yield_disks();
  const ScanSetup setup(options);
  return AllScan(options, setup).run();
}

}  // namespace pushguard
