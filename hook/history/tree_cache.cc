// SPDX-License-Identifier: Apache-2.0
#include "history/tree_cache.h"

#include <algorithm>
#include <cstring>

#include "objects/tree_entries.h"

namespace pushguard {
namespace {

Tree parse(std::string content, size_t hash_size) {
  Tree tree{std::move(content), {}};
  each_entry(tree.content, {0, tree.content.size()}, hash_size, [&](const TreeEntry& entry) {
    tree.entries.push_back({entry.name, entry.id(), entry.is_tree(), entry.is_gitlink()});
  });
  if (!std::ranges::is_sorted(tree.entries, before)) std::ranges::sort(tree.entries, before);
  return tree;
}

}  // namespace

bool before(const Tree::Entry& a, const Tree::Entry& b) {
  const size_t common = std::min(a.name.size(), b.name.size());
  if (const int order = std::memcmp(a.name.data(), b.name.data(), common); order != 0) {
    return order < 0;
  }
  const auto next = [&](const Tree::Entry& entry) {
    return entry.name.size() > common ? static_cast<uint8_t>(entry.name[common])
                                      : static_cast<uint8_t>(entry.is_tree ? '/' : 0);
  };
  if (next(a) != next(b)) return next(a) < next(b);
  return a.name.size() < b.name.size();
}

std::shared_ptr<const Tree> TreeCache::read(const Oid& id) {
  if (const auto known = by_id_.find(id); known != by_id_.end()) {
    kept_.splice(kept_.begin(), kept_, known->second);
    return known->second->tree;
  }
  auto object = store_.read(id);
  auto tree = std::make_shared<Tree>();
  if (object && object->type == ObjectType::tree)
    *tree = parse(std::move(object->content), id.size);
  const size_t bytes = tree->bytes();
  kept_.push_front({id, tree, bytes});
  by_id_[id] = kept_.begin();
  bytes_ += bytes;
  while (bytes_ > kMostBytes && kept_.size() > 1) {
    bytes_ -= kept_.back().bytes;
    by_id_.erase(kept_.back().id);
    kept_.pop_back();
  }
  return tree;
}

}  // namespace pushguard
