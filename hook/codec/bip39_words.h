// SPDX-License-Identifier: Apache-2.0
// The English word list of BIP-39: 2048 words, in order, separated by single spaces.
//
// Source: github.com/bitcoin/bips, bip-0039/english.txt (MIT). A test compares the list with
// the SHA-256 of that file.
#pragma once

#include <string_view>

namespace pushguard {

extern const std::string_view kBip39Text;

}  // namespace pushguard
