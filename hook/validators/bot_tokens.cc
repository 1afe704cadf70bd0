// SPDX-License-Identifier: Apache-2.0
#include "validators/bot_tokens.h"

#include <optional>

#include "codec/checksums.h"
#include "codec/encodings.h"

namespace pushguard {
namespace {

constexpr size_t kIssuedSize = 6, kHmacSize = 27, kLongHmacSize = 38;

struct DiscordParts {
  std::string_view id, issued, hmac;
};

std::optional<DiscordParts> split_discord(std::string_view secret) {
  const size_t first = secret.find('.');
  if (first == secret.npos) return std::nullopt;
  const size_t second = secret.find('.', first + 1);
  if (second == secret.npos) return std::nullopt;
  return DiscordParts{secret.substr(0, first), secret.substr(first + 1, second - first - 1),
                      secret.substr(second + 1)};
}

// Decodes an id of Discord (a "snowflake"): base64 of 17 to 20 digits that fit in 64 bits.
std::optional<uint64_t> snowflake_in(std::string_view part) {
  const auto digits = base64_decode(part);
  if (!digits || digits->size() < 17 || digits->size() > 20) return std::nullopt;
  if (!consists_of(*digits, kDigits)) return std::nullopt;
  uint64_t id = 0;
  for (const char c : *digits) {
    const auto digit = static_cast<uint64_t>(c - '0');
    if (id > (UINT64_MAX - digit) / 10) return std::nullopt;
    id = id * 10 + digit;
  }
  return id;
}

int64_t created_at(uint64_t snowflake) {
  constexpr uint64_t kEpochMilliseconds = 1420070400000;  // 2015-01-01
  return static_cast<int64_t>(((snowflake >> 22) + kEpochMilliseconds) / 1000);
}

}  // namespace

Validation check_discord_token(std::string_view secret, int64_t now) {
  constexpr int64_t kSkew = 24 * 60 * 60;
  const Validation broken{Validity::weakened, "structure is not that of a bot token"};
  const auto parts = split_discord(secret);
  if (!parts) return broken;
  const auto id = snowflake_in(parts->id);
  if (!id || parts->issued.size() != kIssuedSize || !consists_of(parts->issued, kBase64Url) ||
      !consists_of(parts->hmac, kBase64Url) || parts->hmac.size() < kHmacSize ||
      parts->hmac.size() > kLongHmacSize) {
    return broken;
  }
  if (created_at(*id) - kSkew > now) return {Validity::weakened, "names a bot of the future"};
  return {Validity::unknown, "structure is valid"};
}

void seal_discord_token(std::string& secret) {
  const auto parts = split_discord(secret);
  if (!parts || parts->id.size() < 23 || parts->id.size() > 26) return;
  const std::string seed = to_base(crc32_of(parts->id), kDigits, 10);
  std::string digits = "10" + seed + seed;
  digits.resize(parts->id.size() * 6 / 8);
  const std::string id = base64url_encode(digits);
  if (id.size() == parts->id.size()) secret.replace(0, id.size(), id);
}

Validation check_telegram_bot(std::string_view secret, int64_t) {
  constexpr size_t kKeySize = 35;
  const size_t divider = secret.find(':');
  const bool holds = divider != secret.npos && divider >= 8 && divider <= 10 &&
                     consists_of(secret.substr(0, divider), kDigits) &&
                     secret.size() - divider - 1 == kKeySize &&
                     consists_of(secret.substr(divider + 1), kBase64Url);
  if (holds) return {Validity::unknown, "structure is valid"};
  return {Validity::weakened, "structure is not that of a bot token"};
}

}  // namespace pushguard
