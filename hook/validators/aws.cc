// SPDX-License-Identifier: Apache-2.0
#include "validators/aws.h"

#include "codec/encodings.h"

namespace pushguard {

std::optional<std::string> aws_account_of(std::string_view key_id) {
  constexpr size_t kPrefixSize = 4, kSize = 20, kAccountBytes = 6;
  constexpr uint64_t kAccountBits = 0x7fffffffff80;
  if (key_id.size() != kSize || key_id.find_first_of(kLower) != key_id.npos) return std::nullopt;
  const auto bytes = base32_decode(key_id.substr(kPrefixSize));
  if (!bytes) return std::nullopt;
  uint64_t number = 0;
  for (const char c : std::string_view(*bytes).substr(0, kAccountBytes)) {
    number = number << 8 | static_cast<uint8_t>(c);
  }
  return to_base((number & kAccountBits) >> 7, kDigits, 12);
}

Validation check_aws_key_id(std::string_view secret, int64_t) {
  if (secret.ends_with("EXAMPLE")) return {Validity::invalid, "is a key of the documentation"};
  // In ids from before 2019 the fifth character is I or J; they contain no account.
  const bool is_old = secret.size() > 4 && (secret[4] == 'I' || secret[4] == 'J');
  const auto account = is_old ? std::nullopt : aws_account_of(secret);
  return {Validity::unknown, account ? "account " + *account : ""};
}

}  // namespace pushguard
