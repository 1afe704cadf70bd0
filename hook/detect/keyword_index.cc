#include "detect/keyword_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <set>

#include "detect/gram_rarity.h"
#include "detect/keyword_filter.h"
#include "error.h"

namespace pushguard {
namespace {

size_t first_bucket(uint32_t gram, size_t bucket_count) {
  return (gram * 0x85ebca6bu >> 8) & (bucket_count - 1);
}

uint64_t load_word(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Up to eight bytes; what is missing counts as zero.
uint64_t padded(std::string_view bytes) {
  char eight[8] = {};
  std::copy(bytes.begin(), bytes.end(), eight);
  return load_word(eight);
}

uint32_t gram_of(std::string_view bytes) {
  return gram_number(static_cast<uint32_t>(padded(bytes.substr(0, 3))));
}

// The place in `known` of the first so many bytes of a word, without regard to
// letter case.
constexpr size_t kKnownBits = 17;
template <size_t kBytes>
size_t known_bit(uint64_t word) {
  constexpr uint64_t kCounts = (uint64_t{1} << 8 * kBytes) - 1;
  return ((word & kCounts) | 0x2020202020202020u) * 0x9e3779b97f4a7c15u >> (64 - kKnownBits);
}

// Bytes of a keyword that are compared before it is looked up, at most.
constexpr size_t kCompared = 5;

constexpr uint8_t kAnyByte = 0xff;  // in the filter: whatever may follow the gram

bool starts_with_keyword(std::string_view content, std::string_view keyword) {
  return std::equal(keyword.begin(), keyword.end(), content.begin(), [](char k, char c) {
    return k == (c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
  });
}

// Where in the keyword the bytes stand that are compared: its rarest ones.
size_t rarest_part(std::string_view keyword) {
  size_t best = 0;
  double least = 0;
  for (size_t at = 0; at + kCompared <= keyword.size(); ++at) {
    const double sum = commonness(keyword.substr(at, 4)) + commonness(keyword.substr(at + 1, 4));
    if (at == 0 || sum < least) {
      least = sum;
      best = at;
    }
  }
  return best;
}

}  // namespace

void KeywordIndex::look_up(std::string_view content, size_t position, uint32_t gram, Range range,
                           std::vector<KeywordHit>& hits) const {
  for (size_t i = first_bucket(gram, buckets.size()); buckets[i].count != 0;
       i = (i + 1) & (buckets.size() - 1)) {
    if (buckets[i].gram != gram) continue;
    for (const Anchor& anchor : anchors.subspan(buckets[i].first, buckets[i].count)) {
      if (position < range.begin + anchor.offset) continue;
      const size_t start = position - anchor.offset;
      const std::string_view text = this->text(anchor.keyword);
      if (start >= range.end || text.size() > content.size() - start) continue;
      if (starts_with_keyword(content.substr(start), text)) hits.push_back({anchor.keyword, start});
    }
    return;
  }
}

void KeywordIndex::find(std::string_view content, Range range,
                        std::vector<KeywordHit>& hits) const {
  if (keywords.empty()) return;
  static const FilterScan scan = filter_scan();
  const size_t old = hits.size();
  // A keyword that starts at the range's last byte is found by a gram behind it.
  const size_t end = std::min(range.end + longest, content.size());
  std::array<size_t, 512> flagged;
  const auto knows = [this](size_t bit) { return known[bit >> 6] >> (bit & 63); };
  size_t position = range.begin;
  const size_t whole_words = content.size() < 8 ? 0 : content.size() - 7;
  for (const size_t last = std::min(end < 2 ? 0 : end - 2, whole_words); position < last;) {
    const size_t count = scan(filter.data(), content.data(), position, last, flagged);
    size_t left = 0;
    for (const size_t at : std::span(flagged).first(count)) {
      const uint64_t word = load_word(content.data() + at);
      const uint64_t before = load_word(content.data() + at - (at > 0));
      // The gram is the first or the second of those compared.
      uint64_t knows_some = knows(known_bit<5>(word)) | knows(known_bit<5>(before)) |
                            knows(known_bit<4>(word));
      if (filter[gram_number(static_cast<uint32_t>(word))] == kAnyByte) {
        knows_some |= knows(known_bit<4>(before)) | knows(known_bit<3>(before)) |
                      knows(known_bit<3>(word));
      }
      flagged[left] = at;
      left += knows_some & 1;
    }
    for (const size_t at : std::span(flagged).first(left)) {
      look_up(content, at, gram_number(load_gram(content.data() + at)), range, hits);
    }
  }
  for (; position + 2 <= end; position += 2) {  // behind which no whole word stands
    const uint32_t gram = gram_of(content.substr(position, 3));
    if (filter[gram]) look_up(content, position, gram, range, hits);
  }
  std::sort(hits.begin() + static_cast<ptrdiff_t>(old), hits.end(),
            [](const KeywordHit& a, const KeywordHit& b) { return a.position < b.position; });
}

KeywordTables::KeywordTables(std::span<const std::span<const std::string_view>> keywords_of_rules,
                             std::span<const std::vector<uint32_t>> leads)
    : filter_(kGramCount), known_((size_t{1} << kKnownBits) / 64) {
  std::map<std::string_view, std::map<uint16_t, uint32_t>> uses_by_keyword;
  for (size_t rule = 0; rule < keywords_of_rules.size(); ++rule) {
    for (size_t i = 0; i < keywords_of_rules[rule].size(); ++i) {
      const std::string_view text = keywords_of_rules[rule][i].substr(0, KeywordIndex::kLongest);
      uint32_t& lead = uses_by_keyword[text][static_cast<uint16_t>(rule)];
      lead = std::max(lead, leads.empty() ? KeywordIndex::kAnywhere : leads[rule][i]);
    }
  }
  for (const auto& [text, uses] : uses_by_keyword) {
    keywords_.push_back({static_cast<uint32_t>(pool_.size()), static_cast<uint16_t>(text.size()),
                         static_cast<uint16_t>(uses_.size()), static_cast<uint16_t>(uses.size())});
    pool_ += text;
    for (const auto& [rule, lead] : uses) {
      uses_.push_back({rule, static_cast<uint16_t>(std::min<uint32_t>(lead, KeywordIndex::kAnywhere))});
    }
    longest_ = std::max(longest_, static_cast<uint32_t>(text.size()));
  }
  if (keywords_.size() > 0xffff || uses_.size() > 0xffff) throw Error("too many keywords");
  place_anchors();
}

void KeywordTables::place_anchors() {
  std::map<uint32_t, std::vector<KeywordIndex::Anchor>> by_gram;
  // `next` stands behind the gram in the keyword; nothing when the gram ends it.
  const auto lead = [&](uint32_t gram, std::string_view next, size_t keyword, size_t offset) {
    filter_[gram] |= next.empty() ? kAnyByte : kByteKinds[static_cast<uint8_t>(next[0])];
    by_gram[gram].push_back({static_cast<uint16_t>(keyword), static_cast<uint8_t>(offset)});
  };
  const auto know = [&](size_t bit) { known_[bit >> 6] |= uint64_t{1} << (bit & 63); };
  for (size_t number = 0; number < keywords_.size(); ++number) {
    const std::string_view text = index().text(static_cast<uint32_t>(number));
    if (text.size() == 3) {
      // Three bytes have no second gram: any byte may follow the last two.
      std::set<uint32_t> grams;
      for (int next = 0; next < 256; ++next) {
        const char tail[] = {text[1], text[2], static_cast<char>(next)};
        grams.insert(gram_of({tail, 3}));
      }
      lead(gram_of(text), {}, number, 0);
      for (const uint32_t gram : grams) lead(gram, {}, number, 1);
      know(known_bit<3>(padded(text)));
      continue;
    }
    const size_t at = rarest_part(text);
    for (const size_t gram : {at, at + 1}) {
      lead(gram_of(text.substr(gram)), text.substr(gram + 3), number, gram);
    }
    if (text.size() == 4) know(known_bit<4>(padded(text)));
    else know(known_bit<5>(padded(text.substr(at, kCompared))));
  }
  buckets_.resize(std::bit_ceil(2 * by_gram.size() + 2));
  for (const auto& [gram, anchors] : by_gram) {
    size_t place = first_bucket(gram, buckets_.size());
    while (buckets_[place].count != 0) place = (place + 1) & (buckets_.size() - 1);
    buckets_[place] = {static_cast<uint16_t>(gram), static_cast<uint16_t>(anchors_.size()),
                       static_cast<uint16_t>(anchors.size())};
    anchors_.insert(anchors_.end(), anchors.begin(), anchors.end());
  }
  if (anchors_.size() > 0xffff) throw Error("too many keywords");
}

}  // namespace pushguard
