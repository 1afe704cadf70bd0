// SPDX-License-Identifier: Apache-2.0
// Is the value of a secret-named key a secret? What no other rule knows.
//
// Judged by how it is built and by the letters' model (letter_pair_model.h), never
// by entropy alone. `invalid`, so dropped, is what is written and not drawn:
// paths, URLs, files, identifiers, versions, dates, numbers, UUIDs, e-mail
// addresses, password hashes, digests that say so, and code. The rest is
// `unknown`: nothing proves such a value, and its rule stays at "possible".
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// A key or token drawn at random: 12 characters at least. Of random base62,
// base64 and hex of 16, 99.6 %, 99.3 % and 99.9 % pass, of 12 about three in
// four; of 346,450 words of C, Python and Perl source 280 do, most of them
// digests.
Validation check_random_value(std::string_view secret, int64_t now);

// A password: as above, or 8 to 64 characters with letters, digits and a mark,
// or a word and three digits or more. Of the same words 935 pass.
Validation check_password_value(std::string_view secret, int64_t now);

}  // namespace pushguard
