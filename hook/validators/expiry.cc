// SPDX-License-Identifier: Apache-2.0
#include "validators/expiry.h"

#include <algorithm>
#include <chrono>

#include "codec/encodings.h"

namespace pushguard {

bool is_expired(int64_t expiry, int64_t now) {
  constexpr int64_t kSkew = 24 * 60 * 60;
  return now > 0 && expiry < now - kSkew;
}

std::string day_of(int64_t seconds) {
  constexpr int64_t kLastSecond = 253402300799;  // 9999-12-31 23:59:59
  const std::chrono::sys_seconds moment{
      std::chrono::seconds{std::clamp<int64_t>(seconds, 0, kLastSecond)}};
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(moment)};
  return to_base(static_cast<unsigned>(static_cast<int>(day.year())), kDigits, 4) + "-" +
         to_base(static_cast<unsigned>(day.month()), kDigits, 2) + "-" +
         to_base(static_cast<unsigned>(day.day()), kDigits, 2);
}

std::string expired_note(int64_t expiry) { return "expired on " + day_of(expiry); }

}  // namespace pushguard
