// SPDX-License-Identifier: Apache-2.0
// Placeholder words, counted only where they stand as words.
#pragma once

#include <span>
#include <string_view>

namespace pushguard {

// True if `body` consists of placeholder words, for the most part. `words` is
// sorted and in lower case.
//
// The body is cut where a reader sees words end: at everything that is no
// letter, and where a capital follows a small letter. A piece counts if it is
// a word or words joined ("yourapikey"). Random text gives pieces of one to
// three letters, or pieces too long to be words throughout.
bool is_made_of_words(std::string_view body, std::span<const std::string_view> words);

}  // namespace pushguard
