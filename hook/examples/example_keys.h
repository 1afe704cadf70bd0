// SPDX-License-Identifier: Apache-2.0
// Private keys for examples: right structures around random numbers.
//
// They pass every check of shape and are no keys. Made at run time, so that no
// private key's text stands in the repository.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "examples/random_text.h"

namespace pushguard {

// `name` is "pem:rsa", "pem:ec", "pem:pkcs8", "pem:dsa", "pem:rsa-encrypted",
// "pem:pkcs8-encrypted", "openssh:clear" or "openssh:encrypted"; nothing for
// others. Line ends are real, there is none after the last line.
std::optional<std::string> example_key(std::string_view name, RandomText& random);

}  // namespace pushguard
