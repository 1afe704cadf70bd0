// SPDX-License-Identifier: Apache-2.0
#include "regex/required_runs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>

#include "regex/syntax_tree.h"

namespace pushguard {
namespace {

// Roughly how often each byte occurs among 1,000 bytes of source text. What a run
// saves depends on it, and nothing else.
constexpr auto kFrequencies = [] {
  std::array<float, 256> all{};
  for (size_t byte = 0; byte < all.size(); ++byte) all[byte] = byte > ' ' && byte <= '~' ? 4 : 0.1f;
  for (size_t byte = 'a'; byte <= 'z'; ++byte) all[byte] = 22;
  for (size_t byte = 'A'; byte <= 'Z'; ++byte) all[byte] = 3;
  for (size_t byte = '0'; byte <= '9'; ++byte) all[byte] = 5;
  all[' '] = 130;
  all['\n'] = 30;
  all['_'] = 20;
  return all;
}();

constexpr float frequency(const ByteSet& bytes) {
  float sum = 0;
  for (size_t i = 0; i < bytes.words.size(); ++i) {
    for (uint64_t word = bytes.words[i]; word != 0; word &= word - 1) {
      sum += kFrequencies[i * 64 + static_cast<size_t>(std::countr_zero(word))];
    }
  }
  return sum;
}

constexpr float kEverything = frequency(kAllBytes);

// The byte of a set of one, else -1.
int32_t only_byte(const ByteSet& bytes) {
  for (int32_t byte = 0; byte < 256; ++byte) {
    ByteSet one;
    one.insert(static_cast<uint8_t>(byte));
    if (one == bytes) return byte;
  }
  return -1;
}

struct Found {
  RequiredRun run;
  float rarity;                               // bits of information
  std::span<const RegexPart> before, behind;  // parts around it
};

class Finder {
 public:
  explicit Finder(std::span<const std::string> keywords) : keywords_(keywords) {}

  // The rarest run in `parts`, with a size of 0 when none is rare enough.
  Found find(std::span<const RegexPart> parts) const {
    constexpr float kRareEnough = 4;
    Found best{{}, kRareEnough, {}, {}};
    for (size_t begin = 0; begin < parts.size(); ++begin) {
      if (parts[begin].shortest == 0) continue;
      RequiredRun run;
      float frequent = 0;
      for (size_t end = begin; end < parts.size() && run.bytes != kAllBytes; ++end) {
        frequent += frequency(parts[end].bytes - run.bytes);
        run.bytes |= parts[end].bytes;
        run.size += static_cast<uint32_t>(parts[end].shortest);
        if (parts[end].shortest == 0) continue;
        const float rarity = static_cast<float>(run.size) * std::log2(kEverything / frequent);
        if (rarity <= best.rarity || is_in_each_keyword(run)) continue;
        best = {run, rarity, parts.first(begin), parts.subspan(end + 1)};
      }
    }
    return best;
  }

 private:
  bool is_in_each_keyword(const RequiredRun& run) const {
    return !keywords_.empty() && std::ranges::all_of(keywords_, [&](const std::string& keyword) {
      return run.stands_in(keyword);
    });
  }

  std::span<const std::string> keywords_;
};

}  // namespace

std::vector<RequiredRun> required_runs(std::span<const RegexPart> parts,
                                       std::span<const std::string> keywords) {
  constexpr size_t kMostParts = 500;  // built-in rules have less than half
  const Finder finder(keywords);
  const Found rarest = finder.find(parts.first(std::min(parts.size(), kMostParts)));
  std::array<Found, 3> found{rarest, finder.find(rarest.before), finder.find(rarest.behind)};
  std::ranges::stable_sort(found, std::greater{}, &Found::rarity);
  std::vector<RequiredRun> runs;
  for (const Found& one : found) {
    if (one.run.size == 0) continue;
    runs.push_back(one.run);
    if (one.run.size == 1) runs.back().only = only_byte(one.run.bytes);
  }
  return runs;
}

bool met_in(std::span<const RequiredRun> runs, std::string_view text) {
  return std::ranges::all_of(runs, [&](const RequiredRun& run) { return run.stands_in(text); });
}

bool RequiredRun::stands_in(std::string_view text) const {
  if (only >= 0) return text.find(static_cast<char>(only)) != text.npos;
  // No run begins before `begin`; bytes from there to `known` are in `bytes`.
  size_t begin = 0, known = 0;
  while (text.size() - begin >= size) {
    const size_t end = begin + size;
    size_t at = end;
    while (at > known && bytes.contains(text[at - 1])) --at;
    if (at <= known) return true;
    begin = at;
    known = end;
  }
  return false;
}

}  // namespace pushguard
