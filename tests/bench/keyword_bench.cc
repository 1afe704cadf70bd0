// SPDX-License-Identifier: Apache-2.0
// Measures the passes over every fresh byte, without the rest of a scan: the search for all
// built-in keywords and for encoded text, compared with reading the bytes.
// usage: keyword_bench FILE...     prints one JSON object
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "decode/finder.h"
#include "keywords/filter.h"
#include "rules/built_in.h"

namespace {

using pushguard::KeywordHit;

// The best of several rounds, in 10^9 bytes per second.
template <typename Work>
double speed(size_t bytes, Work work) {
  double best = 1e9;
  for (int round = 0; round < 9; ++round) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    best = std::min(best, time.count());
  }
  return static_cast<double>(bytes) / best / 1e9;
}

}  // namespace

int main(int argc, char** argv) {
  std::string text;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    text.append(std::istreambuf_iterator<char>(file), {});
    if (!file) return 2;
  }
  const auto& index = pushguard::built_in_rules().keywords;

  std::vector<KeywordHit> hits;
  const double pass = speed(text.size(), [&] {
    hits.clear();
    index.find(text, {0, text.size()}, hits);
  });
  size_t flagged = 0;
  const auto filter = [&](pushguard::FilterScan scan) {
    return speed(text.size(), [&] {
      pushguard::Flagged out;
      const pushguard::KeywordFilter tables{index.filter.data(), index.near.data(),
                                            index.known.data()};
      flagged = 0;
      for (size_t at = 1; at < text.size(); at += pushguard::kMostScanned) {
        flagged +=
            scan(tables, text, {at, std::min(text.size(), at + pushguard::kMostScanned)}, out);
      }
    });
  };
  const double fastest = filter(pushguard::filter_scan());
  const double portable = filter(pushguard::portable_filter_scan());
  const pushguard::Range whole{0, text.size()};
  size_t ranges = 0;
  const double encodings = speed(text.size(), [&] {
    ranges = pushguard::find_encoded(text, {&whole, 1}).ranges.size();
  });
  // The upper bound: reading memory with one comparison for each byte.
  const volatile char absent = 1;
  size_t found = 0;
  const double reading = speed(text.size(), [&] {
    for (const char* at = text.data();
         (at = static_cast<const char*>(
              std::memchr(at, absent, text.size() - static_cast<size_t>(at - text.data()))));
         ++at) {
      ++found;
    }
  });
  fmt::print("{{\"bytes\": {}, \"keywords\": {}, \"hits\": {}, \"flagged_per_mille\": {:.3f}, "
             "\"pass_gb_s\": {:.2f}, \"filter_gb_s\": {:.2f}, \"portable_filter_gb_s\": {:.2f}, "
             "\"encodings_gb_s\": {:.2f}, \"ranges\": {}, \"memchr_gb_s\": {:.2f}}}\n",
             text.size(), index.keywords.size(), hits.size(),
             1000.0 * static_cast<double>(flagged) / static_cast<double>(text.size()), pass,
             fastest, portable, encodings, ranges, reading);
  return found == text.size();
}
