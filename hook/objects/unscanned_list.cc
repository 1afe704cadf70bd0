// SPDX-License-Identifier: Apache-2.0
#include "objects/unscanned_list.h"

#include <fmt/format.h>

namespace pushguard {

void UnscannedList::add(Unscanned what) {
  Kind& kind = kinds_[static_cast<size_t>(what.why)];
  const std::pair key(what.id, what.detail);
  if (!kind.kept.try_emplace(key, std::move(what)).second) return;
  if (kind.kept.size() <= kMostOfOneKind) return;
  const auto last = std::prev(kind.kept.end());
  kind.others += last->second.count;
  kind.bytes_of_others += last->second.size;
  kind.kept.erase(last);
}

void UnscannedList::merge(UnscannedList&& other) {
  for (size_t i = 0; i < kinds_.size(); ++i) {
    for (auto& [key, what] : other.kinds_[i].kept) add(std::move(what));
    kinds_[i].others += other.kinds_[i].others;
    kinds_[i].bytes_of_others += other.kinds_[i].bytes_of_others;
  }
  other = {};
}

bool UnscannedList::empty() const {
  for (const Kind& kind : kinds_) {
    if (!kind.kept.empty()) return false;
  }
  return true;
}

bool UnscannedList::names(const Oid& id, Why except) const {
  for (size_t i = 0; i < kinds_.size(); ++i) {
    const auto& kept = kinds_[i].kept;
    const auto first = kept.lower_bound({id, {}});
    if (kAllWhys[i] != except && first != kept.end() && first->first.first == id) return true;
  }
  return false;
}

OidSet UnscannedList::objects() const {
  OidSet ids;
  for (const Kind& kind : kinds_) {
    for (const auto& [key, what] : kind.kept) {
      if (what.id.size != 0) ids.insert(what.id);
    }
  }
  return ids;
}

std::vector<Unscanned> UnscannedList::take() {
  std::vector<Unscanned> all;
  for (size_t i = 0; i < kinds_.size(); ++i) {
    Kind& kind = kinds_[i];
    for (auto& [key, what] : kind.kept) all.push_back(std::move(what));
    if (kind.others == 0) continue;
    Unscanned others{{}, ObjectType::unknown, kind.bytes_of_others, kAllWhys[i], {}};
    others.count = kind.others;
    others.detail = fmt::format("and {} more like these", kind.others);
    all.push_back(std::move(others));
  }
  *this = {};
  return all;
}

}  // namespace pushguard
