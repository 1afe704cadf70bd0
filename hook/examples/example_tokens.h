// SPDX-License-Identifier: Apache-2.0
// Whole tokens for examples: those that consist of an encoded record.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "examples/random_text.h"

namespace pushguard {

// `name` is "jwt", "jwt:expired", "basic" (base64 of a user and a password), "pypi", "vault"
// (the long form), "jfrog", "sentry", "glrt" (a routable GitLab token without its right CRC,
// which the validator's seal() sets), "uuid", or "bip39:12", "bip39:15" or "bip39:24" (a seed
// phrase of that many words). Tokens have their prefixes. Returns nothing for other names.
std::optional<std::string> example_token(std::string_view name, RandomText& random);

}  // namespace pushguard
