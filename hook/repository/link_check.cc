// SPDX-License-Identifier: Apache-2.0
#include "repository/link_check.h"

#include "history/commit.h"
#include "objects/tree_entries.h"

namespace pushguard {

void MissingObjects::look_up(const Oid& id, ObjectType type, ObjectVisitor& visitor) {
  if (storage_.contains(id)) return;
  {
    const std::lock_guard guard(lock_);
    if (missing_.size() == kMost || missing_.find(id)) return;
    missing_.add(id);
  }
  visitor.unscanned({id, type, 0, Why::damaged, detail_});
}

void LinkCheck::object(const Object& object) {
  next_.object(object);
  switch (object.type) {
    case ObjectType::tree: check_tree(object); break;
    case ObjectType::commit:
      if (const auto links = parse_commit_links(object.content)) {
        missing_.look_up(links->tree, ObjectType::tree, next_);
        if (missing_.is_shallow(object.id)) break;
        for (const Oid& parent : links->parents) {
          missing_.look_up(parent, ObjectType::commit, next_);
        }
      }
      break;
    case ObjectType::tag:
      if (const auto target = parse_tag_target(object.content)) {
        missing_.look_up(*target, ObjectType::unknown, next_);
      }
      break;
    case ObjectType::blob:
    case ObjectType::unknown: break;
  }
}

void LinkCheck::check_tree(const Object& tree) {
  for (const Range& range : fresh_ranges(tree)) {
    each_entry(tree.content, range, tree.id.size, [&](const TreeEntry& entry) {
      if (entry.is_gitlink()) return;
      missing_.look_up(entry.id(), entry.is_tree() ? ObjectType::tree : ObjectType::blob, next_);
    });
  }
}

}  // namespace pushguard
