#include "detect/keyword_filter.h"

namespace pushguard {

#if defined(__x86_64__)
size_t bmi2_filter_scan(const uint8_t* filter, const char* content, size_t& begin, size_t end,
                        std::span<size_t> out);
#endif

FilterScan portable_filter_scan() { return scan_with<gram_number>; }

FilterScan filter_scan() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("bmi2")) return bmi2_filter_scan;
#endif
  return portable_filter_scan();
}

}  // namespace pushguard
