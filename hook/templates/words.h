// SPDX-License-Identifier: Apache-2.0
// Placeholder words. A word counts only if it is not part of a longer word.
#pragma once

#include <span>
#include <string_view>

namespace pushguard {

// Whether most of `body` consists of placeholder words. `words` must be sorted and in lower
// case.
//
// The body is split where a reader sees words end: at every character that is no letter, and
// before a capital that follows a small letter. A piece counts if it is a word, or words
// without separators ("yourapikey"). The pieces of random text have one to three letters, or
// are too long to consist of words.
bool is_made_of_words(std::string_view body, std::span<const std::string_view> words);

}  // namespace pushguard
