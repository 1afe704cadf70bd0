// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/fingerprint.h"

#include <sodium.h>

#include <fmt/format.h>

namespace pushguard {

Fingerprint fingerprint(const Secret& secret, const SiteKey& key) {
  unsigned char mac[crypto_auth_hmacsha256_BYTES];
  const std::string_view bytes = secret.reveal_for_comparison();
  crypto_auth_hmacsha256(mac, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         key.data());
  std::string text;
  for (int i = 0; i < 8; ++i) text += fmt::format("{:02x}", mac[i]);
  return text;
}

bool is_fingerprint(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

}  // namespace pushguard
