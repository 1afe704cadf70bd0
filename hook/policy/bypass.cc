// SPDX-License-Identifier: Apache-2.0
#include "policy/bypass.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace pushguard {
namespace {

constexpr std::string_view kNamespace = "pushguard.";
constexpr std::string_view kAllow = "pushguard.allow=";
constexpr size_t kShortestReason = 10;

// Code points that show nothing: Unicode's blanks, controls and what a font leaves out.
constexpr std::pair<uint32_t, uint32_t> kInvisible[] = {
    {0x7f, 0xa0},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},    {0x115f, 0x1160},
    {0x1680, 0x1680}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x2000, 0x200f},  {0x2028, 0x202f},
    {0x205f, 0x206f}, {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},  {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}};

bool is_visible(uint32_t c) {
  return c > ' ' && std::ranges::none_of(kInvisible, [&](const auto& range) {
           return range.first <= c && c <= range.second;
         });
}

// Takes a character of UTF-8; a byte that is none of it counts as one.
std::pair<std::string_view, uint32_t> take_character(std::string_view& text) {
  const auto first = static_cast<uint8_t>(text[0]);
  const size_t size = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
  uint32_t code = size == 1 ? first : first & (0xff >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    const auto next = i < text.size() ? static_cast<uint8_t>(text[i]) : uint8_t{0};
    if ((next & 0xc0) != 0x80) {
      text.remove_prefix(1);
      return {"?", '?'};
    }
    code = code << 6 | (next & 0x3f);
  }
  const std::string_view bytes = text.substr(0, size);
  text.remove_prefix(size);
  return {bytes, code};
}

// A reason as people see it: what shows nothing becomes one blank, and none at its ends. How
// many characters it has.
std::pair<std::string, size_t> as_seen(std::string_view text) {
  std::string seen;
  size_t characters = 0;
  bool blank = false;
  while (!text.empty()) {
    const auto [bytes, code] = take_character(text);
    if (!is_visible(code)) {
      blank = !seen.empty();
      continue;
    }
    if (std::exchange(blank, false)) {
      seen += ' ';
      ++characters;
    }
    seen += bytes;
    ++characters;
  }
  return {seen, characters};
}

}  // namespace

BypassRequests parse_bypasses(const std::vector<std::string>& options) {
  BypassRequests requests;
  for (const std::string_view option : options) {
    if (!option.starts_with(kNamespace)) continue;
    if (!option.starts_with(kAllow)) {
      requests.mistakes.emplace_back("the only push option is 'pushguard.allow'");
      continue;
    }
    const std::string_view value = option.substr(kAllow.size());
    const std::string_view name = value.substr(0, value.find(' '));
    auto [reason, characters] = as_seen(value.substr(name.size()));
    if (!is_fingerprint(name)) {
      requests.mistakes.emplace_back("'pushguard.allow' needs the 16 digits of a secret's id");
    } else if (characters < kShortestReason) {
      requests.mistakes.emplace_back("'pushguard.allow' needs a reason of 10 letters or more");
    } else {
      requests.wanted.push_back({std::string(name), std::move(reason)});
    }
  }
  return requests;
}

}  // namespace pushguard
