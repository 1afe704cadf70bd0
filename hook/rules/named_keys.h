// SPDX-License-Identifier: Apache-2.0
// The vendors whose keys only a name tells: `MAILBOXLAYER_ACCESS_KEY=...`.
//
// Hundreds of vendors issue keys that are some 20 to 64 characters of one alphabet. The generic
// rule finds such a value beside a name that says key, token or secret; this table
// (rules/named-keys.toml) says whose it is, if the vendor's name stands with it: in the same
// identifier, in the line before it, or in a section around it. A vendor's rule has no keywords.
// Its regex matches the whole value.
// Rejected: a rule with a keyword for each vendor (each text pays for every keyword, and names
// are as short as four bytes), and the nearest name anywhere before the value (in a file of
// settings that is the neighbour's).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

struct NamedKey {
  std::string_view name;  // lower-case letters and digits, without what stands between words
  uint16_t rule;          // its number
  bool is_word;           // a word of English: counts only in the identifier
};

// Appends the numbers of the rules whose vendor is named with the secret's name at `name`, the
// nearest first; a rule may come twice. `keys` is sorted by name. Reads at most kNamedKeyReach
// bytes before `name`.
inline constexpr size_t kNamedKeyReach = 1024;
void find_named_keys(std::span<const NamedKey> keys, std::string_view content, Range name,
                     std::vector<uint16_t>& rules);

// The shape of a value as a pattern of examples ("key_{hex:32}", and "{b62:20-40}" for 20 to 40
// characters), as a regex and as a pattern of the longest value. Throws Error.
struct KeyShape {
  std::string regex, example;
  size_t size = 0;  // of the longest value
};
KeyShape read_key_shape(std::string_view pattern);

// A name in the forms in which an identifier has it: "New York Times" is "newyorktimes" in the
// table, and an identifier may be "NEW_YORK_TIMES" or "newYorkTimes".
std::string joined_name(std::string_view name);
std::string upper_name(std::string_view name);
std::string camel_name(std::string_view name);

}  // namespace pushguard
