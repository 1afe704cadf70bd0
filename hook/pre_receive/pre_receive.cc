// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/pre_receive.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <span>

#include "audit/known_releases.h"
#include "audit/let_in.h"
#include "audit/log.h"
#include "audit/record.h"
#include "audit/site_key.h"
#include "detect/content_scanner.h"
#include "history/attribution.h"
#include "history/grade.h"
#include "history/named_file_scan.h"
#include "history/pairs.h"
#include "history/rewrite.h"
#include "history/template_files.h"
#include "history/unchanged_files.h"
#include "history/unscanned_places.h"
#include "pre_receive/answer.h"
#include "pre_receive/console.h"
#include "pre_receive/let_in_scan.h"
#include "pre_receive/name_scan.h"
#include "pre_receive/push_scan.h"
#include "report/message.h"
#include "report/text.h"
#include "rules/built_in.h"
#include "rules/site_rules.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

struct Start {
  steady_clock::time_point tick = steady_clock::now();
  system_clock::time_point time = system_clock::now();
};

// What the site says of all pushes, and the rules that it judges them by.
struct Site {
  Site(const Config& of_site, const Start& start)
      : config(of_site),
        limits(of_site.limits),
        own_rules(of_site.extra_rules, of_site.prefixes, built_in_rules()),
        sets{&built_in_rules()},
        now(system_clock::to_time_t(start.time)) {
    limits.deadline = start.tick + config.time;
    if (!own_rules.set().rules.empty()) sets.push_back(&own_rules.set());
  }

  const Config& config;
  Limits limits;
  const SiteRules own_rules;
  std::vector<const RuleSet*> sets;
  int64_t now;  // Unix time in seconds
};

// All findings of the push, and what was not scanned.
struct Found {
  PushScan scan;  // with the findings in named files, and in what was let in before
  std::vector<PlacedFinding> in_names;
  std::unique_ptr<ObjectStore> objects;  // the push's and the server's; null where nothing is asked
  LetInBefore let_in;
};

struct Placed {
  std::vector<Exposure> exposures;
  std::vector<Unscanned> unscanned;
  uint64_t already_stored = 0;
};

// What is known of a push when something fails.
struct Known {
  std::optional<Push> push;
  Config config{.source = ""};         // until it is read
  std::optional<Redaction> redaction;  // once everything was scanned
  bool on_record = false;
  bool log_is_busy = false;  // its lock was waited for
};

std::filesystem::path audit_directory(const Push& push, const Config& config) {
  return config.audit.directory.value_or(push.common_dir / "pushguard");
}

std::unique_ptr<ObjectStore> open_all(const Push& push) {
  std::vector<std::filesystem::path> directories;
  if (push.quarantine) directories.push_back(*push.quarantine);
  directories.insert(directories.end(), push.stored.begin(), push.stored.end());
  return open_object_store(directories, push.hash_size(), push.git_dir);
}

// What the server had before the push.
std::unique_ptr<ObjectStore> open_stored(const Push& push, const PushScan& scan) {
  return store_without(scan.stored_by_push,
                       open_object_store(push.stored, push.hash_size(), push.git_dir));
}

// Files that are scanned once more because of their names.
void scan_named(Found& found, const Site& site, Scanner& scanner) {
  Collected& seen = found.scan.seen;
  const size_t told_by_names = seen.named_files.blobs.size();
  if (found.scan.quarantine) {
    const auto is_pushed = [&](const Oid& id) { return found.scan.quarantine->contains(id); };
    drop_unchanged(seen.named_files, seen.commits, built_in_file_names(), is_pushed, *found.objects,
                   site.limits);
  }
  const uint64_t unchanged = told_by_names - seen.named_files.blobs.size();
  seen.coverage.named_files.add({unchanged, 0, unchanged}, Cause::already_stored);
  if (seen.named_files.empty()) return;
  Scanner file_rules({&built_in_file_rules()}, built_in_templates(), site.now, site.limits);
  const bool examples = site.config.promoted_example != Action::ignore;
  NamedFileScan named =
      scan_named_files(seen.named_files.blobs, *found.objects,
                       {examples ? &scanner : nullptr, file_rules}, site.limits, seen.unscanned);
  std::ranges::move(named.findings, std::back_inserter(seen.findings));
  for (Unscanned& what : named.unscanned) seen.unscanned.add(std::move(what));
  seen.coverage.named_files.merge(named.looked);
}

Found scan(const Push& push, const Site& site, Scanner& scanner, const LetInList& let_in) {
  Found found{scan_push(push, scanner, site.limits, let_in.objects()), {}, nullptr, {}};
  Collected& seen = found.scan.seen;
  NameScan names = scan_names(push, scanner, site.limits);
  if (push.certificate) scan_certificate(push, *open_all(push), scanner, site.limits, names);
  found.in_names = std::move(names.findings);
  for (const Secret& secret : names.dropped.secrets) seen.dropped.add(secret);
  seen.dropped.all = seen.dropped.all && names.dropped.all;
  for (Unscanned& what : names.unscanned) seen.unscanned.add(std::move(what));
  if (seen.findings.empty() && seen.named_files.empty() && let_in.empty()) return found;
  found.objects = open_all(push);
  scan_named(found, site, scanner);
  if (!let_in.empty() && !push.only_deletes()) {
    const PushGraph& graph = history_of(found.scan, push, site.limits, *found.objects);
    found.let_in = scan_returned(let_in, push, graph, *found.objects, scanner, site.limits, seen);
  }
  return found;
}

void approve_templates(std::vector<Exposure>& exposures, const Push& push, const Site& site,
                       const PushScan& scan) {
  if (site.config.template_files.empty()) return;
  const auto branch = default_branch(push.git_dir);
  if (!branch || branch->size != push.hash_size()) return;
  const auto stored = open_stored(push, scan);
  approve(exposures, *branch, site.config.template_files, *stored, site.limits);
}

// Takes what was not scanned, and where it is, as far as that can be found out.
std::vector<Unscanned> take_unscanned(Found& found, const Push& push, const Site& site) {
  const bool has_objects = !found.scan.seen.unscanned.objects().empty();
  const PushGraph* graph = nullptr;
  try {
    if (has_objects && !found.objects) found.objects = open_all(push);
    if (has_objects) graph = &history_of(found.scan, push, site.limits, *found.objects);
  } catch (const Error&) {  // the history is too large: that is no reason to refuse it
  }
  std::vector<Unscanned> unscanned = found.scan.seen.unscanned.take();
  if (graph) find_places(unscanned, push, *graph, *found.objects, site.limits);
  return unscanned;
}

Placed place(Found& found, const Push& push, const Site& site, Scanner& scanner) {
  Collected& seen = found.scan.seen;
  Attribution attribution;
  if (!seen.findings.empty()) {
    const PushGraph& graph = history_of(found.scan, push, site.limits, *found.objects);
    const auto stored = open_stored(push, found.scan);
    attribution = attribute(std::move(seen.findings), push,
                            {*found.objects, *stored, graph, found.let_in}, scanner, site.limits);
  }
  std::ranges::move(found.in_names, std::back_inserter(attribution.placed));
  for (Unscanned& what : attribution.unscanned) seen.unscanned.add(std::move(what));
  Placed placed{make_exposures(std::move(attribution.placed)), take_unscanned(found, push, site),
                attribution.already_stored};
  pair_exposures(placed.exposures);
  if (placed.exposures.empty()) return placed;
  approve_templates(placed.exposures, push, site, found.scan);
  grade(placed.exposures);
  set_fingerprints(placed.exposures, site_key(audit_directory(push, site.config)));
  return placed;
}

// What the remedy needs to know of the history. The push is refused whatever fails here.
std::vector<Rewrite> rewrites_for(Decision& decision, Found& found, const Push& push,
                                  const Site& site) try {
  if (!found.objects || !found.scan.graph) return {};
  return find_rewrites(refused_for(decision), push, *found.scan.graph, *found.objects, site.limits);
} catch (const Error&) {
  return {};
}

// Remembers what is let in under the lock of the log: the list has none of its own.
void put_on_record(const Record& record, const std::filesystem::path& directory,
                   const std::vector<LetIn>& let_in, Known& known) {
  try {
    AuditLog(directory, record.config.audit).append([&](const LogState& log) {
      if (!let_in.empty()) {
        const auto objects = open_all(*known.push);
        LetInFile(directory).add(let_in, [&](const Oid& id) { return !objects->contains(id); });
      }
      return render_record(record, log);
    });
  } catch (const Error& error) {
    known.log_is_busy = dynamic_cast<const LogBusy*>(&error) != nullptr;
    if (record.config.refuse_unlogged || !let_in.empty()) throw;
    Text warning;
    warning.prose("warning: ", "not on record:");
    warning.prose("  ", error.what());
    tell(warning.str());
  }
}

int exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted: return kAccepted;
    case Verdict::refused: return kRefused;
    case Verdict::undecided: return kUndecided;
  }
  return kUndecided;
}

// Scans, attributes, decides, records and reports. Fills `known` on the way, for fail() in
// case of an exception.
int judge(const std::optional<std::string>& config_file, const Environment& environment,
          const Start& start, Known& known) {
  const Push& push = known.push.emplace(read_push(read_standard_input(), environment));
  const Config& config = known.config = load_config(config_file, environment);
  read_content(*known.push, environment);
  const Site site(config, start);
  Scanner scanner(site.sets, built_in_templates(), site.now, site.limits);

  const std::filesystem::path directory = audit_directory(push, config);
  const NewRules new_rules = new_rules_at(directory, built_in_releases(), config.new_rules,
                                          std::chrono::floor<std::chrono::days>(start.time));
  const LetInList before(directory);
  Found found = scan(push, site, scanner, before);
  const Coverage coverage = found.scan.seen.coverage;
  const uint64_t failed_checks = found.scan.seen.failed_checks;
  const Redaction& redaction =
      known.redaction.emplace(found.scan.seen.findings, found.in_names, found.scan.seen.dropped);
  Placed placed = place(found, push, site, scanner);
  const BypassRequests asked = parse_bypasses(push.options);
  Decision decision = decide(std::move(placed.exposures), std::move(placed.unscanned), asked,
                             config, new_rules.today, new_rules);

  const std::vector<Rewrite> rewrites = rewrites_for(decision, found, push, site);
  const std::vector<LetIn> let_in = let_in_by(decision, directory, push);
  const Redacted<Push> shown = redaction.apply(push);
  const Redacted<Decision> decided = redaction.apply(std::move(decision));
  const std::string message = answer(decided, shown, config, rewrites, asked.json);
  const auto duration = steady_clock::now() - start.tick;
  put_on_record({shown, decided, config, coverage, failed_checks, placed.already_stored,
                 std::string(built_in_digest()), site.own_rules.digest(), start.time,
                 std::chrono::duration_cast<std::chrono::microseconds>(duration)},
                directory, let_in, known);
  known.on_record = true;
  tell(for_host(message, environment));
  return exit_code(decided->verdict);
}

// For a push that failed before it was scanned: made from what is in its names.
Redaction redaction_of_names(const Push& push) {
  Scanner scanner({&built_in_rules()}, built_in_templates(), 0);
  const NameScan names = scan_names(push, scanner, {});
  return Redaction({}, names.findings, names.dropped);
}

// What failed may quote a file of the site's, or a name that nobody has looked through.
std::string without_secrets(std::string_view what) try {
  Scanner scanner({&built_in_rules()}, built_in_templates(), 0);
  ContentScanner contents(scanner, {});
  return *Redaction(contents.scan({{}, ObjectType::unknown, what})).apply(what);
} catch (const std::exception&) {
  return "an error, and what it says could not be looked through for secrets";
}

// git keeps the certificate of a push that fails, and nobody has read it.
void remember_certificate(const Push& push, const std::filesystem::path& directory,
                          bool has_lock_of_log) {
  if (!push.certificate) return;
  try {
    const LetIn unread = unread_certificate(push, directory);
    if (!has_lock_of_log) return LetInFile(directory).add_waiting(unread);
    LetInFile(directory).add({unread}, [](const Oid&) { return false; });
  } catch (const Error&) {  // the failure is to be on record all the same
  }
}

// The same for a push of which not even the refs could be read.
void remember_certificate(const std::optional<std::string>& config,
                          const Environment& environment) {
  const Push push = read_place(environment);
  remember_certificate(push, audit_directory(push, load_config(config, environment)), false);
}

// The push is refused in any case; that it is also on record is best effort,
// since the log may be what failed.
int fail(std::string_view quoted, const Environment& environment, const Start& start,
         Known& known) {
  const std::string what = without_secrets(quoted);
  std::optional<Redaction>& redaction = known.redaction;
  try {
    if (known.push && !redaction) redaction = redaction_of_names(*known.push);
    if (known.push && !known.on_record && !known.log_is_busy) {
      const Redacted<Push> push = redaction->apply(*known.push);
      const std::filesystem::path directory = audit_directory(*known.push, known.config);
      AuditLog(directory, known.config.audit).append([&](const LogState& log) {
        remember_certificate(*known.push, directory, true);
        return render_failure_record(&push, redaction->apply(what), start.time, log);
      });
    }
  } catch (const LogBusy&) {
    known.log_is_busy = true;
  } catch (const std::exception&) {
  }
  if (known.push && known.log_is_busy) {
    remember_certificate(*known.push, audit_directory(*known.push, known.config), false);
  }
  if (!redaction) redaction.emplace(std::span<const Finding>());
  tell(for_host(render_failure(redaction->apply(what), known.config.message), environment));
  return kUndecided;
}

}  // namespace

int run_pre_receive(const std::optional<std::string>& config, const Environment& environment) {
  const Start start;
  Known known;
  try {
    return judge(config, environment, start, known);
  } catch (const std::exception& error) {
    if (known.config.source.empty()) known.config.message = load_message(config, environment);
    known.log_is_busy = known.log_is_busy || dynamic_cast<const LogBusy*>(&error);
    const int code = fail(error.what(), environment, start, known);
    try {
      if (!known.push) remember_certificate(config, environment);
    } catch (const std::exception&) {  // then it is not known where to
    }
    return code;
  }
}

}  // namespace pushguard
