// SPDX-License-Identifier: Apache-2.0
#include "history/commit_graph.h"

#include <algorithm>

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
      const bool at_tip = top.commit == tip && update != ReachedCommit::kByNone;
      reached_.push_back({top.commit, update, at_tip});
      stack.pop_back();
    }
  }

  bool seen(uint32_t commit) const { return seen_[commit]; }

 private:
  const CommitGraph& graph_;
  std::vector<ReachedCommit>& reached_;
  std::vector<bool> seen_;
};

}  // namespace

CommitWalk CommitGraph::walk(const std::vector<RefUpdate>& updates, ObjectStore& store) const {
  CommitWalk result;
  Walk walk(*this, ids_.size(), result.commits);
  OidSet tags;
  for (uint32_t i = 0; i < updates.size(); ++i) {
    if (updates[i].deletes()) continue;
    Oid id = updates[i].new_id;
    while (!find(id)) {
      const auto header = store.header(id);
      if (!header || header->type == ObjectType::commit) break;
      result.named.push_back({id, header->type, updates[i].ref});
      if (header->type != ObjectType::tag || !tags.insert(id).second) break;
      const auto object = store.read(id);
      const auto target = object ? parse_tag_target(object->content) : std::nullopt;
      if (!target) break;
      id = *target;
    }
    if (const auto tip = find(id)) walk.from(*tip, i);
  }
  std::vector<uint32_t> rest;
  for (uint32_t commit = 0; commit < commits_.size(); ++commit) {
    if (contains(commit) && !walk.seen(commit)) rest.push_back(commit);
  }
  std::ranges::sort(rest, {}, [&](uint32_t commit) { return ids_[commit]; });
  for (const uint32_t commit : rest) walk.from(commit, ReachedCommit::kByNone);
  return result;
}

}  // namespace pushguard
