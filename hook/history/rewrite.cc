// SPDX-License-Identifier: Apache-2.0
#include "history/rewrite.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "history/commit.h"
#include "history/tree_cache.h"
#include "history/tree_diff.h"

namespace pushguard {
namespace {

constexpr size_t kMostLookups = 10'000;  // of a path in a commit
constexpr size_t kMostKept = 100'000;    // commits of all refs
constexpr size_t kMostTags = 16;         // from a ref to its commit

bool is_in_commit(const Place& place) {
  switch (place.kind) {
    case Place::Kind::file:
    case Place::Kind::file_name:
    case Place::Kind::commit: return place.commit.size != 0 && place.origin != Origin::preexisting;
    default: return false;
  }
}

class Finder {
 public:
  Finder(const Push& push, const PushGraph& graph, ObjectStore& objects, const Limits& limits)
      : push_(push), graph_(graph), objects_(objects), limits_(limits), trees_(objects) {
    for (size_t i = 0; i < push.updates.size(); ++i) by_ref_.emplace(push.updates[i].ref, i);
  }

  void add(Place& place) {
    if (!is_in_commit(place)) return;
    if (!place.refs) return add(place, place.ref.str());
    for (const std::string& ref : place.refs->names) add(place, ref);
  }

  std::vector<Rewrite> find() {
    std::vector<Rewrite> found;
    for (auto& [update, bad] : bad_) {
      const auto tip = commit_of(push_.updates[update].new_id);
      if (!tip) continue;
      Rewrite& rewrite = found.emplace_back();
      rewrite.update = update;
      rewrite.tip = *tip;
      note_tip(*tip, update, bad);
      if (!follow(rewrite, bad) || !compare(rewrite, bad)) {
        rewrite.commits.clear();
        rewrite.own_merges = has_own_merges(*tip);
      }
    }
    return found;
  }

 private:
  // Of one ref update.
  struct Bad {
    OidSet commits;
    std::map<std::string_view, OidSet> versions;  // with a secret, by path
    std::vector<Place*> places;                   // in files
  };

  void add(Place& place, const std::string& ref) {
    const auto update = by_ref_.find(ref);
    if (update == by_ref_.end()) return;
    Bad& bad = bad_[update->second];
    bad.commits.insert(place.commit);
    if (place.kind == Place::Kind::commit) return;
    bad.versions[place.path].insert(place.object);
    bad.places.push_back(&place);
  }

  std::optional<Oid> commit_of(Oid id) {
    for (size_t i = 0; i < kMostTags; ++i) {
      if (graph_.commits().find(id)) return id;
      const auto object = objects_.read(id);
      if (!object || object->type != ObjectType::tag) return std::nullopt;
      const auto target = parse_tag_target(object->content);
      if (!target) return std::nullopt;
      id = *target;
    }
    return std::nullopt;
  }

  void note_tip(const Oid& tip, size_t update, const Bad& bad) {
    const auto tree = graph_.tree_of(tip, objects_);
    if (!tree) return;
    for (Place* place : bad.places) {
      if (place->ref.str() != push_.updates[update].ref || !may_look_up()) continue;
      place->in_tip = at(*tree, place->path) == place->object;
    }
  }

  // Sets commits and base. Returns false when the commits with secrets are not on one line.
  bool follow(Rewrite& rewrite, const Bad& bad) {
    const CommitGraph& graph = graph_.commits();
    auto number = graph.find(rewrite.tip);
    size_t seen = 0;
    while (number && graph.contains(*number) && rewrite.commits.size() < Rewrite::kMostCommits &&
           kept_++ < kMostKept) {
      const Oid id = graph_.id(*number);
      rewrite.commits.push_back(id);
      seen += bad.commits.contains(id);
      const uint32_t parents = graph.parent_count(*number);
      if (parents > 1) return false;
      if (seen == bad.commits.size()) {
        if (parents == 1) rewrite.base = graph_.id(graph.parent(*number, 0));
        std::ranges::reverse(rewrite.commits);
        return true;
      }
      if (parents == 0) return false;
      number = graph.parent(*number, 0);
    }
    return false;
  }

  bool has_own_merges(const Oid& tip) {
    const CommitGraph& graph = graph_.commits();
    std::vector<uint32_t> pending;
    std::set<uint32_t> seen;
    if (const auto number = graph.find(tip)) pending.push_back(*number);
    while (!pending.empty()) {
      const uint32_t number = pending.back();
      pending.pop_back();
      if (!graph.contains(number) || !seen.insert(number).second) continue;
      if (seen.size() > Rewrite::kMostCommits || kept_++ >= kMostKept || !may_look_up())
        return true;
      const uint32_t parents = graph.parent_count(number);
      for (uint32_t i = 0; i < parents; ++i) pending.push_back(graph.parent(number, i));
      if (parents > 1 && is_own(number, parents)) return true;
    }
    return false;
  }

  bool is_own(uint32_t merge, uint32_t parents) {
    const auto tree = graph_.tree_of(graph_.id(merge), objects_);
    std::vector<Oid> trees;
    for (uint32_t i = 0; i < parents; ++i) {
      const auto parent = graph_.tree_of(graph_.id(graph_.commits().parent(merge, i)), objects_);
      if (parent) trees.push_back(*parent);
    }
    if (!tree || trees.size() != parents) return true;
    const TreeDiff diff = diff_trees(trees_, *tree, trees, {.limits = &limits_});
    // One that a side has not either was removed there.
    const auto all_have = [&](const auto& removed) {
      return std::ranges::all_of(trees, [&](const Oid& one) {
        return may_look_up() && at(one, removed.first).has_value();
      });
    };
    return !diff.is_complete ||
           std::ranges::any_of(diff.changes, [](const Change& one) { return !one.is_tree; }) ||
           std::ranges::any_of(diff.removed, all_have);
  }

  // Sets clean_from and last_as_base. Returns false when that takes too long.
  bool compare(Rewrite& rewrite, const Bad& bad) {
    const std::vector<Oid>& commits = rewrite.commits;
    size_t clean = commits.size();
    while (clean > 0) {
      const auto tree = graph_.tree_of(commits[clean - 1], objects_);
      if (!tree) return false;
      for (const auto& [path, versions] : bad.versions) {
        if (!may_look_up()) return false;
        const auto version = at(*tree, path);
        if (version && versions.contains(*version)) {
          rewrite.clean_from = clean;
          find_base_again(rewrite);
          return true;
        }
      }
      --clean;
    }
    rewrite.clean_from = 0;
    return true;
  }

  void find_base_again(Rewrite& rewrite) {
    const auto base =
        rewrite.base.size == 0 ? std::nullopt : graph_.tree_of(rewrite.base, objects_);
    if (!base) return;
    for (size_t i = 0; i < rewrite.commits.size() && i <= rewrite.clean_from; ++i) {
      if (graph_.tree_of(rewrite.commits[i], objects_) == base) rewrite.last_as_base = i;
    }
  }

  bool may_look_up() {
    if (lookups_ >= kMostLookups) return false;
    if (lookups_++ % 64 == 0 && limits_.out_of_time()) lookups_ = kMostLookups;
    return lookups_ < kMostLookups;
  }

  // What the tree has at the path.
  std::optional<Oid> at(Oid id, std::string_view path) {
    while (!path.empty()) {
      const std::string_view name = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(path.size(), name.size() + 1));
      const auto tree = trees_.read(id);
      const auto entry = std::ranges::find(tree->entries, name, &Tree::Entry::name);
      if (entry == tree->entries.end()) return std::nullopt;
      id = entry->id;
    }
    return id;
  }

  const Push& push_;
  const PushGraph& graph_;
  ObjectStore& objects_;
  const Limits& limits_;
  TreeCache trees_;
  std::unordered_map<std::string_view, size_t> by_ref_;
  std::map<size_t, Bad> bad_;  // by update
  size_t lookups_ = 0, kept_ = 0;
};

}  // namespace

std::vector<Rewrite> find_rewrites(std::span<Exposure* const> exposures, const Push& push,
                                   const PushGraph& graph, ObjectStore& objects,
                                   const Limits& limits) {
  Finder finder(push, graph, objects, limits);
  for (Exposure* exposure : exposures) {
    for (Place& place : exposure->places) finder.add(place);
  }
  return finder.find();
}

}  // namespace pushguard
