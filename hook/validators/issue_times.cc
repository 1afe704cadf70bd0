// SPDX-License-Identifier: Apache-2.0
#include "validators/issue_times.h"

#include <algorithm>

#include "codec/encodings.h"
#include "validators/expiry.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr size_t kObjectIdSize = 24, kUlidSize = 26;
constexpr size_t kSecondsDigits = 8, kMillisecondsDigits = 10;
constexpr std::string_view kCrockford = "0123456789abcdefghjkmnpqrstvwxyz";

// The start of the first run of letters and digits that has exactly this size and only
// characters of `alphabet`, which is in lower case; npos if there is none.
size_t find_run(std::string_view text, size_t size, std::string_view alphabet) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_not_of(kBase62UpperFirst, at), text.size());
    if (end - at == size && consists_of(to_lower(text.substr(at, size)), alphabet)) return at;
    at = end + 1;
  }
  return text.npos;
}

int64_t number_in(std::string_view digits, std::string_view alphabet) {
  int64_t number = 0;
  for (const char c : to_lower(digits)) {
    number =
        number * static_cast<int64_t>(alphabet.size()) + static_cast<int64_t>(alphabet.find(c));
  }
  return number;
}

Validation judge(int64_t issued, int64_t now) {
  constexpr int64_t kEarliest = 1325376000;  // 2012-01-01
  constexpr int64_t kSkew = 24 * 60 * 60;
  if (issued < kEarliest || issued - kSkew > now) {
    return {Validity::weakened, "names an impossible time of issue"};
  }
  return {Validity::unknown, "issued on " + day_of(issued)};
}

}  // namespace

Validation check_object_id_time(std::string_view secret, int64_t now) {
  const size_t at = find_run(secret, kObjectIdSize, kHexLower);
  if (at == secret.npos) return {};
  return judge(number_in(secret.substr(at, kSecondsDigits), kHexLower), now);
}

void seal_object_id_time(std::string& secret) {
  constexpr std::string_view kIn2022 = "62";
  const size_t at = find_run(secret, kObjectIdSize, kHexLower);
  if (at != secret.npos) secret.replace(at, kIn2022.size(), kIn2022);
}

Validation check_ulid_time(std::string_view secret, int64_t now) {
  const size_t at = find_run(secret, kUlidSize, kCrockford);
  if (at == secret.npos) return {Validity::weakened, "holds no id with a time of issue"};
  constexpr int64_t kMilliseconds = 1000;
  return judge(number_in(secret.substr(at, kMillisecondsDigits), kCrockford) / kMilliseconds, now);
}

void seal_ulid_time(std::string& secret) {
  constexpr std::string_view kIn2022 = "01g";
  const size_t at = find_run(secret, kUlidSize, kBase36);
  if (at == secret.npos) return;
  // Crockford's alphabet does not have i, l, o and u.
  const bool is_upper = secret.find_first_of(kUpper, at) < at + kUlidSize;
  for (size_t i = at; i < at + kUlidSize; ++i) {
    if (std::string_view("ilouILOU").find(secret[i]) != std::string_view::npos) secret[i] = '7';
  }
  secret.replace(at, kIn2022.size(), kIn2022);
  if (is_upper) secret[at + 2] = 'G';
}

}  // namespace pushguard
