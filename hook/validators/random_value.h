// SPDX-License-Identifier: Apache-2.0
// Whether the value after a name like "api_key" is a secret, for secrets that no rule of a
// provider matches.
//
// The structure of the value and the model of letter pairs (letter_pair_model.h) decide, never
// entropy alone. A value that was not drawn at random is `invalid`, that is dropped: paths,
// URLs, file names, identifiers, versions, dates, numbers, e-mail addresses, password
// hashes, digests with a label, and code. All others are `unknown`: nothing proves them, and
// their rules stay at "possible".
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// For keys and tokens drawn at random, of at least 12 characters. 99.6 % of random base62 of
// 16 characters pass, 99.3 % of base64 and 99.9 % of hex; of 12 characters, about three in
// four. 280 of 346,450 words of C, Python and Perl source pass, most of them digests.
Validation check_random_value(std::string_view secret, int64_t now);

// For tokens: as above, but a UUID is an id.
Validation check_token_text(std::string_view secret, int64_t now);

// For passwords: as above, or 8 to 64 characters with letters, digits and a special character,
// or a word and at least three digits. 935 of the same words pass.
Validation check_password_value(std::string_view secret, int64_t now);

// Whether `secret` passes check_random_value() by far: 20 characters or more, no UUID. What is
// written by hand as an example of a random value seldom is.
bool is_surely_random(std::string_view secret);

}  // namespace pushguard
