// SPDX-License-Identifier: Apache-2.0
#include "history/tree_diff.h"

#include <algorithm>

namespace pushguard {
namespace {

using Entry = Tree::Entry;

struct Pending {
  std::string path;  // with a trailing '/', or ""
  Oid tree;
  std::vector<Oid> parents;
};

// Looks up the entries of one tree in ascending order.
class Cursor {
 public:
  explicit Cursor(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}

  // The entry of that name and kind, or null. Calls `passed` for each entry before it that
  // was not looked up.
  template <typename Passed>
  const Entry* find(const Entry& wanted, Passed passed) {
    for (; next_ < tree_->entries.size(); ++next_) {
      const Entry& entry = tree_->entries[next_];
      if (before(wanted, entry)) return nullptr;
      if (!before(entry, wanted)) {
        ++next_;
        return &entry;
      }
      passed(entry);
    }
    return nullptr;
  }

  template <typename Passed>
  void finish(Passed passed) {
    for (; next_ < tree_->entries.size(); ++next_) passed(tree_->entries[next_]);
  }

 private:
  std::shared_ptr<const Tree> tree_;
  size_t next_ = 0;
};

void list_removed(TreeCache& trees, std::string path, const Entry& gone,
                  std::vector<std::pair<std::string, Oid>>& removed) {
  struct Gone {
    std::string path;
    Oid id;
    bool is_tree = false;
  };
  std::vector<Gone> pending;
  const auto add = [&](std::string place, const Entry& entry) {
    if (!entry.is_gitlink) pending.push_back({std::move(place), entry.id, entry.is_tree});
  };
  add(std::move(path), gone);
  while (!pending.empty() && removed.size() < kMostRemoved) {
    const Gone current = std::move(pending.back());
    pending.pop_back();
    if (!current.is_tree) {
      removed.emplace_back(current.path, current.id);
      continue;
    }
    const auto tree = trees.read(current.id);
    for (const Entry& entry : tree->entries) {
      add(current.path + "/" + std::string(entry.name), entry);
    }
  }
}

TreeDiff compare(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                 const Wanted& wanted, bool with_removed, const Wanted& reads = {}) {
  TreeDiff diff;
  const auto change = [&](std::string path, const Oid& id, bool is_tree, std::vector<Oid> earlier) {
    if (wanted && !wanted(id)) return;
    diff.changes.push_back({std::move(path), id, is_tree, std::move(earlier)});
  };
  change("", tree, true, parents);
  std::vector<Pending> pending{{"", tree, parents}};
  while (!pending.empty()) {
    const Pending current = std::move(pending.back());
    pending.pop_back();
    const auto now = trees.read(current.tree);
    std::vector<Cursor> versions;
    for (const Oid& parent : current.parents) versions.emplace_back(trees.read(parent));
    const auto removed = [&](const Entry& gone) {
      if (with_removed)
        list_removed(trees, current.path + std::string(gone.name), gone, diff.removed);
    };

    for (const Entry& entry : now->entries) {
      std::vector<Oid> earlier;
      bool inherited = entry.is_gitlink;
      for (size_t i = 0; i < versions.size(); ++i) {
        const Entry* version = i == 0 ? versions[i].find(entry, removed)
                                      : versions[i].find(entry, [](const Entry&) {});
        if (!version) continue;
        inherited = inherited || version->id == entry.id;
        earlier.push_back(version->id);
      }
      if (inherited) continue;
      const std::string path = current.path + std::string(entry.name);
      const bool is_read = entry.is_tree && (!reads || reads(entry.id));
      if (is_read) pending.push_back({path + "/", entry.id, earlier});
      change(path, entry.id, entry.is_tree, std::move(earlier));
    }
    if (!versions.empty()) versions.front().finish(removed);
  }
  return diff;
}

}  // namespace

TreeDiff diff_trees(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                    const Wanted& wanted) {
  if (std::ranges::find(parents, tree) != parents.end()) return {};
  TreeDiff diff = compare(trees, tree, parents, wanted, !wanted);
  const bool any_new = std::ranges::any_of(diff.changes, [](const Change& change) {
    return !change.is_tree && change.parent_versions.empty();
  });
  if (wanted && any_new) diff.removed = compare(trees, tree, parents, wanted, true).removed;
  return diff;
}

std::vector<Change> changes_in(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                               const Wanted& wanted, const Wanted& reads) {
  if (std::ranges::find(parents, tree) != parents.end() || !reads(tree)) return {};
  return compare(trees, tree, parents, wanted, false, reads).changes;
}

}  // namespace pushguard
