#include "pre_receive.h"

#include <malloc.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <deque>
#include <thread>

#include <fmt/format.h>

#include "audit/log.h"
#include "audit/record.h"
#include "audit/site_key.h"
#include "console.h"
#include "detect/built_in.h"
#include "detect/collector.h"
#include "error.h"
#include "history/approved.h"
#include "history/new_objects.h"
#include "history/pairs.h"
#include "history/second_look.h"
#include "objects/quarantine.h"
#include "policy/decision.h"
#include "push/push.h"
#include "report/message.h"
#include "report/text.h"

namespace pushguard {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

// Blocks of so many bytes go back to the system when they are freed. Left alone,
// glibc keeps ever larger ones, and a large pack's tables are never given back.
constexpr int kLargeBlock = 2 << 20;

// What of a push is no object: the names of its refs, and its options.
std::vector<Exposure> scan_names(const Push& push, Scanner& scanner, const Limits& limits,
                                 std::vector<Unscanned>& gaps) {
  ContentScanner contents(scanner, limits);
  std::vector<Exposure> exposures;
  const auto scan = [&](std::string_view text, Place::Kind kind, std::string_view ref) {
    const Object object{{}, ObjectType::unknown, text};
    for (const Finding& finding : contents.scan(object)) {
      if (!is_about_all(*finding.rule)) continue;
      Place place;
      place.kind = kind;
      place.ref = ref;
      place.encoding = finding.encoding;
      Exposure& exposure = exposures.emplace_back();
      add_finding(exposure, finding);
      exposure.may_excuse = 0;  // no file and no commit, that a list could speak of
      exposure.places.push_back(std::move(place));
    }
    std::ranges::copy(contents.unscanned(), std::back_inserter(gaps));
  };
  for (const RefUpdate& update : push.updates) {
    if (!update.deletes()) scan(update.ref, Place::Kind::ref_name, update.ref);
  }
  for (const std::string& option : push.options) scan(option, Place::Kind::push_option, {});
  return exposures;
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
    Collected seen = scan_objects(sets);
    Scanner scanner(sets, built_in_templates(), system_clock::to_time_t(time_));
    for (const Finding& finding : seen.findings) {
      redaction_.add(finding.secret);
      redaction_.add(finding.written);
    }

    Attribution attribution = place(seen, scanner);
    std::vector<Exposure> exposures = std::move(attribution.exposures);
    for (Exposure& exposure : scan_names(push, scanner, limits_, seen.unscanned)) {
      redaction_.add(exposure.secret);
      for (const Secret& written : exposure.written) redaction_.add(written);
      exposures.push_back(std::move(exposure));
    }
    pair_exposures(exposures);
    std::vector<Unscanned> gaps = std::move(seen.unscanned);
    std::ranges::move(attribution.unscanned, std::back_inserter(gaps));
    std::vector<Fingerprint> fingerprints;
    if (!exposures.empty()) {
      approve_templates(exposures);
      const SiteKey key = site_key(audit_directory());
      for (Exposure& exposure : exposures) {
        fingerprints.push_back(fingerprint(exposure.secret, key));
        for (Partner& partner : exposure.partners) {
          partner.fingerprint = fingerprint(partner.exposure.secret, key);
        }
      }
    }
    const Decision decision =
        decide(std::move(exposures), std::move(fingerprints), std::move(gaps),
               parse_bypasses(push.options), config_,
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

  // The scanners and what they have compiled are gone when what was found is placed.
  Collected scan_objects(const std::vector<const RuleSet*>& sets) {
    const Push& push = *push_;
    std::deque<Scanner> scanners;
    std::deque<Collector> collectors;
    std::vector<ObjectVisitor*> visitors;
    mallopt(M_MMAP_THRESHOLD, kLargeBlock);
    mallopt(M_TRIM_THRESHOLD, 2 * kLargeBlock);
    const uint32_t threads = push.quarantine ? walking_threads(*push.quarantine) : 1;
    scanners.emplace_back(sets, built_in_templates(), system_clock::to_time_t(time_));
    for (uint32_t i = 0; i < threads; ++i) {
      if (i > 0) scanners.emplace_back(scanners.front());
      visitors.push_back(&collectors.emplace_back(scanners.back(), built_in_file_names(), limits_));
    }
    if (push.quarantine) {
      quarantine_.emplace(*push.quarantine, push.hash_size());
      quarantine_->visit(limits_, visitors);
    } else if (!push.only_deletes()) {
      stored_by_push_ = visit_new_objects(push, limits_, collectors.front());
    }
    Collected all = std::move(collectors.front().collected());
    for (size_t i = 1; i < collectors.size(); ++i) all.merge(collectors[i].collected());
    return all;
  }

  // As many as there are processors, but not a large machine's all; loose objects
  // are few, and one thread's.
  uint32_t walking_threads(const std::filesystem::path& quarantine) const {
    if (!std::filesystem::exists(quarantine / "pack")) return 1;
    return limits_.threads ? limits_.threads
                           : std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
  }

  // What the server had before the push.
  std::unique_ptr<ObjectStore> store_before() const {
    return store_without(stored_by_push_, open_object_store(push_->stored, push_->hash_size(),
                                                            push_->git_dir));
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
      SecondLook again = look_again(seen.named_files, *all,
                                    {examples ? &scanner : nullptr, file_rules}, limits_,
                                    seen.unscanned);
      for (Finding& finding : again.findings) {
        redaction_.add(finding.secret);
        seen.findings.push_back(std::move(finding));
      }
      for (Unscanned& gap : again.unscanned) seen.unscanned.push_back(std::move(gap));
    }
    if (seen.findings.empty()) return {};
    malloc_trim(0);  // of what scanning took, which may be as much as placing takes
    const auto stored = store_before();
    OidSet held;
    for (const Finding& finding : seen.findings) held.insert(finding.object);
    PushGraph graph(std::move(held), push_->hash_size());
    if (quarantine_) {
      const std::vector<ObjectVisitor*> visitors(walking_threads(*push_->quarantine), &graph);
      quarantine_->visit(limits_, visitors, PushGraph::kTypes);
      quarantine_.reset();  // what was read of a large pack is as large as the graph
    } else {
      visit_again(stored_by_push_, PushGraph::kTypes, *all, limits_, graph);
    }
    graph.settle(limits_);
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
  std::optional<Quarantine> quarantine_;
  OidSet stored_by_push_;  // where there is no quarantine
  Redaction redaction_;
  bool recorded_ = false;
};

}  // namespace

int run_pre_receive(const std::optional<std::string>& config, const Environment& environment) {
  return PreReceive(config, environment).run();
}

}  // namespace pushguard
