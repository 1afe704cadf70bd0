// SPDX-License-Identifier: Apache-2.0
#include "detect/template_of.h"

#include <algorithm>

#include "codec/encodings.h"
#include "detect/stored_value.h"
#include "detect/token_edge.h"
#include "keywords/index.h"
#include "templates/own_name.h"
#include "validators/public_by_design.h"
#include "validators/validator.h"
#include "validators/words_or_code.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

// A site's rule means what it says, and generic rules judge words themselves.
bool is_judged_by_words(const Rule& rule) { return !rule.of_site && !is_generic(rule); }

bool is_quoted(std::string_view content, Range range) {
  return range.begin > 0 &&
         std::string_view("\"'`").find(content[range.begin - 1]) != std::string_view::npos;
}

// What `text` is base64 of, if that is text; "" else.
std::string text_in_base64(std::string_view text) {
  constexpr size_t kShortest = 8;  // 8 random bytes are all printable ASCII once in 2,800 times
  const auto decoded = base64_decode(text);
  if (!decoded || decoded->size() < kShortest) return {};
  const bool printable = std::ranges::all_of(*decoded, [](char c) { return c >= ' ' && c <= '~'; });
  return printable ? *decoded : std::string();
}

// "fake-silver-bottle": words, one of which says that they stand for no secret.
bool says_made_up(std::string_view text) {
  constexpr std::string_view kWords[] = {"fake", "dummy",       "mock", "sample", "example",
                                         "stub", "placeholder", "demo", "bogus"};
  if (!reads_as_words(text)) return false;
  for (size_t begin = 0, end; begin < text.size(); begin = end + 1) {
    end = std::min(text.find_first_of("_-./: ", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    for (const std::string_view one : kWords) {
      if (std::ranges::equal(word, one, [](char c, char k) { return to_lower(c) == k; }))
        return true;
    }
  }
  return false;
}

// "glpat-", "hvs.": what an issuer puts before what it draws.
bool is_of_issuer(std::string_view prefix) { return !prefix.empty() && !is_alnum(prefix.back()); }

}  // namespace

std::string_view literal_prefix(const Rule& rule, std::string_view secret) {
  size_t longest = 0;
  for (const std::string_view keyword : rule.keywords) {
    for (std::string_view tail = keyword; tail.size() >= KeywordIndex::kShortest;
         tail.remove_prefix(1)) {
      if (tail.size() <= longest || secret.size() <= tail.size()) continue;
      if (std::equal(tail.begin(), tail.end(), secret.begin(),
                     [](char k, char c) { return k == to_lower(c); })) {
        longest = tail.size();
      }
    }
  }
  return secret.substr(0, longest);
}

bool names_issuer(const Rule& rule, std::string_view secret) {
  constexpr size_t kNoChance = 6;
  if (is_generic(rule)) return false;
  if (!literal_prefix(rule, secret).empty()) return true;
  return std::ranges::any_of(rule.keywords, [&](std::string_view keyword) {
    return keyword.size() >= kNoChance && !std::ranges::search(secret, keyword, [](char c, char k) {
                                             return to_lower(c) == k;
                                           }).empty();
  });
}

std::optional<TemplateMatch> template_of(const Templates& templates, const Rule& rule,
                                         std::string_view content, Range range) {
  const std::string_view secret = content.substr(range.begin, range.size());
  const std::string_view prefix = literal_prefix(rule, secret);
  if (const auto found = templates.match(secret, prefix)) return found;
  if (rule.validator && rule.validator->decode) {
    if (const auto found = templates.match(rule.validator->decode(secret), "")) return found;
  }
  if (is_own_name(content.substr(0, range.begin), secret, prefix)) {
    return TemplateMatch{"own-name"};
  }
  if (const std::string text = text_in_base64(secret.substr(prefix.size())); !text.empty()) {
    if (const auto found = templates.match(text, "")) return found;
  }
  if (!rule.of_site && (is_public_by_design(content, range) || is_listed_digest(content, range)))
    return TemplateMatch{"public"};
  if (!is_judged_by_words(rule)) return std::nullopt;
  if (says_made_up(secret)) return TemplateMatch{"placeholder-word"};
  if (is_chosen_by_people(rule)) return std::nullopt;
  if (!is_quoted(content, range) && is_path_of_names(secret)) return TemplateMatch{"reference"};
  if (is_of_issuer(prefix) && reads_as_words(secret.substr(prefix.size()))) {
    return TemplateMatch{"placeholder-word"};
  }
  return std::nullopt;
}

bool begins_inside_word(const Rule& rule, std::string_view content, Range range) {
  if (!is_judged_by_words(rule) || !is_alnum(content[range.begin])) return false;
  const std::string_view secret = content.substr(range.begin, range.size());
  const bool in_base64 =
      secret.find_first_of("-_.") == secret.npos && is_inside_base64(content, range.begin);
  return (in_base64 || is_inside_word(content, range.begin)) &&
         !literal_prefix(rule, secret).empty();
}

bool is_chosen_as_words(const Templates& templates, const Rule& rule, std::string_view content,
                        Range range) {
  if (!is_judged_by_words(rule)) return false;
  std::string_view body = content.substr(range.begin, range.size());
  body.remove_prefix(literal_prefix(rule, body).size());
  const std::string text = text_in_base64(body);
  if (!text.empty()) body = text;
  return reads_as_words(body) && (!is_chosen_by_people(rule) || templates.has_word(body));
}

}  // namespace pushguard
