// SPDX-License-Identifier: Apache-2.0
// Placeholder words: "your-api-key", "changeme", "p@ssw0rd123".
#pragma once

#include <span>
#include <string_view>

namespace pushguard {

// Whether most letters and digits of `body` (60 %; 40 % if all of it looks like words) belong
// to placeholder words, or each piece between joints does once digits around it are cut off and
// other digits and signs are read as letters ("p@ssw0rd123", "Y0uR_P4ss_H3r3"). `words` must be
// sorted and in lower case.
//
// `body` is split at every character that is not a letter, and before a capital after a small
// letter. A piece counts only if the whole of it is one word, or several without separators
// ("yourapikey"). Pieces of random text have one to three letters, or are too long for that.
bool is_made_of_words(std::string_view body, std::span<const std::string_view> words);

// Whether one of the pieces is a word of four letters or more, or ends in one of six or more
// ("myapppassword").
bool has_placeholder_word(std::string_view body, std::span<const std::string_view> words);

}  // namespace pushguard
