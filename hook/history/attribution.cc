// SPDX-License-Identifier: Apache-2.0
#include "history/attribution.h"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

#include "detect/content_scanner.h"
#include "history/assistant.h"
#include "history/commit.h"
#include "history/tree_diff.h"

namespace pushguard {

namespace {

using Secrets = std::set<Secret>;

bool counts_at(const Finding& finding, const Place& place) {
  if (place.kind == Place::Kind::file) return counts_in_file(finding, place.path);
  switch (finding.kind) {
    case FindingKind::anywhere:
      // An object that no pushed ref reaches may become a file of any path.
      return place.kind == Place::Kind::object || is_about_all(*finding.rule);
    case FindingKind::named_file:
    case FindingKind::promoted_example: return false;
  }
  return true;
}

class Attributor {
 public:
  Attributor(std::vector<Finding> findings, const Push& push, const History& history,
             Scanner& scanner, const Limits& limits)
      : findings_(std::move(findings)),
        push_(push),
        history_(history),
        contents_(scanner, limits),
        limits_(limits),
        tree_cache_(history.pushed) {}

  Attribution run() {
    drop_stored();
    if (findings_.empty()) return std::move(result_);
    for (size_t i = 0; i < findings_.size(); ++i) by_object_[findings_[i].object].push_back(i);
    placed_.resize(findings_.size());
    place();
    keep_placed();
    return std::move(result_);
  }

 private:
  // git appends whole copies of what the server has, as bases for thin deltas.
  void drop_stored() {
    std::erase_if(findings_, [&](const Finding& finding) {
      // What comes with the name of its file may be new by that name alone.
      if (finding.object.size == 0 || finding.kind != FindingKind::anywhere) return false;
      if (!stored(finding.object) || history_.let_in.objects.contains(finding.object)) return false;
      ++result_.already_stored;
      return true;
    });
  }

  void place() {
    const PushGraph& graph = history_.graph;
    const CommitWalk walk = graph.commits().walk(push_.updates, history_.pushed);
    for (const NamedObject& named : walk.named) {
      if (is_over()) return;
      const auto kind = named.type == ObjectType::tag ? Place::Kind::tag : Place::Kind::object;
      const auto describe = describe_refs(walk.refs, named.refs);
      add(named.id, [&](Place& place) {
        place.kind = kind;
        describe(place);
      });
      if (named.type == ObjectType::tree) {
        place_changes(diff_trees(tree_cache_, named.id, {}, scope_), describe);
      }
    }
    // Then commits may be missing from the graph.
    if (limits_.out_of_time()) return tell_out_of_time({});
    for (const ReachedCommit& reached : walk.commits) {
      if (is_over()) return;
      const Oid id = graph.id(reached.commit);
      if (!by_object_.contains(id) && !graph.may_introduce(reached.commit)) continue;
      if (limits_.out_of_time()) return tell_out_of_time(id);
      place_commit(id, reached, describe_refs(walk.refs, reached.refs));
      ++commits_placed_;
    }
  }

  void tell_out_of_time(const Oid& commit) {
    result_.unscanned.push_back({commit, ObjectType::commit, 0, Why::out_of_time,
                                 "where the findings stand was not looked up to the end"});
  }

  using Describe = std::function<void(Place&)>;

  Describe describe_refs(const RefSets& sets, uint32_t number) {
    const RefSet& set = sets[number];
    if (set.updates.empty()) return [](Place&) {};
    std::shared_ptr<const PlaceRefs>& known = refs_[number];
    if (!known && (set.updates.size() > 1 || !set.all)) {
      PlaceRefs refs;
      for (const uint32_t update : set.updates) refs.names.push_back(push_.updates[update].ref);
      refs.all = set.all;
      known = std::make_shared<const PlaceRefs>(std::move(refs));
    }
    SharedText& name = names_[set.updates.front()];
    if (name.empty()) name = push_.updates[set.updates.front()].ref;
    return [ref = name, refs = known](Place& place) {
      place.ref = ref;
      place.refs = refs;
    };
  }

  void place_commit(const Oid& id, const ReachedCommit& reached, const Describe& describe_refs) {
    const auto object = history_.pushed.read(id);
    const auto commit = object ? parse_commit(object->content) : std::nullopt;
    if (!commit) return;
    const SharedText author(commit->author), subject(commit->subject), committer(commit->committer),
        authored(commit->authored), committed(commit->committed),
        assistant(assistant_of(object->content, history_.assistants));
    const auto describe = [&](Place& place) {
      place.commit = id;
      place.commit_order = commits_placed_;
      place.author = author;
      place.subject = subject;
      place.committer = committer;
      place.authored = authored;
      place.committed = committed;
      place.assistant = assistant;
      describe_refs(place);
      place.at_tip = reached.at_tip;
      place.root = commit->parents.empty();
      place.merge = commit->parents.size() > 1;
    };
    add(id, [&](Place& place) {
      describe(place);
      place.kind = Place::Kind::commit;
      place.in_header = place.line <= commit->header_lines;
      if (!place.in_header) place.line -= commit->header_lines;
    });
    std::vector<Oid> parent_trees;
    for (const Oid& parent : commit->parents) {
      if (const auto tree = history_.graph.tree_of(parent, history_.pushed))
        parent_trees.push_back(*tree);
    }
    place_changes(diff_trees(tree_cache_, commit->tree, parent_trees, scope_), describe);
  }

  void place_changes(const TreeDiff& diff, const Describe& describe) {
    for (const Change& change : diff.changes) {
      const auto found = by_object_.find(change.id);
      if (found == by_object_.end()) continue;
      const SharedText path(change.path);
      for (const size_t i : found->second) {
        Place place;
        place.kind = change.is_tree ? Place::Kind::file_name : Place::Kind::file;
        place.path = path;
        if (!reach(i, place) || was_let_in_at(findings_[i], place) || !may_keep(i)) continue;
        set_place(place, findings_[i]);
        describe(place);
        place.origin = origin_of(findings_[i], change, diff);
        placed_[i].places.push_back(std::move(place));
      }
      if (is_over()) return;
    }
    if (!diff.is_complete && limits_.out_of_time()) return tell_out_of_time({});
    if (!diff.is_complete) stop_counting();
  }

  void add(const Oid& object, const Describe& describe) {
    const auto found = by_object_.find(object);
    if (found == by_object_.end()) return;
    for (const size_t i : found->second) {
      Place place = place_of(findings_[i]);
      describe(place);
      if (reach(i, place) && may_keep(i)) placed_[i].places.push_back(std::move(place));
    }
  }

  // Notes that the finding has a place; whether it counts there.
  bool reach(size_t number, const Place& place) {
    placed_[number].reached = true;
    return counts_at(findings_[number], place);
  }

  // Counts a place of the finding; whether it is also kept.
  bool may_keep(size_t number) {
    if (++counted_ == kMostCounted) stop_counting();
    Placed& placed = placed_[number];
    const bool keep =
        placed.places.empty() || (kept_ < kMostKept && placed.places.size() < kMostOfOneFinding);
    (keep ? kept_ : placed.more) += 1;
    return keep;
  }

  bool is_over() const { return !result_.unscanned.empty(); }

  void stop_counting() {
    if (is_over()) return;
    result_.unscanned.push_back({{},
                                 ObjectType::unknown,
                                 0,
                                 Why::too_many_findings,
                                 "where the findings stand was not looked up to the end: too "
                                 "many places"});
  }

  Origin origin_of(const Finding& finding, const Change& change, const TreeDiff& diff) {
    for (const Oid& version : change.parent_versions) {
      if (holds(version, finding)) return inherited(version);
    }
    if (!change.parent_versions.empty() || change.is_tree) return Origin::introduced;
    // Under another name it was none, or was let in because of that name.
    if (finding.kind != FindingKind::anywhere) return Origin::introduced;
    if (history_.let_in.knows && history_.let_in.knows(finding.secret)) return Origin::introduced;
    for (const auto& [path, gone] : diff.removed) {
      if (holds(gone, finding)) return inherited(gone);
    }
    return Origin::introduced;
  }

  bool was_let_in_at(const Finding& finding, const Place& place) {
    return history_.let_in.objects.contains(finding.object) && stored(finding.object) &&
           history_.let_in.stands_at(finding, place.path.str());
  }

  Origin inherited(const Oid& version) {
    return stored(version) ? Origin::preexisting : Origin::carried;
  }

  // Whether an older version of a file has the same secret.
  bool holds(const Oid& version, const Finding& finding) {
    if (finding.kind != FindingKind::anywhere) {
      const auto object = read_version(history_.pushed, version);
      return object &&
             object->content.find(finding.secret.reveal_for_comparison()) != std::string::npos;
    }
    auto known = secrets_.find(version);
    if (known == secrets_.end()) {
      Secrets secrets;
      if (const auto mine = by_object_.find(version); mine != by_object_.end()) {
        for (const size_t i : mine->second) secrets.insert(findings_[i].secret);
      } else if (const auto object = read_version(history_.stored, version)) {
        const Object old{version, object->type, object->content};
        for (Finding& held : contents_.scan(old)) {
          secrets.insert(std::move(held.secret));
        }
      }
      known = secrets_.emplace(version, std::move(secrets)).first;
    }
    return known->second.contains(finding.secret);
  }

  // One that is too large to be held counts as without the secret, which is the
  // stricter reading.
  std::optional<StoredObject> read_version(ObjectStore& store, const Oid& version) const {
    const auto header = store.header(version);
    if (!header || header->size > limits_.object_bytes) return std::nullopt;
    return store.read(version);
  }

  bool stored(const Oid& id) {
    const auto [known, added] = stored_.try_emplace(id, false);
    if (added) known->second = history_.stored.contains(id);
    return known->second;
  }

  void keep_placed() {
    for (size_t i = 0; i < findings_.size(); ++i) {
      Finding& finding = findings_[i];
      std::vector<Place>& places = placed_[i].places;
      const Place nowhere = place_of(finding);
      const bool is_new = !history_.let_in.objects.contains(finding.object);
      if (is_new && !placed_[i].reached && counts_at(finding, nowhere)) places.push_back(nowhere);
      if (places.empty()) continue;
      result_.placed.push_back({std::move(finding), std::move(places), placed_[i].more});
    }
  }

  struct Placed {
    std::vector<Place> places;  // where it counts
    uint64_t more = 0;          // that are counted only
    bool reached = false;       // by a pushed ref, there or elsewhere
  };

  // The first place of a finding is kept in any case.
  static constexpr uint64_t kMostKept = 20'000, kMostOfOneFinding = 1'000;
  static constexpr uint64_t kMostCounted = 2'000'000;

  std::vector<Finding> findings_;
  const Push& push_;
  const History& history_;
  ContentScanner contents_;
  const Limits& limits_;

  TreeCache tree_cache_;
  const DiffScope scope_{[this](const Oid& id) { return by_object_.contains(id); },
                         [this](const Oid& id) { return history_.graph.may_hold(id); }, &limits_};
  Attribution result_;
  std::unordered_map<Oid, std::vector<size_t>, OidHash> by_object_;
  std::vector<Placed> placed_;                      // by finding
  uint64_t kept_ = 0, counted_ = 0;                 // places
  std::unordered_map<uint32_t, SharedText> names_;  // of refs, by update
  std::unordered_map<uint32_t, std::shared_ptr<const PlaceRefs>> refs_;
  size_t commits_placed_ = 0;
  std::unordered_map<Oid, bool, OidHash> stored_;
  std::unordered_map<Oid, Secrets, OidHash> secrets_;
};

}  // namespace

Attribution attribute(std::vector<Finding> findings, const Push& push, const History& history,
                      Scanner& scanner, const Limits& limits) {
  return Attributor(std::move(findings), push, history, scanner, limits).run();
}

}  // namespace pushguard
