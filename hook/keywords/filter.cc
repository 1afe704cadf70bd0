// SPDX-License-Identifier: Apache-2.0
#include "keywords/filter.h"

#include "vocabulary/processor.h"

namespace pushguard {
namespace {

size_t flag(const uint8_t* grams, const char* text, size_t size, uint16_t* out) {
  size_t some = 0, count = 0;
  for (size_t at = 0; at < size; at += 2) {
    out[some] = static_cast<uint16_t>(at);
    some += grams[gram_number(static_cast<uint32_t>(load_word(text + at)))] != 0;
  }
  for (size_t i = 0; i < some; ++i) {
    const uint16_t at = out[i];
    const uint64_t word = load_word(text + at - 1);
    const uint8_t needed = beside(word & 0xff, word >> 32 & 0xff);
    out[count] = at;
    count += (grams[gram_number(static_cast<uint32_t>(word >> 8))] & needed) == needed;
  }
  return count;
}

size_t portable_scan(const KeywordFilter& filter, std::string_view content, Range range,
                     Flagged& out) {
  return scan_with<flag>(filter, content, range, out);
}

}  // namespace

#if defined(__x86_64__)
size_t avx2_filter_scan(const KeywordFilter& filter, std::string_view content, Range range,
                        Flagged& out);
#endif

FilterScan portable_filter_scan() { return portable_scan; }

FilterScan filter_scan() {
#if defined(__x86_64__)
  if (has_vector_instructions()) return avx2_filter_scan;
#endif
  return portable_scan;
}

}  // namespace pushguard
