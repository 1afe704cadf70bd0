// SPDX-License-Identifier: Apache-2.0
// Placeholder words: "your-api-key", "changeme", "p@ssw0rd123".
#pragma once

#include <span>
#include <string_view>

namespace pushguard {

// Whether most letters and digits of `body` (60 %; 40 % if all of it looks like words) belong
// to placeholder words, or all of it does once digits at its end are cut off and other digits
// and signs are read as letters ("p@ssw0rd123"). `words` must be sorted and in lower case.
//
// `body` is split at every character that is not a letter, and before a capital after a small
// letter. A piece counts only if the whole of it is one word, or several without separators
// ("yourapikey"). Pieces of random text have one to three letters, or are too long for that.
bool is_made_of_words(std::string_view body, std::span<const std::string_view> words);

}  // namespace pushguard
