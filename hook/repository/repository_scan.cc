// SPDX-License-Identifier: Apache-2.0
#include "repository/repository_scan.h"

#include <malloc.h>

#include <algorithm>
#include <deque>
#include <iterator>

#include "history/attribution.h"
#include "history/grade.h"
#include "history/named_file_scan.h"
#include "history/pairs.h"
#include "history/template_files.h"
#include "history/unscanned_places.h"
#include "objects/object_storage.h"
#include "owners/owner_table.h"
#include "pre_receive/name_scan.h"
#include "repository/link_check.h"

namespace pushguard {
namespace {

// An old file has a finding in each of its versions.
constexpr size_t kMostFindings = 100'000;

// What the repository had before all of it was pushed.
class NoObjects : public ObjectStore {
 public:
  std::optional<StoredObject> read(const Oid&) override { return std::nullopt; }
  std::optional<StoredHeader> header(const Oid&) override { return std::nullopt; }
  bool contains(const Oid&) override { return false; }
};

// Counts what passes.
class Counter : public ObjectVisitor {
 public:
  Counter(RepositoryProgress& progress, ObjectVisitor& next) : progress_(progress), next_(next) {}

  void object(const Object& object) override {
    if (!object.part || object.part->offset == 0) ++progress_.objects;
    next_.object(object);
  }
  void unscanned(Unscanned what) override { next_.unscanned(std::move(what)); }

 private:
  RepositoryProgress& progress_;
  ObjectVisitor& next_;
};

class RepositoryScan {
 public:
  RepositoryScan(const Repository& repository, const RepositorySettings& settings,
                 RepositoryProgress& progress)
      : repository_(repository),
        settings_(settings),
        history_limits_(settings.config.limits),
        progress_(progress),
        storage_(repository.directories, repository.hash_size, is_known(settings.clean)),
        missing_(storage_, repository.hash_size, repository.shallow,
                 repository.is_partial ? "left out by a partial clone: it is not stored here"
                                       : "another object names it, and it is missing"),
        scanner_(settings.rules, settings.templates, now(), settings.limits),
        store_(open_object_store(repository.directories, repository.hash_size,
                                 repository.all.git_dir)) {
    progress_.all = storage_.size();
  }

  ScannedRepository run() {
    scan_.seen.most_findings = kMostFindings;
    scan_.seen.notes_unclean = settings_.clean != nullptr;
    scan_all();
    scan_named();
    NameScan names = scan_names(repository_.all, scanner_, settings_.limits);
    for (const Secret& secret : names.dropped.secrets) scan_.seen.dropped.add(secret);
    scan_.seen.dropped.all = scan_.seen.dropped.all && names.dropped.all;
    for (Unscanned& what : names.unscanned) scan_.seen.unscanned.add(std::move(what));
    const Redaction redaction(scan_.seen.findings, names.findings, scan_.seen.dropped);
    const Coverage coverage = scan_.seen.coverage;
    if (settings_.clean) settings_.clean->write(storage_, scan_.seen.unclean);

    std::vector<Exposure> exposures = place(std::move(names.findings));
    pair_exposures(exposures);
    ask_default_branch(exposures);
    grade(exposures);
    if (settings_.key) set_fingerprints(exposures, *settings_.key);
    Decision decision = decide(std::move(exposures), take_unscanned(), {}, settings_.config,
                               std::chrono::floor<std::chrono::days>(settings_.time));
    return {redaction.apply(std::move(decision)), coverage, storage_.size(),
            repository_.all.updates.size()};
  }

 private:
  static ObjectStorage::IsKnown is_known(const CleanObjects* clean) {
    if (!clean) return {};
    return [clean](const Oid& id) { return clean->contains(id); };
  }

  int64_t now() const { return std::chrono::system_clock::to_time_t(settings_.time); }

  void scan_all() {
    for (const Unscanned& what : repository_.unscanned) scan_.seen.unscanned.add(what);
    walk(kAllTypes.without(PushGraph::kTypes));
    // The graph is to have commits that are left out as well.
    const bool sees_all = !settings_.clean || settings_.clean->empty();
    if (sees_all && !scan_.seen.findings.empty()) {
      start_graph(scan_, repository_.hash_size, history_limits_);
    }
    // Commits, whose messages take more regexes than names do, while the graph is small.
    for (const ObjectType type : {ObjectType::commit, ObjectType::tree}) {
      walk({type});
      if (scan_.graph) malloc_trim(0);
    }
  }

  void walk(ObjectTypes types) {
    const size_t threads = walking_threads(settings_.limits);
    const auto visit = [&](std::span<ObjectVisitor* const> visitors) {
      std::deque<LinkCheck> checks;
      std::deque<Counter> counters;
      std::vector<ObjectVisitor*> counted;
      for (ObjectVisitor* visitor : visitors) {
        LinkCheck& check = checks.emplace_back(missing_, *visitor);
        counted.push_back(&counters.emplace_back(progress_, check));
      }
      storage_.visit(settings_.limits, counted, types);
      // The refs name objects, too.
      if (!types.contains(ObjectType::unknown)) return;
      for (const RefUpdate& ref : repository_.all.updates) {
        missing_.look_up(ref.new_id, ObjectType::unknown, *visitors[0]);
      }
    };
    scan_objects(scan_, scanner_, settings_.file_names, settings_.limits, threads, visit);
  }

  // Files that are scanned once more because of their names.
  void scan_named() {
    Collected& seen = scan_.seen;
    if (seen.named_files.empty()) return;
    // One that is missing is told already.
    std::erase_if(seen.named_files.blobs, [&](const Oid& id) { return !storage_.contains(id); });
    Scanner file_rules({&settings_.file_rules}, settings_.templates, now(), settings_.limits);
    const bool examples = settings_.config.promoted_example != Action::ignore;
    NamedFileScan named = scan_named_files(seen.named_files.blobs, *store_,
                                           {examples ? &scanner_ : nullptr, file_rules},
                                           settings_.limits, seen.unscanned);
    std::ranges::move(named.findings, std::back_inserter(seen.findings));
    for (Unscanned& what : named.unscanned) seen.unscanned.add(std::move(what));
    seen.coverage.named_files.merge(named.looked);
  }

  const PushGraph& graph() {
    if (!scan_.resolved && !graph_is_enough(scan_)) {
      start_graph(scan_, repository_.hash_size, history_limits_);
      const std::vector<ObjectVisitor*> visitors(walking_threads(settings_.limits),
                                                 scan_.graph.get());
      storage_.visit_all(settings_.limits, visitors, PushGraph::kTypes);
    }
    return resolve_graph(scan_, history_limits_);
  }

  std::vector<Exposure> place(std::vector<PlacedFinding> in_names) {
    Attribution attribution;
    if (!scan_.seen.findings.empty()) {
      NoObjects before;
      const LetInBefore let_in;
      attribution = attribute(std::move(scan_.seen.findings), repository_.all,
                              {*store_, before, graph(), let_in, settings_.config.assistants},
                              scanner_, settings_.limits);
    }
    std::ranges::move(in_names, std::back_inserter(attribution.placed));
    for (Unscanned& what : attribution.unscanned) scan_.seen.unscanned.add(std::move(what));
    return make_exposures(std::move(attribution.placed));
  }

  // By the files of the default branch: what is only an example, and whose it is.
  void ask_default_branch(std::vector<Exposure>& exposures) {
    if (exposures.empty()) return;
    const Config& config = settings_.config;
    std::optional<Codeowners> codeowners;
    const auto branch = default_branch(repository_.all.git_dir);
    if (branch && branch->size == repository_.hash_size) {
      if (!config.template_files.empty()) {
        approve(exposures, *branch, config.template_files, *store_, settings_.limits);
      }
      codeowners = read_codeowners(*branch, std::nullopt, *store_);
    }
    set_owners(exposures, codeowners ? &*codeowners : nullptr, config.owners,
               repository_.all.repository);
  }

  // Takes what was not scanned, and where it is, as far as that can be found out.
  std::vector<Unscanned> take_unscanned() {
    const PushGraph* placing = nullptr;
    try {
      if (!scan_.seen.unscanned.objects().empty()) placing = &graph();
    } catch (const Error&) {  // the history is too large: that hides nothing
    }
    std::vector<Unscanned> unscanned = scan_.seen.unscanned.take();
    if (placing) {
      find_places(unscanned, repository_.all, *placing, *store_, settings_.limits);
    }
    return unscanned;
  }

  const Repository& repository_;
  const RepositorySettings& settings_;
  const Limits history_limits_;
  RepositoryProgress& progress_;
  ObjectStorage storage_;
  MissingObjects missing_;
  Scanner scanner_;
  std::unique_ptr<ObjectStore> store_;
  ObjectScan scan_;
};

}  // namespace

bool is_error(const JudgedUnscanned& unscanned) {
  return unscanned.refused || unscanned.what.why == Why::damaged;
}

int ScannedRepository::exit_code() const {
  if (decision->verdict == Verdict::refused) return 1;
  return std::ranges::any_of(decision->unscanned, is_error) ? 2 : 0;
}

ScannedRepository scan_repository(const Repository& repository, const RepositorySettings& settings,
                                  RepositoryProgress& progress) {
  return_large_blocks();
  return RepositoryScan(repository, settings, progress).run();
}

}  // namespace pushguard
