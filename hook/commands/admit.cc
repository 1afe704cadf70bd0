// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "audit/admission_file.h"
#include "audit/log.h"
#include "audit/record.h"
#include "commands/cli.h"
#include "commands/groups.h"
#include "commands/push_options.h"
#include "commands/run_as.h"
#include "policy/admission.h"
#include "pre_receive/answer.h"
#include "pre_receive/bundle.h"
#include "pre_receive/judgement.h"
#include "pre_receive/pre_receive.h"
#include "report/text.h"
#include "rules/built_in.h"
#include "vocabulary/day.h"
#include "vocabulary/digest.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::sys_days;

struct AdmitOptions {
  std::string bundle, repository = ".";
  std::optional<std::string> config, reason;
  unsigned days = 7;
};

// Who lets it in: the person behind sudo, where there is one.
std::string caller() {
  const char* behind = geteuid() == 0 ? std::getenv("SUDO_USER") : nullptr;
  return behind && *behind ? behind : calling_user().name;
}

// As the repository's owner: what root wrote could not be read by git's user.
void become_owner(const fs::path& git_dir) {
  struct stat info {};
  if (geteuid() != 0 || stat(git_dir.c_str(), &info) != 0 || info.st_uid == 0) return;
  become(find_user(name_of_user(info.st_uid)));
}

std::string checked_reason(const std::string& reason) {
  constexpr size_t kFewestLetters = 10;
  const auto letters = std::ranges::count_if(
      reason, [](unsigned char c) { return std::isalnum(c) != 0 || c >= 0x80; });
  const bool is_line = std::ranges::none_of(reason, [](unsigned char c) { return c < ' '; });
  if (is_line && letters >= static_cast<std::ptrdiff_t>(kFewestLetters)) return reason;
  throw Error("the reason must be one line, with 10 letters or more");
}

std::vector<Oid> tips_of(const Push& push) {
  std::vector<Oid> tips;
  for (const RefUpdate& update : push.updates) tips.push_back(update.new_id);
  return tips;
}

Admission make_admission(const Push& push, const AdmitOptions& options, const Start& start) {
  std::string text = fmt::format("{}", start.time.time_since_epoch().count());
  for (const Oid& tip : tips_of(push)) text += tip.hex();
  return {sha256_hex(text).substr(0, 16), push.pusher.name, checked_reason(*options.reason),
          std::chrono::floor<days>(start.time) + days(options.days)};
}

// The names of refs in the bundle are not those of the push: they are judged when it comes.
Push push_of(const Bundle& bundle, const std::string& by) {
  Push push = read_push(bundle.input(), bundle.environment());
  read_content(push, bundle.environment());
  push.pusher = {by, "admit", ""};
  return push;
}

int admit_bundle(const AdmitOptions& options) {
  if (options.reason) checked_reason(*options.reason);
  const Start start;
  const std::string by = caller();
  const fs::path git_dir = git_directory(fs::absolute(options.repository));
  become_owner(git_dir);
  Config config = load_config(options.config, Environment::of_process());
  config.time = std::chrono::hours(24 * 365);
  const Bundle bundle(options.bundle, git_dir);
  const Push push = push_of(bundle, by);
  std::optional<Redaction> redaction;
  Judgement judgement = judge(push, config, start, redaction);
  const Verdict verdict = judgement.decision.verdict;
  const Redacted<Push> shown = redaction->apply(push);
  fmt::print(
      "{}", answer(redaction->apply(judgement.decision), shown, config, judgement.rewrites, false));
  if (!options.reason) {
    fmt::print("{}; to let it in as it is, whatever the limits say: --reason \"WHY\"\n",
               verdict == Verdict::accepted ? "nothing stops it" : "nothing was admitted");
    return exit_code(verdict);
  }
  const Admission admission = make_admission(push, options, start);
  admit(judgement.decision, admission);
  const Redacted<Decision> decided = redaction->apply(std::move(judgement.decision));
  const fs::path directory = audit_directory(push, config);
  AuditLog(directory, config.audit).append([&](const LogState& log) {
    AdmissionFile(directory).add(admission, tips_of(push), std::chrono::floor<days>(start.time));
    const auto duration = std::chrono::steady_clock::now() - start.tick;
    return render_record(
        {shown, decided, config, judgement.coverage, judgement.failed_checks,
         judgement.already_stored, std::string(built_in_digest()), judgement.site_rules->digest(),
         start.time, std::chrono::duration_cast<std::chrono::microseconds>(duration), true},
        log);
  });
  fmt::print("admitted as {}, until {}: one push of exactly these commits\n", admission.id,
             to_string(admission.until));
  for (const RefUpdate& update : shown->updates) {
    fmt::print("  {} {}\n", update.new_id.hex(), printable(update.ref));
  }
  return 0;
}

}  // namespace

void add_admit_command(CLI::App& app, int& result) {
  const auto options = std::make_shared<AdmitOptions>();
  CLI::App* admit = app.add_subcommand("admit", "let in one push that its limits or findings stop");
  admit->add_option("bundle", options->bundle, "a file made by 'git bundle create'")
      ->required()
      ->type_name("BUNDLE");
  admit->add_option("--repository", options->repository, "where the push will go")
      ->type_name("DIR");
  admit->add_option("--config", options->config, "the configuration file")->type_name("FILE");
  admit->add_option("--reason", options->reason, "why it is let in; without it nothing is")
      ->type_name("TEXT");
  admit->add_option("--days", options->days, "for how long it may come")
      ->check(CLI::Range(1, 365))
      ->type_name("N");
  admit->callback([options, &result] { result = admit_bundle(*options); });
}

}  // namespace pushguard
