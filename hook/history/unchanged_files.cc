// SPDX-License-Identifier: Apache-2.0
#include "history/unchanged_files.h"

#include "detect/collector.h"
#include "history/commit.h"
#include "history/tree_diff.h"

namespace pushguard {
namespace {

std::optional<CommitLinks> read_links(const Oid& commit, ObjectStore& store) {
  const auto object = store.read(commit);
  const bool is_commit = object && object->type == ObjectType::commit;
  return is_commit ? parse_commit_links(object->content) : std::nullopt;
}

}  // namespace

void drop_unchanged(NamedFiles& files, std::span<const Oid> commits, const FileNameRules& names,
                    const std::function<bool(const Oid&)>& is_pushed, ObjectStore& store,
                    const Limits& limits) {
  if (!files.lists_all || commits.size() > Collected::kMostCommits) return;
  OidSet stored, wanted;
  for (const Oid& blob : files.blobs) {
    if (!is_pushed(blob)) stored.insert(blob);
  }
  if (stored.empty()) return;
  wanted = stored;
  for (const auto& [blob, tree] : files.entries) {
    if (stored.contains(blob)) wanted.insert(tree);
  }
  TreeCache trees(store);
  const OidSet seen(commits.begin(), commits.end());
  OidSet compared, changed;
  for (const Oid& commit : commits) {
    const auto links = read_links(commit, store);
    if (!links) continue;
    std::vector<Oid> parents;
    for (const Oid& parent : links->parents) {
      // One that the push brings and that was not scanned vouches for nothing.
      if (is_pushed(parent) && !seen.contains(parent)) continue;
      if (const auto of_parent = read_links(parent, store)) parents.push_back(of_parent->tree);
    }
    const auto is_wanted = [&](const Oid& id) { return wanted.contains(id); };
    // A stored tree has stored trees alone below it: none that the push brings.
    const TreeDiff diff = changes_in(trees, links->tree, parents, {is_wanted, is_pushed, &limits});
    if (!diff.is_complete) return;
    for (const Change& change : diff.changes) {
      if (change.is_tree)
        compared.insert(change.id);
      else if (names.contains(change.path.substr(change.path.rfind('/') + 1)))
        changed.insert(change.id);
    }
  }
  // A tree that no commit leads to may be named by a ref or by a tag.
  for (const auto& [blob, tree] : files.entries) {
    if (!compared.contains(tree)) changed.insert(blob);
  }
  std::erase_if(files.blobs,
                [&](const Oid& blob) { return stored.contains(blob) && !changed.contains(blob); });
}

}  // namespace pushguard
