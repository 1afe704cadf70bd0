// SPDX-License-Identifier: Apache-2.0
// Whole tokens for examples, of the kinds whose text is an encoded record.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "examples/random_text.h"

namespace pushguard {

// With their prefixes: "jwt", "jwt:expired", "basic" (base64 of a user and a
// password), "pypi", "vault" (the long form), "jfrog", "sentry", and "glrt" (a
// routable GitLab token whose CRC is left to seal()). "uuid" is a bare one;
// "bip39:12", 15 and 24 are seed phrases of so many words.
// Nothing for other names.
std::optional<std::string> example_token(std::string_view name, RandomText& random);

}  // namespace pushguard
