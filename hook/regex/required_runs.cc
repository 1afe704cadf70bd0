// SPDX-License-Identifier: Apache-2.0
#include "regex/required_runs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "regex/reader.h"

namespace pushguard {
namespace {

// How many of 1,000 bytes are this one, in source text, roughly. Only what a need
// saves depends on it.
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

float frequency(const ByteSet& bytes) {
  float sum = 0;
  for (size_t byte = bytes._Find_first(); byte < bytes.size(); byte = bytes._Find_next(byte)) {
    sum += kFrequencies[byte];
  }
  return sum;
}

}  // namespace

RequiredRuns::RequiredRuns(std::string_view regex, std::span<const std::string_view> keywords) {
  constexpr size_t kMostParts = 500;  // built-in rules have less than half
  const RegexReader reader(regex);
  const std::span parts(reader.parts());
  const auto rarest = find_run(parts.first(std::min(parts.size(), kMostParts)), keywords);
  find_run(rarest.before, keywords);
  find_run(rarest.behind, keywords);
  std::ranges::sort(runs_, std::greater{}, &Run::rarity);
}

// Adds the rarest run that `parts` one behind the other hold, if it tells enough.
RequiredRuns::Around RequiredRuns::find_run(std::span<const RegexPart> parts,
                                            std::span<const std::string_view> keywords) {
  constexpr float kTelling = 4;
  static const float everything = frequency(ByteSet().set());
  Run best{{}, 0, kTelling};
  Around around;
  for (size_t begin = 0; begin < parts.size(); ++begin) {
    if (parts[begin].shortest == 0) continue;
    Run run;
    float frequent = 0;
    for (size_t end = begin; end < parts.size() && !run.bytes.all(); ++end) {
      frequent += frequency(parts[end].bytes & ~run.bytes);
      run.bytes |= parts[end].bytes;
      run.size += parts[end].shortest;
      if (parts[end].shortest == 0) continue;
      run.rarity = static_cast<float>(run.size) * std::log2(everything / frequent);
      if (run.rarity <= best.rarity || stands_in_each(run, keywords)) continue;
      best = run;
      around = {parts.first(begin), parts.subspan(end + 1)};
    }
  }
  if (best.size == 0) return around;
  if (best.size == 1 && best.bytes.count() == 1) {
    best.one = static_cast<char>(best.bytes._Find_first());
  }
  runs_.push_back(best);
  return around;
}

// What keywords hold tells nothing: one of them is there.
bool RequiredRuns::stands_in_each(const Run& run, std::span<const std::string_view> keywords) {
  return !keywords.empty() && std::ranges::all_of(keywords, [&](std::string_view keyword) {
    return run.stands_in(keyword);
  });
}

bool RequiredRuns::met_in(std::string_view text) const {
  return std::ranges::all_of(runs_, [&](const Run& run) { return run.stands_in(text); });
}

bool RequiredRuns::Run::stands_in(std::string_view text) const {
  if (one) return text.find(*one) != text.npos;
  // None begins before `begin`; bytes from there to `known` are among those of the run.
  size_t begin = 0, known = 0;
  while (text.size() - begin >= size) {
    const size_t end = begin + size;
    size_t at = end;
    while (at > known && bytes[static_cast<unsigned char>(text[at - 1])]) --at;
    if (at <= known) return true;
    begin = at;
    known = end;
  }
  return false;
}

}  // namespace pushguard
