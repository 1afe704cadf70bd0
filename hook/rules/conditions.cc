// SPDX-License-Identifier: Apache-2.0
#include "rules/conditions.h"

#include <re2/re2.h>

#include <algorithm>

#include "regex/regex.h"
#include "rules/entropy.h"

namespace pushguard {
namespace {

// The range in which a match may start that is at most `lines` lines and kNearby bytes away.
Range lines_around(std::string_view content, size_t position, std::optional<size_t> lines) {
  const size_t first = position - std::min(position, kNearby);
  const size_t last = std::min(content.size(), position + kNearby);
  if (!lines) return {first, last};
  size_t begin = line_start(content, position);
  for (size_t i = 0; i < *lines && begin > first; ++i) begin = line_start(content, begin - 1);
  size_t end = position;
  for (size_t i = 0; i <= *lines && end < last; ++i) {
    end = std::min(content.find('\n', end), content.size() - 1) + 1;
  }
  return {std::max(begin, first), std::min(end, last)};
}

size_t difference(size_t one, size_t other) { return std::max(one, other) - std::min(one, other); }

// The difference between the columns of two positions.
size_t columns_apart(std::string_view content, size_t one, size_t other) {
  const size_t first = std::min(one, other), apart = difference(one, other);
  if (content.substr(first, apart).find('\n') == content.npos) return apart;
  return difference(one - line_start(content, one), other - line_start(content, other));
}

}  // namespace

bool Conditions::admit(std::string_view content, Range match, Range secret,
                       uint64_t& allowlists_by_place) const {
  allowlists_by_place = 0;
  for (size_t i = 0; i < allowlists.size(); ++i) {
    switch (allowlists[i]->says(content, match, secret)) {
      case Allowlist::Says::allowed: return false;
      case Allowlist::Says::ask_the_place: allowlists_by_place |= uint64_t{1} << i; break;
      case Allowlist::Says::nothing: break;
    }
  }
  return std::ranges::all_of(
      required, [&](const Requirement& other) { return is_near(other, content, match.begin); });
}

size_t Conditions::context_needed() const {
  const bool lines = std::ranges::any_of(
      allowlists, [](const auto& list) { return list->target == Allowlist::Target::line; });
  size_t farthest = lines ? kNearby : 0;
  for (const Requirement& other : required) {
    // kNearby to the start of the other match, and kNearby from there to its end or to the start
    // of its line.
    const size_t far = 2 * kNearby + (other.conditions ? other.conditions->context_needed() : 0);
    farthest = std::max(farthest, far);
  }
  return farthest;
}

bool Conditions::is_near(const Requirement& other, std::string_view content,
                         size_t position) const {
  const Range window = lines_around(content, position, other.lines);
  const re2::StringPiece text(content.data(), content.size());
  // A match must start in the window, but may end after it.
  const size_t end = std::min(content.size(), window.end + kNearby);
  re2::StringPiece groups[kMostGroups];
  for (size_t at = window.begin; at < window.end;) {
    if (!other.regex->Match(text, at, end, RE2::UNANCHORED, groups, groups_for(other.secret_group)))
      return false;
    const auto begin = static_cast<size_t>(groups[0].data() - content.data());
    if (begin >= window.end) return false;
    const Range match{begin, begin + groups[0].size()};
    at = std::max(match.end, match.begin + 1);
    const re2::StringPiece& group = secret_of(groups, other.secret_group);
    if (!group.data() || group.empty()) continue;
    const auto secret_begin = static_cast<size_t>(group.data() - content.data());
    const Range secret{secret_begin, secret_begin + group.size()};
    if (other.min_entropy > 0 &&
        entropy(content.substr(secret.begin, secret.size())) < other.min_entropy) {
      continue;
    }
    uint64_t ignored = 0;
    if (other.conditions && !other.conditions->admit(content, match, secret, ignored)) continue;
    if (!other.columns || columns_apart(content, position, begin) <= *other.columns) return true;
  }
  return false;
}

const Allowlist* Conditions::allowed_at_place(uint64_t allowlists_by_place, std::string_view path,
                                              const Oid& commit) const {
  for (size_t i = 0; i < allowlists.size(); ++i) {
    const bool may = (allowlists_by_place >> i & 1) != 0;
    if (may && allowlists[i]->allows(path, commit)) return allowlists[i].get();
  }
  return nullptr;
}

}  // namespace pushguard
