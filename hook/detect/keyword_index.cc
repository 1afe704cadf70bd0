#include "detect/keyword_index.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <set>

#include "error.h"

namespace pushguard {
namespace {

constexpr uint32_t kFold = 0x20202020;  // makes ASCII letters lower case
constexpr uint32_t kThree = 0x00ffffff;

uint32_t load(const char* bytes) {
  uint32_t word;
  std::memcpy(&word, bytes, 4);
  return word | kFold;
}

uint32_t load(std::string_view bytes) {
  char padded[4] = {};
  std::memcpy(padded, bytes.data(), std::min<size_t>(4, bytes.size()));
  return load(padded);
}

uint32_t filter_bit(uint32_t gram) { return (gram * 0x9e3779b1u) >> 16; }

size_t first_bucket(uint32_t gram, size_t bucket_count) {
  return (gram * 0x85ebca6bu >> 8) & (bucket_count - 1);
}

const KeywordIndex::Bucket* find_bucket(std::span<const KeywordIndex::Bucket> buckets,
                                        uint32_t gram) {
  for (size_t i = first_bucket(gram, buckets.size());; i = (i + 1) & (buckets.size() - 1)) {
    if (buckets[i].gram == gram) return &buckets[i];
    if (buckets[i].gram == 0) return nullptr;
  }
}

bool starts_with_keyword(std::string_view content, std::string_view keyword) {
  if (content.size() < keyword.size()) return false;
  return std::equal(keyword.begin(), keyword.end(), content.begin(), [](char k, char c) {
    return k == (c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
  });
}

uint32_t gram_of(std::string_view keyword) {
  return keyword.size() > 3 ? load(keyword) : load(keyword) & kThree;
}

}  // namespace

void KeywordIndex::find(std::string_view content, Range range,
                        std::vector<KeywordHit>& hits) const {
  const auto look_up = [&](size_t position, uint32_t gram) {
    for (const uint32_t key : {gram, gram & kThree}) {
      const Bucket* bucket = find_bucket(buckets, key);
      if (!bucket) continue;
      for (uint32_t i = bucket->first; i < uint32_t{bucket->first} + bucket->count; ++i) {
        if (starts_with_keyword(content.substr(position), keywords[i].text)) {
          hits.push_back({i, position});
        }
      }
    }
  };
  const auto passes = [&](uint32_t gram) {
    const uint32_t bit = filter_bit(gram);
    return filter[bit >> 6] >> (bit & 63) & 1;
  };
  size_t position = range.begin;
  for (; position < range.end && position + 4 <= content.size(); ++position) {
    const uint32_t gram = load(content.data() + position);
    if (passes(gram)) [[unlikely]] look_up(position, gram);
  }
  for (; position < range.end; ++position) {
    const uint32_t gram = load(content.substr(position));
    if (passes(gram)) look_up(position, gram);
  }
}

KeywordTables::KeywordTables(std::span<const std::span<const std::string_view>> keywords_of_rules)
    : filter_(1024) {
  std::map<uint32_t, std::map<std::string_view, std::set<uint16_t>>> by_gram;
  for (size_t rule = 0; rule < keywords_of_rules.size(); ++rule) {
    for (const std::string_view keyword : keywords_of_rules[rule]) {
      by_gram[gram_of(keyword)][keyword].insert(static_cast<uint16_t>(rule));
    }
  }
  buckets_.resize(std::bit_ceil(2 * by_gram.size() + 2));
  for (const auto& [gram, group] : by_gram) {
    size_t place = first_bucket(gram, buckets_.size());
    while (buckets_[place].gram != 0) place = (place + 1) & (buckets_.size() - 1);
    buckets_[place] = {gram, static_cast<uint16_t>(keywords_.size()),
                       static_cast<uint16_t>(group.size())};
    for (const auto& [text, rules] : group) {
      keywords_.push_back({text, static_cast<uint16_t>(rules_.size()),
                           static_cast<uint16_t>(rules.size())});
      rules_.insert(rules_.end(), rules.begin(), rules.end());
    }
    const auto pass = [&](uint32_t full) {
      filter_[filter_bit(full) >> 6] |= uint64_t{1} << (filter_bit(full) & 63);
    };
    if (gram > kThree) {
      pass(gram);
    } else {
      for (uint32_t last = 0; last < 256; ++last) pass(gram | (last | 0x20) << 24);
    }
  }
  if (keywords_.size() > 0xffff || rules_.size() > 0xffff) throw Error("too many keywords");
}

}  // namespace pushguard
