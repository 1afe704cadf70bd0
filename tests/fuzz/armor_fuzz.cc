// SPDX-License-Identifier: Apache-2.0
// Private keys in armor that the input edits, and any text as an armor. A key that a strict reader
// or Go's reader takes must be found, and reading must stay within the effort that is allowed.
#include "validators/armor.h"

#include "codec/encodings.h"
#include "examples/example.h"
#include "fuzz/fuzz.h"
#include "validators/pem.h"

namespace pushguard::fuzz {
namespace {

constexpr std::string_view kPatterns[] = {"{pem:pkcs8}", "{pem:ec}", "{pem:rsa}", "{openssh:clear}",
                                          "{pem:pkcs8-encrypted}"};
constexpr std::string_view kPieces[] = {"\n",
                                        "\r\n",
                                        "\n\n",
                                        " ",
                                        "\t",
                                        "=",
                                        "-",
                                        ":",
                                        "X:=\n",
                                        "a: b\n",
                                        "\\n",
                                        "\"",
                                        "+",
                                        "#13",
                                        "MIIE",
                                        "\xc3\xa4",
                                        "-----",
                                        "-----BEGIN A-----\n",
                                        "-----END A-----\n"};

std::string armor(size_t number) {
  return ExampleGenerator(number + 1).expand(kPatterns[number % std::size(kPatterns)]) + "\n";
}

// The input as edits: which key, then places, and what is put there.
std::string edited(std::string_view input) {
  Taker taker(input);
  std::string text = armor(taker.byte() % (2 * std::size(kPatterns)));
  for (int edits = taker.byte() % 16; edits > 0 && !taker.empty(); --edits) {
    const size_t at = taker.number() % (text.size() + 1), what = taker.byte();
    const size_t count = 1 + taker.byte() % 8u * (what % 3);
    if (what == 0) {
      text.erase(at, count);
      continue;
    }
    std::string piece(kPieces[what % std::size(kPieces)]);
    if (what % 5 == 0) piece = taker.text(count);
    for (size_t i = 0; i < count; ++i) text.insert(at, piece);
  }
  return text;
}

// The next line, without its end and the blanks before that; "" at the end of the text.
std::string_view take_line(std::string_view& rest) {
  const size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
  return line;
}

// What encoding/pem of Go reads from an armor that begins here: headers, then base64 in which
// blanks and line ends count for nothing.
std::optional<std::string> read_as_go(std::string_view text) {
  std::string_view rest = text;
  std::string_view label = take_line(rest);
  if (!label.starts_with(kArmorBegin) || !label.ends_with(kArmorRule)) return std::nullopt;
  label.remove_prefix(kArmorBegin.size());
  if (label.size() < kArmorRule.size()) return std::nullopt;
  label.remove_suffix(kArmorRule.size());
  for (std::string_view next = rest; !next.empty();) {
    if (take_line(next).find(':') == next.npos) break;
    rest = next;
  }
  const size_t end = rest.find("\n-----END ");
  if (end == rest.npos) return std::nullopt;
  if (!rest.substr(end + 10).starts_with(std::string(label) + "-----")) return std::nullopt;
  std::string digits;
  for (const char c : rest.substr(0, end)) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') digits += c;
  }
  if (digits.size() % 4 != 0 || digits.find_first_of("-_") != digits.npos) return std::nullopt;
  return base64_decode(digits);
}

void check_armor(std::string_view content, size_t begin) {
  constexpr uint64_t kMuch = 1 << 26;
  Effort effort{kMuch};
  Extent extent;
  const auto key = read_armor(content, begin, effort, extent);
  expect(effort.bytes <= kMuch && kMuch - effort.bytes <= 8 * content.size() + 64,
         "one armor is read a few times");
  expect(key.has_value() == (extent.kind == Extent::Kind::whole), "a key has an end");
  if (key) {
    expect(extent.end > begin && extent.end <= content.size(), "it ends in the content");
    expect(kind_of_key(key->bytes) == key->kind, "its bytes are those of a key");
    expect(!check_armored_key(content.substr(begin, extent.end - begin), 0).note.empty(),
           "what is found is a key by itself");
  }
  const auto strict = read_as_go(content.substr(begin));
  if (strict && kind_of_key(*strict)) expect(key.has_value(), "what Go reads is found");
  Effort little{content.size() / 2};
  read_armor(content, begin, little, extent);
  expect(little.bytes <= content.size() / 2, "no more is read than is allowed");
}

void check_content(std::string_view content) {
  for (size_t at = 0, count = 0; (at = content.find(kArmorBegin, at)) != content.npos; ++at) {
    if (++count > 64) return;
    check_armor(content, at);
  }
}

}  // namespace

std::vector<std::string> seeds() {
  std::vector<std::string> all;
  for (size_t i = 0; i < std::size(kPatterns); ++i) all.push_back(armor(i));
  for (char c = 0; c < 40; ++c) {
    all.push_back({c, 3, 30, 0, c, 2, 60, 0, static_cast<char>(c + 7), 1, 90, 1, c, 3});
  }
  return all;
}

void run(std::string_view input) {
  check_content(input);
  check_content(edited(input));
}

}  // namespace pushguard::fuzz
