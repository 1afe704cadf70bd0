// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/pre_receive.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "audit/log.h"
#include "audit/record.h"
#include "audit/site_key.h"
#include "history/attribution.h"
#include "history/named_file_scan.h"
#include "history/pairs.h"
#include "history/template_files.h"
#include "policy/decision.h"
#include "pre_receive/console.h"
#include "pre_receive/push_scan.h"
#include "push/push.h"
#include "report/message.h"
#include "report/text.h"
#include "rules/built_in.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

// What of a push is no object: the names of its refs, and its options.
std::vector<PlacedFinding> scan_names(const Push& push, Scanner& scanner, const Limits& limits,
                                      std::vector<Unscanned>& unscanned) {
  ContentScanner contents(scanner, limits);
  std::vector<PlacedFinding> found;
  const auto scan = [&](std::string_view text, Place::Kind kind, std::string_view ref) {
    const Object object{{}, ObjectType::unknown, text};
    for (Finding& finding : contents.scan(object)) {
      if (!is_about_all(*finding.rule)) continue;
      finding.allowlists_by_place = 0;  // no file and no commit, that a list could speak of
      Place place;
      place.kind = kind;
      place.ref = ref;
      place.encoding = finding.encoding;
      found.push_back({std::move(finding), {std::move(place)}});
    }
    std::ranges::copy(contents.unscanned(), std::back_inserter(unscanned));
  };
  for (const RefUpdate& update : push.updates) {
    if (!update.deletes()) scan(update.ref, Place::Kind::ref_name, update.ref);
  }
  for (const std::string& option : push.options) scan(option, Place::Kind::push_option, {});
  return found;
}

class PreReceive {
 public:
  PreReceive(const std::optional<std::string>& config, const Environment& environment)
      : config_path_(config), environment_(environment) {}

  int run() {
    try {
      return judge();
    } catch (const std::exception& error) {
      return fail(error.what());
    }
  }

 private:
  int judge() {
    push_ = read_push(read_standard_input(), environment_);
    config_ = load_config(config_path_, environment_);
    limits_ = config_.limits;
    limits_.deadline = started_ + config_.time;
    const SiteRules site_rules(config_.extra_rules, config_.prefixes, built_in_rules());
    const Push& push = *push_;

    std::vector<const RuleSet*> sets{&built_in_rules()};
    if (!site_rules.set().rules.empty()) sets.push_back(&site_rules.set());
    scan_.emplace(push, limits_, system_clock::to_time_t(time_));
    Collected seen = scan_->scan(sets);
    Scanner scanner(sets, built_in_templates(), system_clock::to_time_t(time_));
    for (const Finding& finding : seen.findings) {
      redaction_.add(finding.secret);
      redaction_.add(finding.written);
    }

    Attribution attribution = place(seen, scanner);
    for (PlacedFinding& one : scan_names(push, scanner, limits_, seen.unscanned)) {
      redaction_.add(one.finding.secret);
      redaction_.add(one.finding.written);
      attribution.placed.push_back(std::move(one));
    }
    std::vector<Exposure> exposures = make_exposures(std::move(attribution.placed));
    pair_exposures(exposures);
    std::vector<Unscanned> unscanned = std::move(seen.unscanned);
    std::ranges::move(attribution.unscanned, std::back_inserter(unscanned));
    if (!exposures.empty()) {
      approve_templates(exposures);
      set_fingerprints(exposures, site_key(audit_directory()));
    }
    const Decision decision =
        decide(std::move(exposures), std::move(unscanned), parse_bypasses(push.options), config_,
               std::chrono::floor<std::chrono::days>(time_));
    const std::string message =
        render_message(decision, push, config_, attribution.merges, redaction_);
    record(decision, seen, attribution, site_rules);
    tell(message);
    switch (decision.verdict) {
      case Verdict::accepted: return kAccepted;
      case Verdict::refused: return kRefused;
      case Verdict::undecided: return kUndecided;
    }
    return kUndecided;
  }

  // What the server had before the push.
  std::unique_ptr<ObjectStore> store_before() const {
    return store_without(scan_->stored_by_push(),
                         open_object_store(push_->stored, push_->hash_size(), push_->git_dir));
  }

  Attribution place(Collected& seen, Scanner& scanner) {
    if (seen.findings.empty() && seen.named_files.empty()) return {};
    std::vector<std::filesystem::path> pushed;
    if (push_->quarantine) pushed.push_back(*push_->quarantine);
    pushed.insert(pushed.end(), push_->stored.begin(), push_->stored.end());
    const auto all = open_object_store(pushed, push_->hash_size(), push_->git_dir);
    if (!seen.named_files.empty()) {
      Scanner file_rules({&built_in_file_rules()}, built_in_templates(),
                         system_clock::to_time_t(time_));
      const bool examples = config_.promoted_example != Action::ignore;
      NamedFileScan again =
          scan_named_files(seen.named_files, *all, {examples ? &scanner : nullptr, file_rules},
                           limits_, seen.unscanned);
      for (Finding& finding : again.findings) {
        redaction_.add(finding.secret);
        seen.findings.push_back(std::move(finding));
      }
      for (Unscanned& gap : again.unscanned) seen.unscanned.push_back(std::move(gap));
    }
    if (seen.findings.empty()) return {};
    const PushGraph& graph = scan_->graph(seen, *all);
    const auto stored = store_before();
    return attribute(std::move(seen.findings), *push_, {*all, *stored, graph}, scanner, limits_);
  }

  void approve_templates(std::vector<Exposure>& exposures) const {
    if (config_.template_files.empty()) return;
    const auto branch = default_branch(push_->git_dir);
    if (!branch || branch->size != push_->hash_size()) return;
    const auto stored = store_before();
    approve(exposures, *branch, config_.template_files, *stored, limits_);
  }

  std::filesystem::path audit_directory() const {
    return config_.audit_directory.value_or(push_->git_dir / "pushguard");
  }

  void record(const Decision& decision, const Collected& seen, const Attribution& attribution,
              const SiteRules& site_rules) {
    const auto duration =
        std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - started_);
    const Record record{*push_,
                        decision,
                        config_,
                        seen.counts,
                        attribution.already_stored,
                        std::string(built_in_digest()),
                        site_rules.digest(),
                        time_,
                        duration};
    try {
      AuditLog(audit_directory()).append([&](uint64_t torn_bytes) {
        return render_record(record, redaction_, torn_bytes);
      });
    } catch (const Error& error) {
      if (config_.refuse_unlogged) throw;
      Text warning;
      warning.prose("warning: ", "not on record:");
      warning.prose("  ", error.what());
      tell(warning.str());
    }
    recorded_ = true;
  }

  // The push is refused in any case; that it is also on record is best effort,
  // since the log may be what failed.
  int fail(std::string_view what) {
    if (push_ && !recorded_) {
      try {
        AuditLog(audit_directory()).append([&](uint64_t torn_bytes) {
          return render_failure_record(&*push_, what, time_, redaction_, torn_bytes);
        });
      } catch (const std::exception&) {
      }
    }
    tell(render_failure(redaction_.apply(what), config_.contact));
    return kUndecided;
  }

  const std::optional<std::string>& config_path_;
  const Environment& environment_;
  const steady_clock::time_point started_ = steady_clock::now();
  const system_clock::time_point time_ = system_clock::now();
  std::optional<Push> push_;
  Config config_;
  Limits limits_;
  std::optional<PushScan> scan_;
  Redaction redaction_;
  bool recorded_ = false;
};

}  // namespace

int run_pre_receive(const std::optional<std::string>& config, const Environment& environment) {
  return PreReceive(config, environment).run();
}

}  // namespace pushguard
