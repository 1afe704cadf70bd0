// SPDX-License-Identifier: Apache-2.0
// Private keys in textual armor ("-----BEGIN ..."), read as leniently as any program loads them.
//
// OpenSSL, Go, Python and OpenSSH do not agree on headers, blanks, the length of lines, bytes that
// are no base64, and where a BEGIN line may stand; people put keys into strings, comments and
// YAML, too. The armor is therefore read in several ways, and a key that one of them gives is a
// key. The label is not asked: OpenSSL loads a private key as "PUBLIC KEY". What is no key by its
// structure ends after a few bytes, and all readings of one content share one Effort.
// Rejected: a regex of all that (no length bounds thousands of empty lines), and the readings of
// each program to the letter (a byte that one of them refuses does not make a key less one).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

inline constexpr std::string_view kArmorBegin = "-----BEGIN ", kArmorEnd = "-----END",
                                  kArmorRule = "-----";

struct ArmoredKey {
  enum class Kind : uint8_t { clear, encrypted };
  Kind kind = Kind::clear;
  std::string bytes;  // DER, or OpenSSH's own format
};

// The key in the armor that begins at `begin` of `content`. Without one, `extent` says why not;
// else where the armor ends, with its END line if it has one.
std::optional<ArmoredKey> read_armor(std::string_view content, size_t begin, Effort& effort,
                                     Extent& extent);

// For Validator::extend.
Extent extent_of_armor(std::string_view content, size_t begin, Effort& effort);

// The kind of key that `bytes` begins with; nothing if it is none.
std::optional<ArmoredKey::Kind> kind_of_key(std::string_view bytes);

}  // namespace pushguard
