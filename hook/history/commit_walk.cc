#include "history/commit_walk.h"

#include <algorithm>

namespace pushguard {
namespace {

class Walk {
 public:
  Walk(ObjectStore& store, const std::unordered_set<Oid, OidHash>& commits, CommitWalk& result)
      : store_(store), commits_(commits), result_(result) {}

  // Depth first, a commit once all its parents are done.
  void from(const Oid& tip, const std::string& ref) {
    struct Frame {
      NewCommit commit;
      size_t next_parent = 0;
    };
    std::vector<Frame> stack;
    const auto enter = [&](const Oid& id) {
      if (!commits_.contains(id) || !seen_.insert(id).second) return;
      const auto object = store_.read(id);
      if (!object || object->type != ObjectType::commit) return;
      auto commit = parse_commit(object->content);
      if (commit) stack.push_back({{id, std::move(*commit), ref, !ref.empty() && id == tip}});
    };
    enter(tip);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next_parent < top.commit.commit.parents.size()) {
        enter(Oid(top.commit.commit.parents[top.next_parent++]));
        continue;
      }
      result_.commits.push_back(std::move(top.commit));
      stack.pop_back();
    }
  }

 private:
  ObjectStore& store_;
  const std::unordered_set<Oid, OidHash>& commits_;
  CommitWalk& result_;
  std::unordered_set<Oid, OidHash> seen_;
};

}  // namespace

CommitWalk walk_commits(const std::vector<RefUpdate>& updates, ObjectStore& store,
                        const std::unordered_set<Oid, OidHash>& commits) {
  CommitWalk result;
  Walk walk(store, commits, result);
  std::unordered_set<Oid, OidHash> tags;
  for (const RefUpdate& update : updates) {
    if (update.deletes()) continue;
    Oid id = update.new_id;
    while (!commits.contains(id)) {
      const auto object = store.read(id);
      if (!object || object->type == ObjectType::commit) break;
      result.named.push_back({id, object->type, update.ref});
      const auto target =
          object->type == ObjectType::tag ? parse_tag_target(object->content) : std::nullopt;
      if (!target || !tags.insert(id).second) break;
      id = *target;
    }
    walk.from(id, update.ref);
  }
  std::vector<Oid> rest(commits.begin(), commits.end());
  std::ranges::sort(rest);
  for (const Oid& id : rest) walk.from(id, {});
  return result;
}

}  // namespace pushguard
