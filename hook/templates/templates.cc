// SPDX-License-Identifier: Apache-2.0
#include "templates/templates.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "templates/reference.h"
#include "templates/shapes.h"
#include "templates/words.h"

namespace pushguard {
namespace {

// Without the quotes, escapes of quotes and spaces around it that a greedy rule may include.
std::string_view trimmed(std::string_view s) {
  constexpr std::string_view kAround = " \t\r\n\"'`\\,;";
  const size_t begin = s.find_first_not_of(kAround);
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(kAround) - begin + 1);
}

// Ids and keys in AWS's documentation end like this; session tokens, and what others made of them,
// have it inside. The sizes are tested because it is easily added to a real token.
bool has_documentation_mark(std::string_view value) {
  constexpr std::string_view kMark = "EXAMPLE";
  constexpr size_t kInside = 3, kShortest = 80;
  if (value.size() == 20 && value.ends_with(kMark)) return true;
  if (value.size() == 40 && value.ends_with("EXAMPLEKEY")) return true;
  if (value.size() < kShortest) return false;
  const size_t at = value.find(kMark, kInside);
  return at != value.npos && at + kMark.size() + kInside <= value.size();
}

}  // namespace

Templates::Templates(std::span<const std::string_view> words,
                     std::span<const PublishedValue> published)
    : sorted_(words.begin(), words.end()), published_(published) {
  std::ranges::sort(sorted_);
  words_ = sorted_;
}

Templates::Templates(SortedWords words, std::span<const PublishedValue> published)
    : words_(words.words), published_(published) {}

bool Templates::has_word(std::string_view body) const { return has_placeholder_word(body, words_); }

bool Templates::is_published(std::string_view value) const {
  if (published_.empty()) return false;
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(value.data()),
                     value.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  const std::string_view text(hex.data(), hex.size() - 1);
  return std::any_of(published_.begin(), published_.end(),
                     [&](const PublishedValue& p) { return p.sha256_hex == text; });
}

std::optional<TemplateMatch> Templates::match(std::string_view secret,
                                              std::string_view literal_prefix) const {
  const std::string_view value = trimmed(secret);
  if (value.empty()) return std::nullopt;
  if (is_published(value)) return TemplateMatch{"published-example"};
  if (is_reference(value)) return TemplateMatch{"reference"};

  std::string_view body = value;
  if (body.starts_with(literal_prefix)) body.remove_prefix(literal_prefix.size());
  if (body.empty()) return std::nullopt;
  if (const auto shape = template_shape(body); !shape.empty()) return TemplateMatch{shape};
  if (has_documentation_mark(value)) return TemplateMatch{"documentation-mark"};
  if (is_made_of_words(body, words_)) return TemplateMatch{"placeholder-word"};
  // The literal prefix of a rule can be shorter than the prefix that people see ("sk-" for
  // "sk-ant-..."), or empty. So the words are tested with it as well: "sk-your-key".
  if (body.size() != value.size() && is_made_of_words(value, words_))
    return TemplateMatch{"placeholder-word"};
  return std::nullopt;
}

}  // namespace pushguard
