#include "history/tree_diff.h"

#include <algorithm>
#include <map>

#include "history/commit.h"

namespace pushguard {
namespace {

using Entries = std::map<std::string, TreeEntry, std::less<>>;

struct Pending {
  std::string path;  // with a trailing '/', or ""
  Oid tree;
  std::vector<Oid> parents;
};

Entries read_tree(ObjectStore& store, const Oid& id) {
  Entries entries;
  const auto object = store.read(id);
  if (!object || object->type != ObjectType::tree) return entries;
  for (TreeEntry& entry : parse_tree(object->content, id.size)) {
    std::string name = entry.name;
    entries.emplace(std::move(name), std::move(entry));
  }
  return entries;
}

void list_removed(ObjectStore& store, const std::string& path, const TreeEntry& gone,
                  std::vector<std::pair<std::string, Oid>>& removed) {
  std::vector<std::pair<std::string, TreeEntry>> pending{{path, gone}};
  while (!pending.empty() && removed.size() < kMostRemoved) {
    auto [place, entry] = std::move(pending.back());
    pending.pop_back();
    if (entry.is_gitlink) continue;
    if (!entry.is_tree) {
      removed.emplace_back(std::move(place), entry.id);
      continue;
    }
    for (auto& [name, child] : read_tree(store, entry.id)) {
      pending.emplace_back(place + "/" + name, std::move(child));
    }
  }
}

}  // namespace

TreeDiff diff_trees(ObjectStore& store, const Oid& tree, const std::vector<Oid>& parents) {
  TreeDiff diff;
  if (std::ranges::find(parents, tree) != parents.end()) return diff;
  diff.changes.push_back({"", tree, true, parents});
  std::vector<Pending> pending{{"", tree, parents}};
  while (!pending.empty()) {
    const Pending current = std::move(pending.back());
    pending.pop_back();
    const Entries entries = read_tree(store, current.tree);
    std::vector<Entries> versions;
    for (const Oid& parent : current.parents) versions.push_back(read_tree(store, parent));

    for (const auto& [name, entry] : entries) {
      if (entry.is_gitlink) continue;
      std::vector<Oid> before;
      bool inherited = false;
      for (const Entries& version : versions) {
        const auto found = version.find(name);
        if (found == version.end() || found->second.is_tree != entry.is_tree) continue;
        inherited = inherited || found->second.id == entry.id;
        before.push_back(found->second.id);
      }
      if (inherited) continue;
      const std::string path = current.path + name;
      if (entry.is_tree) pending.push_back({path + "/", entry.id, before});
      diff.changes.push_back({path, entry.id, entry.is_tree, std::move(before)});
    }
    if (versions.empty()) continue;
    for (const auto& [name, entry] : versions.front()) {
      if (!entries.contains(name)) {
        list_removed(store, current.path + name, entry, diff.removed);
      }
    }
  }
  return diff;
}

}  // namespace pushguard
