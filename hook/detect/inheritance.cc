// SPDX-License-Identifier: Apache-2.0
#include "detect/inheritance.h"

#include <algorithm>

#include "validators/validator.h"

namespace pushguard {
namespace {

// How far around a window bytes can change what is found in it.
size_t margin(const Rule& rule) {
  if (rule.validator && rule.validator->values) {
    return std::max<size_t>(rule.reach, kNameContext) + rule.validator->values_within + 1;
  }
  return std::max<size_t>(rule.reach + 1, rule.companion.empty() ? kNameContext : kContext);
}

// Whether what a rule finds depends on bytes near its keyword only.
bool is_local(const Rule& rule) { return rule.reach != 0 && !rule.conditions; }

size_t around(const Rule& rule, size_t keyword_size) {
  return rule.reach - std::min<size_t>(rule.reach, keyword_size);
}

}  // namespace

bool copied_with_margin(const Copy& copy, const Object& object, Range range, size_t wide) {
  const size_t end = copy.base + copy.size;
  if (range.begin < copy.base || range.end > end) return false;
  const bool starts = copy.base == 0 && copy.begin == 0;
  const bool ends = end == object.base_size && copy.end() == object.content.size();
  return (starts || range.begin - copy.base >= wide) && (ends || end - range.end >= wide);
}

Range window_of(const Rule& rule, uint16_t end_max, Range keyword, size_t content_size) {
  if (rule.reach == 0) return {0, content_size};
  const size_t wide = around(rule, keyword.size());
  const size_t before =
      end_max == KeywordIndex::kAnywhere ? keyword.size() + wide : size_t{end_max};
  return {keyword.end - std::min(keyword.end, std::max(before, keyword.size())),
          std::min(content_size, keyword.end + wide)};
}

bool find_hits(const KeywordIndex& index, const Object& object,
               const std::vector<KeywordHit>* base_hits, std::vector<KeywordHit>& hits,
               const std::function<bool()>& may_go_on) {
  constexpr size_t kAtOnce = size_t{1} << 20;
  const std::string_view content = object.content;
  const auto find = [&](Range range) {
    for (; range.begin < range.end; range.begin += std::min(range.size(), kAtOnce)) {
      if (!may_go_on()) return false;
      index.find(content, {range.begin, std::min(range.end, range.begin + kAtOnce)}, hits);
    }
    return true;
  };
  if (!base_hits) return find(object.part ? object.part->own : Range{0, content.size()});
  const auto size_of = [&](const KeywordHit& hit) {
    return size_t{index.keywords[hit.keyword].size};
  };
  const size_t before = index.longest - std::min(index.longest, 1u);
  size_t from = 0;  // keywords that start before this are known
  const Copy* last = nullptr;
  // Finds keywords that start in [from, to), except those inside the previous copy.
  const auto look = [&](size_t to) {
    if (from >= to) return true;
    const size_t known = hits.size();
    if (!find({from, to})) return false;
    if (!last) return true;
    const auto copied = [&](const KeywordHit& hit) {
      return hit.position >= last->begin && hit.position + size_of(hit) <= last->end();
    };
    hits.erase(std::remove_if(hits.begin() + static_cast<ptrdiff_t>(known), hits.end(), copied),
               hits.end());
    return true;
  };
  for (const Copy& copy : object.copies) {
    if (!look(copy.begin)) return false;
    auto hit = std::ranges::lower_bound(*base_hits, copy.base, {}, &KeywordHit::position);
    for (; hit != base_hits->end() && hit->position < copy.base + copy.size; ++hit) {
      if (hit->position + size_of(*hit) > copy.base + copy.size) continue;
      hits.push_back({hit->keyword, hit->position - copy.base + copy.begin});
    }
    last = &copy;
    from = copy.end() == content.size()
               ? content.size()
               : std::max(copy.begin, copy.end() - std::min(copy.end(), before));
  }
  if (!look(content.size())) return false;
  std::ranges::sort(hits, {}, &KeywordHit::position);
  return may_go_on();
}

bool search_is_copied(const Rule& rule, Range keyword, const Copy& copy, const Object& object) {
  if (!is_local(rule) || keyword.begin < copy.begin) return false;
  const size_t in_base = keyword.begin - copy.begin + copy.base;
  return copied_with_margin(copy, object, {in_base, in_base + keyword.size()},
                            around(rule, keyword.size()) + margin(rule));
}

void inherit_candidates(const Sightings& base, const Object& object,
                        std::vector<Candidate>& candidates) {
  std::vector<const Candidate*> sorted;
  for (const Candidate& candidate : base.candidates) {
    if (is_local(*candidate.match.rule)) sorted.push_back(&candidate);
  }
  const auto begin_of = [](const Candidate* candidate) { return candidate->window.begin; };
  std::ranges::stable_sort(sorted, {}, begin_of);
  for (const Copy& copy : object.copies) {
    for (auto next = std::ranges::lower_bound(sorted, copy.base, {}, begin_of);
         next != sorted.end() && begin_of(*next) < copy.base + copy.size; ++next) {
      const Candidate& candidate = **next;
      if (!copied_with_margin(copy, object, candidate.window, margin(*candidate.match.rule))) {
        continue;
      }
      Candidate& own = candidates.emplace_back(candidate);
      for (Range* range : {&own.window, &own.match.secret}) {
        range->begin = range->begin - copy.base + copy.begin;
        range->end = range->end - copy.base + copy.begin;
      }
    }
  }
}

}  // namespace pushguard
