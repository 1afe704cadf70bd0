// SPDX-License-Identifier: Apache-2.0
// The characters of a text that may be UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pushguard {

struct Character {
  static constexpr uint32_t kReplacement = 0xfffd;  // for what is no UTF-8

  uint32_t code;
  size_t size;  // in bytes
};

// The first character of `text`, which is not empty (Unicode, table 3-7). Of what is no UTF-8 the
// longest part that could still have become a character.
Character first_character(std::string_view text);

// Whether the character puts something on a screen: no blank, no control character, nothing that
// changes the direction of the text around it or that fonts leave out.
bool is_visible(uint32_t code);

}  // namespace pushguard
