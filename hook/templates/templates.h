// SPDX-License-Identifier: Apache-2.0
// Templates: candidates that look like a secret and are only an example.
//
// A candidate is a template if it is a value that a vendor published, a
// reference to where the secret is kept, a shape that no generator makes (runs,
// ramps, repetitions, ellipses), or made of placeholder words.
// The promise is to the other side: random text never matches, whatever words
// stand inside it, for a word counts only where it stands as a word.
// Rejected: substring allow-lists ("test", "example" anywhere in the value or
// its line), which let real secrets through; dropping `${X:-text}` whole, for
// the default is a literal; a TOML parser in here (the data comes from
// rules/templates.toml at build time).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pushguard {

// Why a candidate is not a secret: "published-example", "reference",
// "ellipsis", "masked", "repeated-characters", "sequence", "repetition",
// "documentation-ending", "placeholder-word" or, from the scanner, "own-name".
struct TemplateMatch {
  std::string_view name;

  // Stands for a value in the text itself, and is not fetched when it runs.
  bool is_literal() const { return name != "reference"; }
};

// The SHA-256 of a value that its vendor published, in lower-case hex.
struct PublishedValue {
  std::string_view sha256_hex;
  std::string_view what;
};

// Words that are in order already, as the built-in ones are.
struct SortedWords {
  explicit SortedWords(std::span<const std::string_view> in_order) : words(in_order) {}
  std::span<const std::string_view> words;
};

class Templates {
 public:
  // Keeps views: the memory of both must outlive this object. Words are in
  // lower case, in any order.
  Templates(std::span<const std::string_view> words, std::span<const PublishedValue> published);
  Templates(SortedWords words, std::span<const PublishedValue> published);
  Templates(const Templates&) = delete;
  Templates& operator=(const Templates&) = delete;

  // `literal_prefix` is what every secret of its rule starts with ("ghp_"); it
  // is not part of what is judged, except for published values.
  // Empty if the candidate may be a secret.
  std::optional<TemplateMatch> match(std::string_view secret,
                                     std::string_view literal_prefix) const;

  // Whether a vendor published exactly this value.
  bool is_published(std::string_view value) const;

 private:
  std::vector<std::string_view> sorted_;  // the words, where they come in another order
  std::span<const std::string_view> words_;
  std::span<const PublishedValue> published_;
};

}  // namespace pushguard
