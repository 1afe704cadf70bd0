// SPDX-License-Identifier: Apache-2.0
// Whether a token can begin at a place, by what stands before it.
//
// `sk_live_` begins a token behind a sign, a blank or nothing; in `task_live_` and in base64 it
// is part of something longer. A letter or digit before it may end an escape, though (`\n`, `%3D`,
// `\u003d`, `ESC[1m`), be an option of one letter (`curl -uTOKEN`), or be the length before a
// text in a binary record.
// Rejected: `\b` in each regex (it refuses `_`, and takes escapes for words); no look to the left
// (names that end like a prefix are many).
#pragma once

#include <cstddef>
#include <string_view>

namespace pushguard {

// Whether the letters or digits before `begin` go on in a token that would begin there.
bool is_inside_word(std::string_view content, size_t begin);

// Whether `+` or `/` before `begin` is a digit of base64, as in a `data:` URL, and no sign or path.
bool is_inside_base64(std::string_view content, size_t begin);

}  // namespace pushguard
