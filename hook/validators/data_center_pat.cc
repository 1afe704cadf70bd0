// SPDX-License-Identifier: Apache-2.0
#include "validators/data_center_pat.h"

#include "codec/encodings.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

constexpr std::string_view kPrefix = "BBDC-";
constexpr size_t kRandomBytes = 20;

size_t body_start(std::string_view secret) {
  return secret.starts_with(kPrefix) ? kPrefix.size() : 0;
}

}  // namespace

Validation check_data_center_pat(std::string_view secret, int64_t) {
  const auto bytes = base64_decode(secret.substr(body_start(secret)));
  const size_t divider = bytes ? bytes->find(':') : std::string::npos;
  const bool holds = divider != std::string::npos && divider > 0 &&
                     consists_of(std::string_view(*bytes).substr(0, divider), kDigits) &&
                     bytes->size() - divider - 1 == kRandomBytes;
  return structure_verdict(holds, Validity::weakened);
}

void seal_data_center_pat(std::string& secret) {
  const size_t start = body_start(secret);
  auto bytes = base64_decode(std::string_view(secret).substr(start));
  if (!bytes || bytes->size() <= kRandomBytes + 1) return;
  const size_t divider = bytes->size() - kRandomBytes - 1;
  for (size_t i = 0; i < divider; ++i) {
    (*bytes)[i] = kDigits[static_cast<uint8_t>((*bytes)[i]) % kDigits.size()];
  }
  (*bytes)[divider] = ':';
  base64_overwrite(secret, start, *bytes);
}

}  // namespace pushguard
