// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/characters.h"

#include <algorithm>
#include <utility>

namespace pushguard {
namespace {

// Unicode's blanks, controls and what a font leaves out.
constexpr std::pair<uint32_t, uint32_t> kInvisible[] = {
    {0x7f, 0xa0},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},    {0x115f, 0x1160},
    {0x1680, 0x1680}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x2000, 0x200f},  {0x2028, 0x202f},
    {0x205f, 0x206f}, {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},  {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}};

}  // namespace

Character first_character(std::string_view text) {
  const auto byte = [&](size_t at) { return static_cast<uint8_t>(text[at]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xc2 || lead > 0xf4) return {Character::kReplacement, 1};
  const size_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  uint8_t least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  uint8_t most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  uint32_t code = lead & (0x7fu >> size);
  for (size_t at = 1; at < size; ++at) {
    if (at == text.size() || byte(at) < least || byte(at) > most) {
      return {Character::kReplacement, at};
    }
    code = code << 6 | (byte(at) & 0x3fu);
    least = 0x80;
    most = 0xbf;
  }
  return {code, size};
}

bool is_visible(uint32_t code) {
  return code > ' ' && std::ranges::none_of(kInvisible, [&](const auto& range) {
           return range.first <= code && code <= range.second;
         });
}

}  // namespace pushguard
