// SPDX-License-Identifier: Apache-2.0
// Templates: candidates that look like a secret but are only an example.
//
// A candidate is a template if a vendor published it, if it refers to the place where the
// secret is kept, if it has a shape that no generator makes (runs, ramps, repetitions,
// ellipses), or if it consists of placeholder words.
// Random text never is a template, whatever words it contains: a word counts only if it is not
// part of a longer word.
// Rejected: substring allow-lists ("test", "example" anywhere in the value or its line), which
// let real secrets through; dropping `${X:-text}` as a whole, because its default is a literal;
// a TOML parser here (the data comes from rules/templates.toml at build time).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pushguard {

// Why a candidate is no secret. `name` is "published-example", "reference", "ellipsis",
// "masked", "repeated-characters", "sequence", "repetition", "documentation-mark",
// "placeholder-word" or, from the scanner, "own-name" and "public".
struct TemplateMatch {
  std::string_view name;

  // Whether the text itself stands where a secret should; a reference is replaced at run time, and
  // a public value is right there.
  bool is_literal() const { return name != "reference" && name != "public"; }
};

// The SHA-256 of a value that its vendor published, in lower-case hex.
struct PublishedValue {
  std::string_view sha256_hex;
  std::string_view what;
};

// Words that are sorted already, as the built-in ones are.
struct SortedWords {
  explicit SortedWords(std::span<const std::string_view> in_order) : words(in_order) {}
  std::span<const std::string_view> words;
};

class Templates {
 public:
  // Keeps views; the memory of both must outlive this object. The words must be in lower case,
  // in any order.
  Templates(std::span<const std::string_view> words, std::span<const PublishedValue> published);
  Templates(SortedWords words, std::span<const PublishedValue> published);
  Templates(const Templates&) = delete;
  Templates& operator=(const Templates&) = delete;

  // Returns nothing if `secret` may be a secret. `literal_prefix` is the literal text that every
  // secret of its rule starts with ("ghp_"). Shapes and words are first tested without it.
  std::optional<TemplateMatch> match(std::string_view secret,
                                     std::string_view literal_prefix) const;

  // Whether one of the words that `body` consists of is a placeholder word.
  bool has_word(std::string_view body) const;

  // Whether a vendor published exactly this value.
  bool is_published(std::string_view value) const;

 private:
  std::vector<std::string_view> sorted_;  // the words, if they were not sorted
  std::span<const std::string_view> words_;
  std::span<const PublishedValue> published_;
};

}  // namespace pushguard
