// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/judgement.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <span>

#include "audit/known_releases.h"
#include "audit/site_key.h"
#include "detect/content_scanner.h"
#include "history/attribution.h"
#include "history/grade.h"
#include "history/named_file_scan.h"
#include "history/pairs.h"
#include "history/template_files.h"
#include "history/unchanged_files.h"
#include "history/unscanned_places.h"
#include "owners/owner_table.h"
#include "policy/monitor.h"
#include "pre_receive/answer.h"
#include "pre_receive/let_in_scan.h"
#include "pre_receive/name_scan.h"
#include "pre_receive/push_scan.h"
#include "rules/built_in.h"
#include "rules/site_rules.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

using std::chrono::system_clock;

// What the site says of all pushes, and the rules that it judges them by.
struct Site {
  Site(const Config& of_site, const Start& start)
      : config(of_site),
        limits(of_site.limits),
        own_rules(std::make_shared<const SiteRules>(of_site.extra_rules, of_site.prefixes,
                                                    built_in_rules())),
        sets{&built_in_rules()},
        now(system_clock::to_time_t(start.time)) {
    limits.deadline = start.tick + config.time;
    if (!own_rules->set().rules.empty()) sets.push_back(&own_rules->set());
  }

  const Config& config;
  Limits limits;
  const std::shared_ptr<const SiteRules> own_rules;
  std::vector<const RuleSet*> sets;
  int64_t now;  // Unix time in seconds
};

// All findings of the push, and what was not scanned.
struct Found {
  PushScan scan;  // with the findings in named files, and in what was let in before
  std::vector<PlacedFinding> in_names;
  bool names_were_read = true;
  std::unique_ptr<ObjectStore> objects;  // the push's and the server's; null where nothing is asked
  LetInBefore let_in;
};

struct Placed {
  std::vector<Exposure> exposures;
  std::vector<Unscanned> unscanned;
  uint64_t already_stored = 0;
};

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
  // First, so that what the objects take leaves time for them.
  NameScan names = scan_names(push, scanner, site.limits);
  if (push.certificate) scan_certificate(push, *open_all(push), scanner, site.limits, names);
  Found found{scan_push(push, scanner, site.limits, let_in.objects()), {}, {}, nullptr, {}};
  Collected& seen = found.scan.seen;
  found.in_names = std::move(names.findings);
  found.names_were_read = names.unscanned.empty();
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

// By the files of the default branch, as the server has it before the push: what is only an
// example, and whose it is.
void ask_default_branch(std::vector<Exposure>& exposures, const Push& push, const Site& site,
                        const PushScan& scan) {
  std::optional<Codeowners> codeowners;
  const auto branch = default_branch(push.git_dir);
  if (branch && branch->size == push.hash_size()) {
    const auto stored = open_stored(push, scan);
    if (!site.config.template_files.empty()) {
      approve(exposures, *branch, site.config.template_files, *stored, site.limits);
    }
    codeowners = read_codeowners(*branch, dialect_of(push.pusher.source), *stored);
  }
  set_owners(exposures, codeowners ? &*codeowners : nullptr, site.config.owners, push.repository);
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

Placed place(Found& found, const Push& push, const Site& site, Scanner& scanner,
             const std::filesystem::path& directory) {
  Collected& seen = found.scan.seen;
  Attribution attribution;
  if (!seen.findings.empty()) {
    const PushGraph& graph = history_of(found.scan, push, site.limits, *found.objects);
    const auto stored = open_stored(push, found.scan);
    attribution = attribute(std::move(seen.findings), push,
                            {*found.objects, *stored, graph, found.let_in, site.config.assistants},
                            scanner, site.limits);
  }
  std::ranges::move(found.in_names, std::back_inserter(attribution.placed));
  for (Unscanned& what : attribution.unscanned) seen.unscanned.add(std::move(what));
  Placed placed{make_exposures(std::move(attribution.placed)), take_unscanned(found, push, site),
                attribution.already_stored};
  pair_exposures(placed.exposures);
  if (placed.exposures.empty()) return placed;
  ask_default_branch(placed.exposures, push, site, found.scan);
  grade(placed.exposures);
  set_fingerprints(placed.exposures, site_key(directory));
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

}  // namespace

std::filesystem::path audit_directory(const Push& push, const Config& config) {
  return config.audit.directory.value_or(push.common_dir / "pushguard");
}

std::unique_ptr<ObjectStore> open_all(const Push& push) {
  std::vector<std::filesystem::path> directories;
  if (push.quarantine) directories.push_back(*push.quarantine);
  directories.insert(directories.end(), push.stored.begin(), push.stored.end());
  return open_object_store(directories, push.hash_size(), push.git_dir);
}

Judgement judge(const Push& push, const Config& config, const Start& start,
                std::optional<Redaction>& redaction) {
  const Site site(config, start);
  Scanner scanner(site.sets, built_in_templates(), site.now, site.limits);
  const std::filesystem::path directory = audit_directory(push, config);
  const NewRules new_rules = new_rules_at(directory, built_in_releases(), config.new_rules,
                                          std::chrono::floor<std::chrono::days>(start.time));
  const LetInList before(directory);
  Found found = scan(push, site, scanner, before);
  const Collected& seen = found.scan.seen;
  redaction.emplace(seen.findings, found.in_names, seen.dropped);
  Judgement judgement;
  judgement.coverage = seen.coverage;
  judgement.failed_checks = seen.failed_checks;
  judgement.names_were_read = found.names_were_read;
  Placed placed = place(found, push, site, scanner, directory);
  judgement.already_stored = placed.already_stored;
  judgement.asked = parse_bypasses(push.options);
  judgement.decision = decide(std::move(placed.exposures), std::move(placed.unscanned),
                              judgement.asked, config, new_rules.today, new_rules);
  if (config.monitor) {
    apply_monitor(judgement.decision, *config.monitor, push.repository, new_rules.today);
  }
  judgement.rewrites = rewrites_for(judgement.decision, found, push, site);
  judgement.site_rules = site.own_rules;
  return judgement;
}

}  // namespace pushguard
