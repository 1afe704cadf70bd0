#include "detect/keyword_index.h"

#include <algorithm>
#include <array>
#include <bit>
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

// Up to three bytes; what is missing counts as zero.
uint32_t three_bytes(std::string_view bytes) {
  char padded[4] = {};
  std::copy(bytes.begin(), bytes.end(), padded);
  return load_gram(padded);
}

uint32_t gram_of(std::string_view bytes) { return gram_number(three_bytes(bytes)); }

// The place in `tails` of four bytes, without regard to letter case.
constexpr size_t kTailBits = 17;
size_t tail_bit(uint32_t word) { return (word | 0x20202020u) * 0x9e3779b1u >> (32 - kTailBits); }

constexpr uint8_t kAnyByte = 0xff;  // in the filter: whatever may follow the gram

bool starts_with_keyword(std::string_view content, std::string_view keyword) {
  return std::equal(keyword.begin(), keyword.end(), content.begin(), [](char k, char c) {
    return k == (c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
  });
}

// Where in the keyword the rarer of its pairs of neighbouring grams starts.
size_t rarest_pair(std::string_view keyword) {
  size_t best = 0;
  double least = 0;
  for (size_t at = 0; at + 4 <= keyword.size(); ++at) {
    const double sum = commonness(keyword.substr(at, 4)) + commonness(keyword.substr(at + 1, 4));
    if (at == 0 || sum < least) {
      least = sum;
      best = at;
    }
  }
  return best;
}

// The part of a keyword that is looked for: around its rarest pair, and no longer
// than kLongest, since around every seam between copied bytes as much is read.
std::string_view looked_for(std::string_view keyword) {
  if (keyword.size() <= KeywordIndex::kLongest) return keyword;
  const size_t pair = rarest_pair(keyword);
  const size_t most = keyword.size() - KeywordIndex::kLongest;
  return keyword.substr(std::min(most, pair + 5 - std::min(pair + 5, KeywordIndex::kLongest)),
                        KeywordIndex::kLongest);
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
  const size_t known = hits.size();
  // A keyword that starts at the range's last byte is found by a gram behind it.
  const size_t end = std::min(range.end + longest, content.size());
  std::array<size_t, 512> flagged;
  size_t position = range.begin;
  for (const size_t last = end < 4 ? 0 : end - 3; position < last;) {
    const size_t count = scan(filter.data(), content.data(), position, last, flagged);
    size_t left = 0;
    for (const size_t at : std::span(flagged).first(count)) {
      const uint32_t word = load_gram(content.data() + at);
      // Of keywords of three and four bytes, the gram may be the last: then
      // these with the byte before them are known.
      const uint32_t before = load_gram(content.data() + at - (at > 0));
      const size_t tail = tail_bit(word), whole = tail_bit(before);
      const uint64_t any = filter[gram_number(word)] == kAnyByte;
      flagged[left] = at;
      left += (tails[tail >> 6] >> (tail & 63) | (any & tails[whole >> 6] >> (whole & 63))) & 1;
    }
    for (const size_t at : std::span(flagged).first(left)) {
      look_up(content, at, gram_number(load_gram(content.data() + at)), range, hits);
    }
  }
  for (; position + 2 <= end; position += 2) {  // the last ones, behind which no four bytes stand
    const uint32_t gram = gram_of(content.substr(position, 3));
    if (filter[gram]) look_up(content, position, gram, range, hits);
  }
  std::sort(hits.begin() + static_cast<ptrdiff_t>(known), hits.end(),
            [](const KeywordHit& a, const KeywordHit& b) { return a.position < b.position; });
}

KeywordTables::KeywordTables(std::span<const std::span<const std::string_view>> keywords_of_rules)
    : filter_(kGramCount), tails_((size_t{1} << kTailBits) / 64) {
  std::map<std::string_view, std::set<uint16_t>> rules_by_keyword;
  for (size_t rule = 0; rule < keywords_of_rules.size(); ++rule) {
    for (const std::string_view keyword : keywords_of_rules[rule]) {
      rules_by_keyword[looked_for(keyword)].insert(static_cast<uint16_t>(rule));
    }
  }
  for (const auto& [text, rules] : rules_by_keyword) {
    keywords_.push_back({static_cast<uint32_t>(pool_.size()), static_cast<uint16_t>(text.size()),
                         static_cast<uint16_t>(rules_.size()), static_cast<uint16_t>(rules.size())});
    pool_ += text;
    rules_.insert(rules_.end(), rules.begin(), rules.end());
    longest_ = std::max(longest_, static_cast<uint32_t>(text.size()));
  }
  if (keywords_.size() > 0xffff || rules_.size() > 0xffff) throw Error("too many keywords");
  place_anchors();
}

void KeywordTables::place_anchors() {
  std::map<uint32_t, std::vector<KeywordIndex::Anchor>> by_gram;
  // `next` stands behind the gram in the keyword; nothing when the gram ends it.
  const auto lead = [&](uint32_t gram, std::string_view next, size_t keyword, size_t offset) {
    filter_[gram] |= next.empty() ? kAnyByte : kByteKinds[static_cast<uint8_t>(next[0])];
    by_gram[gram].push_back({static_cast<uint16_t>(keyword), static_cast<uint8_t>(offset)});
  };
  const auto know = [&](uint32_t word) {
    const size_t tail = tail_bit(word);
    tails_[tail >> 6] |= uint64_t{1} << (tail & 63);
  };
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
      for (uint32_t next = 0; next < 256; ++next) know(three_bytes(text) | next << 24);
      for (const uint32_t gram : grams) lead(gram, {}, number, 1);
      continue;
    }
    const size_t pair = rarest_pair(text);
    for (const size_t at : {pair, pair + 1}) {
      lead(gram_of(text.substr(at, 3)), text.substr(at + 3), number, at);
      // Where the gram is the last, the other's four bytes are the keyword's.
      if (at + 4 <= text.size()) know(load_gram(text.data() + at));
    }
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
