// SPDX-License-Identifier: Apache-2.0
// Private keys for examples: the right structure with random numbers in it.
//
// They pass every check of structure, but are no keys. They are made at run time, so that the
// repository contains no text of a private key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "examples/random_text.h"

namespace pushguard {

// `name` is "der:rsa", "der:ec", "der:dsa" or "der:pkcs8" (binary), the same with "base64:" (lines
// of 64 digits), or with armor "pem:rsa", "pem:ec", "pem:pkcs8", "pem:dsa", "pem:rsa-encrypted",
// "pem:pkcs8-encrypted", "openssh:clear" or "openssh:encrypted"; returns nothing for other
// names. Lines end in a line feed, except the last.
std::optional<std::string> example_key(std::string_view name, RandomText& random);

}  // namespace pushguard
