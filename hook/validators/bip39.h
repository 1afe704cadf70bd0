// SPDX-License-Identifier: Apache-2.0
// BIP-39 seed phrases: 12 to 24 words of a fixed list of 2048; the last word contains a
// checksum.
//
// The checksum alone proves little: for a phrase of 12 words, one in 16 is right by chance. So
// all words must be in the list as well. A text that fails is prose or an excerpt of the list:
// `invalid`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// The index of `word`, in lower case, in the list; nothing for other words.
std::optional<unsigned> bip39_index(std::string_view word);

// The phrase for 16, 20, 24, 28 or 32 bytes of entropy.
std::string bip39_phrase(std::string_view entropy);

// `secret` starts with the phrase and may continue after it: its first 12, 15, 18, 21 or 24
// words are tried. Anything but letters may separate words: spaces, commas, quotes, line ends
// (also escaped, "\n"), and numbers ("1. abandon").
Validation check_bip39_phrase(std::string_view secret, int64_t now);

}  // namespace pushguard
