#include "history/commit_graph.h"

#include <algorithm>
#include <unordered_set>

#include "history/commit.h"

namespace pushguard {

void CommitGraph::add(const Object& object) {
  const auto links = parse_commit_links(object.content);
  if (!links || links->tree.size != ids_.hash_size()) return;
  const std::lock_guard guard(lock_);
  const uint32_t id = ids_.add(object.id);
  if (find(id)) return;
  const NewCommit commit{static_cast<uint32_t>(commits_.size()), id, trees_.add(links->tree),
                         static_cast<uint32_t>(parents_.size())};
  for (const Oid& parent : links->parents) {
    if (parent.size == ids_.hash_size()) parents_.push_back(ids_.add(parent));
  }
  commits_.push_back(commit);
  by_id_.resize(std::max<size_t>(by_id_.size(), id + 1));
  by_id_[id] = commit.number + 1;
}

const NewCommit* CommitGraph::find(uint32_t id) const {
  return id < by_id_.size() && by_id_[id] != 0 ? &commits_[by_id_[id] - 1] : nullptr;
}

const NewCommit* CommitGraph::find(const Oid& id) const {
  const auto number = ids_.find(id);
  return number ? find(*number) : nullptr;
}

namespace {

class Walk {
 public:
  Walk(const CommitGraph& graph, std::vector<ReachedCommit>& reached)
      : graph_(graph), reached_(reached), seen_(graph.commits().size()) {}

  // Depth first, a commit once all its parents are done.
  void from(const NewCommit* tip, uint32_t update) {
    struct Frame {
      const NewCommit* commit = nullptr;
      uint32_t next_parent = 0;
    };
    std::vector<Frame> stack;
    const auto enter = [&](const NewCommit* commit) {
      if (!commit || seen_[commit->number]) return;
      seen_[commit->number] = true;
      stack.push_back({commit, 0});
    };
    enter(tip);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next_parent < graph_.parent_count(*top.commit)) {
        enter(graph_.find(graph_.parent(*top.commit, top.next_parent++)));
        continue;
      }
      const bool at_tip = top.commit == tip && update != ReachedCommit::kByNone;
      reached_.push_back({top.commit->number, update, at_tip});
      stack.pop_back();
    }
  }

  bool seen(const NewCommit& commit) const { return seen_[commit.number]; }

 private:
  const CommitGraph& graph_;
  std::vector<ReachedCommit>& reached_;
  std::vector<bool> seen_;
};

}  // namespace

CommitWalk CommitGraph::walk(const std::vector<RefUpdate>& updates, ObjectStore& store) const {
  CommitWalk result;
  result.commits.reserve(commits_.size());
  Walk walk(*this, result.commits);
  std::unordered_set<Oid, OidHash> tags;
  for (uint32_t i = 0; i < updates.size(); ++i) {
    if (updates[i].deletes()) continue;
    Oid id = updates[i].new_id;
    while (!find(id)) {
      const auto object = store.read(id);
      if (!object || object->type == ObjectType::commit) break;
      result.named.push_back({id, object->type, updates[i].ref});
      const auto target =
          object->type == ObjectType::tag ? parse_tag_target(object->content) : std::nullopt;
      if (!target || !tags.insert(id).second) break;
      id = *target;
    }
    walk.from(find(id), i);
  }
  std::vector<const NewCommit*> rest;
  for (const NewCommit& commit : commits_) {
    if (!walk.seen(commit)) rest.push_back(&commit);
  }
  std::ranges::sort(rest, {}, [&](const NewCommit* commit) { return ids_[commit->id]; });
  for (const NewCommit* commit : rest) walk.from(commit, ReachedCommit::kByNone);
  return result;
}

}  // namespace pushguard
