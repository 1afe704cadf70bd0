// SPDX-License-Identifier: Apache-2.0
// References: values that say where a secret is, in the syntax of shells,
// template engines, secret managers and programming languages. Encrypted values
// count as well: whoever reads them needs a key that is elsewhere.
#pragma once

#include <string_view>

namespace pushguard {

// True if the whole value is a reference. One that carries a literal default
// (`${X:-text}`, `getenv("X", "text")`) is not: the default may be a secret.
bool is_reference(std::string_view value);

}  // namespace pushguard
