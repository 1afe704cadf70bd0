// SPDX-License-Identifier: Apache-2.0
// The name of a secret in logs and in exceptions: HMAC-SHA-256 under the site's
// key, its first 64 bits as 16 hex digits.
//
// The same secret has the same fingerprint in every repository of the site. A new value
// has another one; a rebase or a move changes nothing.
// Rejected: plain SHA-256 (a weak password can be found by guessing), names made from the
// place (they survive a new value, but not a move).
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "vocabulary/secret.h"

namespace pushguard {

using Fingerprint = std::string;
using SiteKey = std::array<uint8_t, 32>;

Fingerprint fingerprint(const Secret& secret, const SiteKey& key);

bool is_fingerprint(std::string_view text);

}  // namespace pushguard
