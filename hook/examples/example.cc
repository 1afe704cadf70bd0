// SPDX-License-Identifier: Apache-2.0
#include "examples/example.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "codec/encodings.h"
#include "examples/example_keys.h"
#include "examples/example_tokens.h"
#include "validators/base58.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

struct CharacterClass {
  std::string_view name, alphabet;
};

constexpr CharacterClass kClasses[] = {
    {"b62", kBase62UpperFirst},
    {"b64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"},
    {"b64u", kBase64Url},
    {"hex", kHexLower},
    {"HEX", kHexUpper},
    {"dig", kDigits},
    {"b32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"},
    {"b32l", "abcdefghijklmnopqrstuvwxyz234567"},
    {"b36", kBase36},
    {"B36", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    {"b58", kBase58Digits},
    {"bech32", "023456789acdefghjklmnpqrstuvwxyz"},
    {"BECH32", "023456789ACDEFGHJKLMNPQRSTUVWXYZ"},
    {"alpha", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
    {"lower", kLower},
    {"upper", kUpper},
};

// The bytes of class "bin": none of them is ASCII.
constexpr auto kBinary = [] {
  std::array<char, 96> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(0x9f + i);
  return bytes;
}();

// "feed" as two bytes; nothing when `hex` is no hex.
std::optional<std::string> bytes_of(std::string_view hex) {
  std::string bytes;
  for (; hex.size() >= 2; hex.remove_prefix(2)) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + 2, value, 16);
    if (error != std::errc() || end != hex.data() + 2) return std::nullopt;
    bytes += static_cast<char>(value);
  }
  return hex.empty() && !bytes.empty() ? std::optional(bytes) : std::nullopt;
}

std::optional<size_t> count_in(std::string_view digits) {
  constexpr size_t kMost = 100000;
  size_t count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
  return is_whole && count <= kMost ? std::optional(count) : std::nullopt;
}

}  // namespace

void ExampleGenerator::append(std::string& text, std::string_view placeholder) {
  const size_t colon = std::min(placeholder.find(':'), placeholder.size());
  const std::string_view name = placeholder.substr(0, colon);
  const std::string_view behind = placeholder.substr(std::min(colon + 1, placeholder.size()));
  if (name == "bytes") {
    if (const auto bytes = bytes_of(behind)) {
      text += *bytes;
      return;
    }
  }
  if (const auto count = count_in(behind)) {
    for (const CharacterClass& known : kClasses) {
      if (known.name == name) return random_.append(text, known.alphabet, *count);
    }
    if (name == "bin") return random_.append(text, {kBinary.data(), kBinary.size()}, *count);
    if (name == "x") {
      text.append(*count, 'x');
      return;
    }
  }
  if (placeholder == "word") {
    text += random_.word();
  } else if (const auto token = example_token(placeholder, random_)) {
    text += *token;
  } else if (const auto key = example_key(placeholder, random_)) {
    text += *key;
  } else {
    throw Error(fmt::format("unknown placeholder '{{{}}}' in an example", placeholder));
  }
}

void ExampleGenerator::append_masked(std::string& text, std::string_view placeholder) {
  constexpr std::string_view kMask = "********", kArmor = "-----BEGIN ";
  constexpr size_t kShown = 4;
  std::string value;
  append(value, placeholder);
  if (placeholder == "word") {
    text += value;
  } else if (value.starts_with(kArmor)) {
    value.erase(value.find_last_not_of('\n') + 1);
    text.append(value, 0, value.find('\n') + 1).append(kMask);
    text.append(value, value.rfind('\n'));
  } else if (placeholder.find(':') != placeholder.npos) {
    text += kMask;  // all characters of a class are random, so none is shown
  } else {
    text.append(value, 0, kShown).append(kMask);
  }
}

std::string ExampleGenerator::expand(std::string_view pattern) {
  return walk(pattern, &ExampleGenerator::append);
}

std::string ExampleGenerator::expand_masked(std::string_view pattern) {
  return walk(pattern, &ExampleGenerator::append_masked);
}

std::string ExampleGenerator::walk(std::string_view pattern, Append add) {
  std::string text;
  while (!pattern.empty()) {
    if (pattern.starts_with("{{") || pattern.starts_with("}}")) {
      text += pattern[0];
      pattern.remove_prefix(2);
    } else if (pattern[0] == '{') {
      const size_t end = pattern.find('}');
      if (end == pattern.npos) throw Error("an example's '{' has no '}'");
      (this->*add)(text, pattern.substr(1, end - 1));
      pattern.remove_prefix(end + 1);
    } else if (pattern[0] == '}') {
      throw Error("an example's '}' has no '{'");
    } else {
      text += pattern[0];
      pattern.remove_prefix(1);
    }
  }
  return text;
}

}  // namespace pushguard
