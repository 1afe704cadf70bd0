// SPDX-License-Identifier: Apache-2.0
// References: values that say where a secret is, in the syntax of shells, template engines,
// secret managers and programming languages. Encrypted values are references too: reading
// them needs a key that is elsewhere.
#pragma once

#include <string_view>

namespace pushguard {

// Whether the whole value is a reference. False for a reference with a literal default
// (`${X:-text}`, `getenv("X", "text")`): the default may be a secret.
bool is_reference(std::string_view value);

}  // namespace pushguard
