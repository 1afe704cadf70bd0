// SPDX-License-Identifier: Apache-2.0
// Texts as static data of a program that is written: literals, and many texts in one.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>

namespace pushguard {

// A C++ string literal. Escapes are octal, which have at most three digits; hexadecimal ones
// have no end.
inline std::string literal(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '?' || c < ' ' || c > '~') {
      quoted += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"sv";
}

// All texts concatenated in one string, each distinct text once.
class Pool {
 public:
  // The place of `text` as an initializer: "{at, size}".
  std::string place(const std::string& text) {
    const auto [entry, added] = places_.try_emplace(text, text_.size());
    if (added) text_ += text;
    return fmt::format("{{{}, {}}}", entry->second, text.size());
  }
  const std::string& text() const { return text_; }

 private:
  std::map<std::string, size_t> places_;
  std::string text_;
};

}  // namespace pushguard
