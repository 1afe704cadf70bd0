// SPDX-License-Identifier: Apache-2.0
#include "history/commit_graph.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "history/commit.h"
#include "history/spin_then_lock.h"
#include "vocabulary/error.h"

namespace pushguard {

void CommitGraph::add(const Object& object) {
  const auto links = parse_commit_links(object.content);
  if (!links || links->tree.size != ids_.hash_size()) return;
  const auto guard = spin_then_lock(lock_);
  const uint32_t number = ids_.add(object.id);
  if (contains(number)) return;
  if (links->parents.size() > most_parents_ - parents_.size()) {
    throw Error(fmt::format("commit {}: the commits of this push name more than {} parents",
                            object.id.hex(), most_parents_));
  }
  Links own{trees_.add(links->tree), static_cast<uint32_t>(parents_.size()), 0};
  for (const Oid& parent : links->parents) {
    if (parent.size == ids_.hash_size()) parents_.push_back(ids_.add(parent));
  }
  own.parent_count = static_cast<uint32_t>(parents_.size()) - own.first_parent;
  if (number >= commits_.size()) commits_.resize(number + 1);
  commits_[number] = own;
}

std::optional<uint32_t> CommitGraph::find(const Oid& id) const {
  const auto number = ids_.find(id);
  return number && contains(*number) ? number : std::nullopt;
}

namespace {

constexpr uint32_t kByNone = 0xffffffff;

class Walk {
 public:
  Walk(const CommitGraph& graph, uint32_t count, std::vector<ReachedCommit>& reached)
      : graph_(graph), reached_(reached), seen_(count) {}

  // Depth first; a commit is added after all of its parents.
  void from(uint32_t tip, uint32_t update) {
    struct Frame {
      uint32_t commit = 0;
      uint32_t next_parent = 0;
    };
    std::vector<Frame> stack;
    const auto enter = [&](uint32_t commit) {
      if (!graph_.contains(commit) || seen_[commit]) return;
      seen_[commit] = true;
      stack.push_back({commit, 0});
    };
    enter(tip);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next_parent < graph_.parent_count(top.commit)) {
        enter(graph_.parent(top.commit, top.next_parent++));
        continue;
      }
      reached_.push_back({top.commit, RefSets::kNone, top.commit == tip && update != kByNone});
      stack.pop_back();
    }
  }

  bool seen(uint32_t commit) const { return seen_[commit]; }

 private:
  const CommitGraph& graph_;
  std::vector<ReachedCommit>& reached_;
  std::vector<bool> seen_;
};

// What the refs name that is no commit of the push, and what its tags lead to.
class NamedObjects {
 public:
  NamedObjects(const CommitGraph& graph, ObjectStore& store, RefSets& refs)
      : graph_(graph), store_(store), refs_(refs) {}

  void add(const Oid& new_id, uint32_t update) {
    const uint32_t start = find(new_id);
    nodes_[start].refs = refs_.unite(nodes_[start].refs, refs_.of(update));
    if (nodes_[start].update == kByNone) nodes_[start].update = update;
  }

  // Calls `take` with each object: after every tag that leads to it.
  template <typename Take>
  void each(Take take) {
    std::vector<uint32_t> waiting(nodes_.size()), ready;
    for (const Node& node : nodes_) {
      if (node.target != kByNone) ++waiting[node.target];
    }
    for (uint32_t i = 0; i < nodes_.size(); ++i) {
      if (waiting[i] == 0) ready.push_back(i);
    }
    for (size_t next = 0; next < ready.size(); ++next) {
      const Node node = nodes_[ready[next]];
      take(node.id, node.type, node.refs, node.update);
      if (node.target == kByNone) continue;
      Node& target = nodes_[node.target];
      target.refs = refs_.unite(target.refs, node.refs);
      target.update = std::min(target.update, node.update);
      if (--waiting[node.target] == 0) ready.push_back(node.target);
    }
  }

 private:
  struct Node {
    Oid id;
    ObjectType type = ObjectType::unknown;  // commit: one of the push
    uint32_t target = kByNone;              // of a tag
    uint32_t refs = RefSets::kNone;
    uint32_t update = kByNone;  // the first that leads to it
  };

  // Adds the chain of tags that starts at `id`.
  uint32_t find(Oid id) {
    uint32_t before = kByNone, first = kByNone;
    for (;;) {
      const auto [known, added] = numbers_.try_emplace(id, static_cast<uint32_t>(nodes_.size()));
      const uint32_t number = known->second;
      if (added) nodes_.push_back({id});
      if (first == kByNone) first = number;
      if (before != kByNone) nodes_[before].target = number;
      if (!added) return first;
      if (graph_.find(id)) {
        nodes_[number].type = ObjectType::commit;
        return first;
      }
      const auto header = store_.header(id);
      if (!header || header->type == ObjectType::commit) return first;
      nodes_[number].type = header->type;
      if (header->type != ObjectType::tag) return first;
      const auto tag = store_.read(id);
      const auto target = tag ? parse_tag_target(tag->content) : std::nullopt;
      if (!target) return first;
      before = number;
      id = *target;
    }
  }

  const CommitGraph& graph_;
  ObjectStore& store_;
  RefSets& refs_;
  std::vector<Node> nodes_;
  std::unordered_map<Oid, uint32_t, OidHash> numbers_;
};

}  // namespace

CommitWalk CommitGraph::walk(const std::vector<RefUpdate>& updates, ObjectStore& store) const {
  CommitWalk result;
  NamedObjects named(*this, store, result.refs);
  for (uint32_t i = 0; i < updates.size(); ++i) {
    if (!updates[i].deletes()) named.add(updates[i].new_id, i);
  }
  std::vector<std::pair<uint32_t, uint32_t>> tips;  // the first update that names it, and itself
  std::vector<uint32_t> refs(ids_.size(), RefSets::kNone);
  named.each([&](const Oid& id, ObjectType type, uint32_t by, uint32_t update) {
    if (type == ObjectType::commit) {
      const uint32_t tip = *find(id);
      refs[tip] = by;
      tips.emplace_back(update, tip);
    } else if (type != ObjectType::unknown) {
      result.named.push_back({id, type, by});
    }
  });
  std::ranges::sort(tips);
  Walk walk(*this, ids_.size(), result.commits);
  for (const auto& [update, tip] : tips) walk.from(tip, update);
  for (auto reached = result.commits.rbegin(); reached != result.commits.rend(); ++reached) {
    reached->refs = refs[reached->commit];
    for (uint32_t i = 0; i < parent_count(reached->commit); ++i) {
      uint32_t& of_parent = refs[parent(reached->commit, i)];
      of_parent = result.refs.unite(of_parent, reached->refs);
    }
  }
  std::vector<uint32_t> rest;
  for (uint32_t commit = 0; commit < commits_.size(); ++commit) {
    if (contains(commit) && !walk.seen(commit)) rest.push_back(commit);
  }
  std::ranges::sort(rest, {}, [&](uint32_t commit) { return ids_[commit]; });
  for (const uint32_t commit : rest) walk.from(commit, kByNone);
  return result;
}

}  // namespace pushguard
