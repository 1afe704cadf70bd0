// SPDX-License-Identifier: Apache-2.0
// `clientSecret = "client_secret"`: a value that only repeats the name of its key.
//
// A token may stand before itself as a name, too, written with other signs or in the other case,
// so the value must also read as a name does.
#pragma once

#include <string_view>

namespace pushguard {

// Whether the key before `value` equals it; letter case and all characters except letters and
// digits are ignored. `before` ends where `value` begins. Between key and value there must be
// 1 to 12 quotes, blanks and signs of an assignment, and not blanks alone. `value` without
// `literal_prefix`, which every secret of its rule starts with, must read as a name.
bool is_own_name(std::string_view before, std::string_view value, std::string_view literal_prefix);

// Whether `text` consists of words as people join them in names ("stripeWebhook_key2"): it has
// at most two digits, and each piece is in one case or capitalised, is 24 letters at most, and
// can be spoken. Random text of the size of a token almost never is.
bool reads_as_name(std::string_view text);

}  // namespace pushguard
