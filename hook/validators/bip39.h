// SPDX-License-Identifier: Apache-2.0
// BIP-39 seed phrases: 12 to 24 words, the last of which holds a checksum.
//
// A phrase of 12 words passes by chance once in 16, so that the words are asked
// for as well. What fails is prose or an excerpt of the word list: `invalid`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// The word's place in the list; nothing for other words. Lower case.
std::optional<unsigned> bip39_index(std::string_view word);

// The phrase of 16, 20, 24, 28 or 32 bytes of entropy.
std::string bip39_phrase(std::string_view entropy);

// `secret` may go on after the phrase: words that are part of a shorter phrase
// in front of it are enough. Words may be apart by spaces, commas, quotes,
// line ends (also written as backslash and n), and numbers ("1. abandon").
Validation check_bip39_phrase(std::string_view secret, int64_t now);

}  // namespace pushguard
