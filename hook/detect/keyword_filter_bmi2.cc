// Compiled for processors with BMI2 (every one that has AVX2); nothing else
// may be in this file, since it runs nowhere else.
#include "detect/keyword_filter.h"

#if defined(__BMI2__)
#include <immintrin.h>

namespace pushguard {
namespace {

inline uint32_t extracted(uint32_t word) { return _pext_u32(word, kGramMask); }

}  // namespace

size_t bmi2_filter_scan(const uint8_t* filter, const char* content, size_t& begin, size_t end,
                        std::span<size_t> out) {
  return scan_with<extracted>(filter, content, begin, end, out);
}

}  // namespace pushguard
#endif
