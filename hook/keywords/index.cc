// SPDX-License-Identifier: Apache-2.0
#include "keywords/index.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <numeric>

#include "keywords/filter.h"
#include "keywords/pair_frequency.h"
#include "vocabulary/ascii.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

// Up to eight bytes as a word; missing bytes are zero.
uint64_t padded(std::string_view bytes) {
  char eight[8] = {};
  std::copy(bytes.begin(), bytes.end(), eight);
  return load_word(eight);
}

uint32_t gram_of(std::string_view bytes) {
  return gram_number(static_cast<uint32_t>(padded(bytes.substr(0, 3))));
}

// The most bytes of a keyword that are compared before it is looked up.
constexpr size_t kCompared = 7;
// The number of bytes that every keyword has.
constexpr size_t kComparedFirst = 5;

bool starts_with_keyword(std::string_view content, std::string_view keyword) {
  return std::equal(keyword.begin(), keyword.end(), content.begin(),
                    [](char k, char c) { return k == to_lower(c); });
}

// The estimated frequency with which the gram at `at` passes the filter. A wrong neighbour
// passes in one of four cases.
double passes(std::string_view keyword, size_t at) {
  const double alone = frequency_of(keyword.substr(at, 3));
  const auto with = [&](size_t from) {
    return 0.25 + 0.75 * frequency_of(keyword.substr(from, 4)) / alone;
  };
  return alone * (at + 3 < keyword.size() ? with(at) : 1) * (at > 0 ? with(at - 1) : 1);
}

// The cost of a look-up relative to a gram that passes in vain. It is set higher than
// measured, because words are more frequent than their pairs suggest.
constexpr double kLookUpCost = 20;

// The offset of the anchor in the keyword: of its rarest bytes.
size_t rarest_part(std::string_view keyword) {
  size_t best = 0;
  double least = 0;
  for (size_t at = 0; at + std::min(kComparedFirst, keyword.size()) <= keyword.size(); ++at) {
    const double sum = passes(keyword, at) + (keyword.size() > 3 ? passes(keyword, at + 1) : 0) +
                       kLookUpCost * frequency_of(keyword.substr(at, kCompared));
    if (at == 0 || sum < least) {
      least = sum;
      best = at;
    }
  }
  return best;
}

}  // namespace

void KeywordIndex::look_up(std::string_view content, size_t position, Range range,
                           std::vector<KeywordHit>& hits) const {
  const std::string_view rest = content.substr(position);
  const uint64_t word = rest.size() < 8 ? padded(rest) : load_word(rest.data());
  const size_t first = places[place(word)], end = places[place(word) + 1];
  for (const Anchor& anchor : anchors.subspan(first, end - first)) {
    const uint64_t differing =
        (load_word(pool.data() + keywords[anchor.keyword].at + anchor.offset) ^ word) &
        0xdfdfdfdfdfdfdfdf;
    if (differing << (64 - 8 * anchor.size) != 0) continue;
    if (position < range.begin + anchor.offset) continue;
    const size_t start = position - anchor.offset;
    const std::string_view text = this->text(anchor.keyword);
    if (start >= range.end || text.size() > content.size() - start) continue;
    if (starts_with_keyword(content.substr(start), text)) hits.push_back({anchor.keyword, start});
  }
}

void KeywordIndex::find(std::string_view content, Range range,
                        std::vector<KeywordHit>& hits) const {
  if (keywords.empty()) return;
  static const FilterScan scan = filter_scan();
  const KeywordFilter tables{filter.data(), near.data(), known.data()};
  const size_t old = hits.size();
  // A keyword that starts at the range's last byte may be found by a gram after it.
  const size_t end = std::min(range.end + deepest, content.size());
  Flagged flagged;
  for (size_t begin = std::max<size_t>(range.begin, 1); begin < end; begin += kMostScanned) {
    const Range part{begin, std::min(end, begin + kMostScanned)};
    const size_t count = scan(tables, content, part, flagged);
    for (size_t i = 0; i < count; ++i) {
      const size_t at = begin + flagged[i] / 4;
      if (flagged[i] & 1) look_up(content, at - 1, range, hits);
      if (flagged[i] & 2) look_up(content, at, range, hits);
    }
  }
  if (hits.size() - old < 2) return;
  std::sort(hits.begin() + static_cast<ptrdiff_t>(old), hits.end(),
            [](const KeywordHit& a, const KeywordHit& b) { return a.position < b.position; });
}

KeywordTables::KeywordTables(std::span<const std::span<const std::string_view>> keywords_of_rules,
                             std::span<const std::vector<uint32_t>> end_maxes)
    : filter_(kGramCount), near_(kPlaceCount), known_(kKnownCount), places_(kPlaceCount + 1) {
  std::map<std::string_view, std::map<uint16_t, uint32_t>> uses_by_keyword;
  for (size_t rule = 0; rule < keywords_of_rules.size(); ++rule) {
    for (size_t i = 0; i < keywords_of_rules[rule].size(); ++i) {
      const std::string_view text = keywords_of_rules[rule][i].substr(0, KeywordIndex::kLongest);
      uint32_t& end_max = uses_by_keyword[text][static_cast<uint16_t>(rule)];
      end_max = std::max(end_max, end_maxes.empty() ? KeywordIndex::kAnywhere : end_maxes[rule][i]);
    }
  }
  for (const auto& [text, uses] : uses_by_keyword) {
    keywords_.push_back({static_cast<uint32_t>(pool_.size()), static_cast<uint16_t>(text.size()),
                         static_cast<uint16_t>(uses_.size()), static_cast<uint16_t>(uses.size())});
    pool_ += text;
    for (const auto& [rule, end_max] : uses) {
      uses_.push_back(
          {rule, static_cast<uint16_t>(std::min<uint32_t>(end_max, KeywordIndex::kAnywhere))});
    }
    longest_ = std::max(longest_, static_cast<uint32_t>(text.size()));
  }
  pool_.append(7, '\0');  // so that eight bytes are readable at each keyword
  if (keywords_.size() > 0xffff || uses_.size() > 0xffff) throw Error("too many keywords");
  place_anchors();
}

void KeywordTables::place_anchors() {
  const auto mark = [&](std::string_view gram, std::string_view text, size_t offset) {
    const char* before = offset > 0 ? &text[offset - 1] : nullptr;
    const char* behind = offset + 3 < text.size() ? &text[offset + 3] : nullptr;
    filter_[gram_of(gram)] |= static_cast<uint8_t>((behind ? 1u << kind(*behind) : kAnyBehind) |
                                                   (before ? 16u << kind(*before) : kAnyBefore));
    deepest_ = std::max(deepest_, static_cast<uint32_t>(offset));
  };
  std::vector<std::pair<size_t, KeywordIndex::Anchor>> by_place;
  for (size_t number = 0; number < keywords_.size(); ++number) {
    const std::string_view text = index().text(static_cast<uint32_t>(number));
    const size_t at = rarest_part(text);
    const std::string_view compared = text.substr(at, kCompared);
    const uint64_t word = padded(compared);
    const auto bit_of = [&](size_t i) {
      return i < compared.size() ? uint64_t{1} << (compared[i] & 31) : 0xffffffff;
    };
    near_[place(word)] |= bit_of(3) | bit_of(4) << 32;
    const size_t bit = compared.size() >= 7   ? known_bit<7>(word)
                       : compared.size() <= 3 ? known_bit<3>(word)
                       : compared.size() <= 4 ? known_bit<4>(word)
                       : at < 2               ? known_bit<5>(word)
                                              : known_bit<7>(padded(text.substr(at - 2, 7)));
    known_[bit / 64] |= uint64_t{1} << bit % 64;
    ++places_[place(word) + 1];
    by_place.push_back({place(word),
                        {static_cast<uint16_t>(number), static_cast<uint8_t>(at),
                         static_cast<uint8_t>(compared.size())}});

    mark(text.substr(at, 3), text, at);
    // A keyword of three bytes has no second gram: any byte may follow its last two.
    for (int next = 0; text.size() == 3 && next < 256; ++next) {
      mark(std::string{text[1], text[2], static_cast<char>(next)}, text, 1);
    }
    if (text.size() > 3) mark(text.substr(at + 1, 3), text, at + 1);
  }
  std::ranges::stable_sort(by_place, {}, [](const auto& one) { return one.first; });
  for (const auto& [where, anchor] : by_place) anchors_.push_back(anchor);
  std::partial_sum(places_.begin(), places_.end(), places_.begin());
}

}  // namespace pushguard
