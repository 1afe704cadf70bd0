// SPDX-License-Identifier: Apache-2.0
#include "validators/signed_urls.h"

#include <charconv>
#include <chrono>
#include <string>

#include "codec/encodings.h"
#include "validators/expiry.h"
#include "validators/verdict.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

// The decoded value of the parameter; nothing when `query` has no such parameter.
std::optional<std::string> parameter(std::string_view query, std::string_view name) {
  for (size_t at = 0; (at = query.find(name, at)) != query.npos; at += name.size()) {
    const bool starts = at == 0 || std::string_view("?&;").find(query[at - 1]) != query.npos;
    const std::string_view rest = query.substr(at + name.size());
    if (!starts || !rest.starts_with('=')) continue;
    return percent_decode(rest.substr(1, rest.find_first_of("&\"'<> \r\n\t\\", 1) - 1));
  }
  return std::nullopt;
}

std::optional<int64_t> number_in(std::string_view digits) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number < 0) return {};
  return number;
}

// Parses a date, or a date and a time, of ISO 8601 in UTC, with or without separators.
std::optional<int64_t> moment_in(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(0, text.find('.'))) {
    if (kDigits.find(c) != kDigits.npos)
      digits += c;
    else if (std::string_view("-:TZ").find(c) == std::string_view::npos)
      return std::nullopt;
  }
  constexpr size_t kDay = 8, kMinute = 12, kSecond = 14;
  if (digits.size() != kDay && digits.size() != kMinute && digits.size() != kSecond) return {};
  digits.resize(kSecond, '0');
  const auto field = [&](size_t at, size_t size) {
    return static_cast<unsigned>(*number_in(std::string_view(digits).substr(at, size)));
  };
  const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(field(0, 4))},
                                        std::chrono::month{field(4, 2)},
                                        std::chrono::day{field(6, 2)}};
  if (!day.ok()) return std::nullopt;
  const auto midnight = std::chrono::sys_days{day}.time_since_epoch();
  const auto time = std::chrono::hours{field(8, 2)} + std::chrono::minutes{field(10, 2)} +
                    std::chrono::seconds{field(12, 2)};
  return std::chrono::duration_cast<std::chrono::seconds>(midnight + time).count();
}

}  // namespace

std::optional<int64_t> expiry_of_signed_url(std::string_view query) {
  if (const auto end = parameter(query, "se")) {
    const auto epoch = number_in(*end);  // Service Bus and IoT Hub write seconds
    constexpr int64_t kFirstDate = 1000'00'00, kLastDate = 9999'99'99;
    if (epoch && (*epoch < kFirstDate || *epoch > kLastDate)) return epoch;
    return moment_in(*end);
  }
  for (const auto& [date, seconds] :
       {std::pair{"X-Amz-Date", "X-Amz-Expires"}, {"X-Goog-Date", "X-Goog-Expires"}}) {
    const auto start = parameter(query, date), length = parameter(query, seconds);
    if (!start || !length) continue;
    const auto moment = moment_in(*start), count = number_in(*length);
    constexpr int64_t kLongest = 366 * 24 * 60 * 60;
    if (moment && count && *count <= kLongest) return *moment + *count;
  }
  if (const auto end = parameter(query, "Expires")) return number_in(*end);
  return std::nullopt;
}

Validation check_signed_url(std::string_view secret, int64_t now) {
  const auto expiry = expiry_of_signed_url(secret);
  if (!expiry) return {};
  if (is_expired(*expiry, now)) return {Validity::weakened, expired_note(*expiry)};
  return {Validity::unknown, "works until " + day_of(*expiry)};
}

Validation check_bedrock_key(std::string_view secret, int64_t now) {
  constexpr std::string_view kLong = "ABSK", kShort = "bedrock-api-key-";
  if (secret.starts_with(kLong)) {
    const auto text = base64_decode(secret.substr(kLong.size()));
    return structure_verdict(
        text && to_lower(*text).starts_with("bedrockapikey-") && text->find(':') != text->npos,
        Validity::weakened);
  }
  if (!secret.starts_with(kShort)) return {};
  const auto url = base64_decode(secret.substr(kShort.size()));
  if (!url) return structure_verdict(false, Validity::weakened);
  return check_signed_url(*url, now);
}

}  // namespace pushguard
