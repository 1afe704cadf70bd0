// SPDX-License-Identifier: Apache-2.0
#include "history/tree_diff.h"

#include <algorithm>

namespace pushguard {
namespace {

using Entry = Tree::Entry;

// Looks up the entries of one tree in ascending order.
class Cursor {
 public:
  explicit Cursor(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}

  const Tree& tree() const { return *tree_; }

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
  for (size_t looked_at = 0;
       !pending.empty() && removed.size() < kMostRemoved && looked_at < 10 * kMostRemoved;
       ++looked_at) {
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

// Compares a tree with its versions in the parents, and so all trees below it, one at a time. It
// holds the trees on the way from the root, and one path.
class Comparison {
 public:
  Comparison(TreeCache& trees, const DiffScope& scope, bool with_removed)
      : trees_(trees), scope_(scope), with_removed_(with_removed) {}

  TreeDiff run(const Oid& root, const std::vector<Oid>& parents) {
    change(root, true, parents);
    enter(root, parents);
    while (!levels_.empty()) {
      if (!go_on()) {
        diff_.is_complete = false;
        break;
      }
      step();
    }
    return std::move(diff_);
  }

 private:
  struct Level {
    Oid id;
    std::shared_ptr<const Tree> tree;
    size_t next = 0;               // entry
    std::vector<Cursor> versions;  // in the parents
    size_t path_size = 0;          // of this tree's, with a trailing '/' or ""
    size_t bytes = 0;              // of all trees that it holds
    size_t changes_before = 0;
    bool has_inherited = false;  // at any depth: what a parent has at the same path
  };

  void enter(const Oid& id, const std::vector<Oid>& parents) {
    Level level{id, trees_.read(id), 0, {}, path_.size(), 0, changes_found_};
    level.bytes = level.tree->bytes();
    for (const Oid& parent : parents) {
      level.versions.emplace_back(trees_.read(parent));
      level.bytes += level.versions.back().tree().bytes();
    }
    held_bytes_ += level.bytes;
    levels_.push_back(std::move(level));
  }

  void leave() {
    const Level& level = levels_.back();
    const bool has_inherited = level.has_inherited;
    // Such a tree is in vain at every other path, too.
    if (!has_inherited && level.changes_before == changes_found_) in_vain_.insert(level.id);
    held_bytes_ -= level.bytes;
    levels_.pop_back();
    if (has_inherited && !levels_.empty()) levels_.back().has_inherited = true;
  }

  bool has_room() const {
    return diff_.changes.size() <= kMostChanges && path_bytes_ <= kMostPathBytes;
  }

  bool go_on() {
    return held_bytes_ <= kMostHeldBytes && has_room() &&
           (++steps_ % 256 != 0 || !scope_.limits || !scope_.limits->out_of_time());
  }

  // Compares the entries of the innermost tree up to one that is a tree to enter, or for which
  // there is no room.
  void step() {
    Level& level = levels_.back();
    const auto removed = [&](const Entry& gone) {
      path_.resize(level.path_size);
      if (with_removed_) list_removed(trees_, path_ + std::string(gone.name), gone, diff_.removed);
    };
    while (level.next < level.tree->entries.size()) {
      if (!has_room()) return;
      const Entry& entry = level.tree->entries[level.next++];
      std::vector<Oid> earlier;
      bool inherited = entry.is_gitlink;
      for (size_t i = 0; i < level.versions.size(); ++i) {
        const Entry* version = i == 0 ? level.versions[i].find(entry, removed)
                                      : level.versions[i].find(entry, [](const Entry&) {});
        if (!version) continue;
        inherited = inherited || version->id == entry.id;
        earlier.push_back(version->id);
      }
      level.has_inherited = level.has_inherited || (inherited && !entry.is_gitlink);
      if (inherited) continue;
      path_.resize(level.path_size);
      path_ += entry.name;
      change(entry.id, entry.is_tree, earlier);
      if (!entry.is_tree || !is_worth_reading(entry.id, earlier)) continue;
      path_ += '/';
      return enter(entry.id, earlier);
    }
    if (!level.versions.empty()) level.versions.front().finish(removed);
    leave();
  }

  bool is_worth_reading(const Oid& tree, const std::vector<Oid>& earlier) {
    // Where a parent has one, files may have been removed from it.
    if (with_removed_ && scope_.wanted) return !earlier.empty() && ++entered_ < kMostEntered;
    return !in_vain_.contains(tree) && (!scope_.reads || scope_.reads(tree));
  }

  void change(const Oid& id, bool is_tree, const std::vector<Oid>& earlier) {
    if (scope_.wanted && !scope_.wanted(id)) return;
    ++changes_found_;
    path_bytes_ += path_.size();
    diff_.changes.push_back({path_, id, is_tree, earlier});
  }

  // 100,000 paths of 160 bytes; more than all files of a large repository.
  static constexpr size_t kMostChanges = 100'000;
  static constexpr size_t kMostPathBytes = size_t{16} << 20;
  static constexpr size_t kMostHeldBytes = size_t{64} << 20;
  static constexpr size_t kMostEntered = 100'000;

  TreeCache& trees_;
  const DiffScope& scope_;
  const bool with_removed_;
  TreeDiff diff_;
  std::vector<Level> levels_;  // from the root
  std::string path_;
  OidSet in_vain_;  // trees without a change at any path
  size_t held_bytes_ = 0, path_bytes_ = 0, changes_found_ = 0, steps_ = 0, entered_ = 0;
};

}  // namespace

TreeDiff diff_trees(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                    const DiffScope& scope) {
  if (std::ranges::find(parents, tree) != parents.end()) return {};
  TreeDiff diff = Comparison(trees, scope, !scope.wanted).run(tree, parents);
  const bool any_new = std::ranges::any_of(diff.changes, [](const Change& change) {
    return !change.is_tree && change.parent_versions.empty();
  });
  if (scope.wanted && any_new) {
    diff.removed = Comparison(trees, scope, true).run(tree, parents).removed;
  }
  return diff;
}

TreeDiff changes_in(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                    const DiffScope& scope) {
  if (std::ranges::find(parents, tree) != parents.end() || !scope.reads(tree)) return {};
  return Comparison(trees, scope, false).run(tree, parents);
}

}  // namespace pushguard
