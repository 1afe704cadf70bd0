// SPDX-License-Identifier: Apache-2.0
// Values in sentences.
#include <algorithm>

#include "layouts/fields.h"
#include "layouts/statement.h"
#include "layouts/text.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kFarthest = 60;  // from a name to what says that its value follows

bool is_sentence_byte(char c) {
  return is_word_byte(c) || c == ' ' || c == '-' || c == '\'' || c == '.' || c == '@' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Behind `is`, `will be` and the like at `at`, and a colon; 0: there is none.
size_t behind_verb(string_view text, size_t at) {
  constexpr string_view kVerbs[] = {"is", "was", "be", "are", "to"};
  for (const string_view verb : kVerbs) {
    if (!text.substr(at).starts_with(verb)) continue;
    const size_t end = at + verb.size();
    if (end >= text.size() || (text[end] != ' ' && text[end] != ':')) continue;
    return skip_blanks(text, end + (text[end] == ':'));
  }
  return 0;
}

// `(admin): V`, and `(admin) is V`.
size_t behind_brackets(string_view text, size_t at) {
  const size_t close = text.substr(0, at + kFarthest).find_first_of("()\n", at + 1);
  if (close == text.npos || text[close] != ')') return 0;
  const size_t next = skip_blanks(text, close + 1);
  if (next >= text.size()) return 0;
  if (text[next] == ':' || text[next] == '=') return skip_blanks(text, next + 1);
  return behind_verb(text, next);
}

// `is: V`, `will be V`, `for staging is V`, `of the database: V`.
size_t behind_words(string_view text, size_t at) {
  constexpr string_view kStarts[] = {"is",  "was", "for",  "of",     "on",   "in",  "to",
                                     "has", "had", "will", "should", "must", "can", "changed"};
  const size_t first = word_end(text, at);
  if (std::ranges::find(kStarts, text.substr(at, first - at)) == std::end(kStarts)) return 0;
  const size_t last = std::min(text.size(), at + kFarthest);
  if (const size_t value = behind_verb(text, at); value != 0) return value;
  for (size_t p = first; p < last; ++p) {
    if (text[p] == ':' && p + 1 < text.size() && text[p + 1] == ' ') return p + 2;
    if (!is_sentence_byte(text[p])) return 0;
    if (text[p] != ' ') continue;
    if (const size_t value = behind_verb(text, p + 1); value != 0) return value;
  }
  return 0;
}

// `V as the X`, `V is your X`: where the words between begin.
size_t before_words(const NamePlace& place) {
  constexpr int kMostWords = 3;
  const string_view text = place.text;
  size_t at = place.word.begin;
  for (int words = 0; words <= kMostWords; ++words) {
    if (at < place.low + 2 || text[at - 1] != ' ') return 0;
    const size_t begin = word_begin(text, at - 1, place.low);
    const string_view word = text.substr(begin, at - 1 - begin);
    if (is_one_of(word, {"as", "is"})) return begin;
    if (word.empty() || (words == 0 && !is_one_of(word, {"the", "a", "my", "your", "our", "its",
                                                         "new", "api", "admin", "root"}))) {
      return 0;
    }
    at = begin;
  }
  return 0;
}

void read_before(const NamePlace& place, std::vector<Range>& values) {
  constexpr size_t kLongest = 200;
  const size_t verb = before_words(place);
  if (verb < place.low + 2 || place.text[verb - 1] != ' ') return;
  const string_view text = place.text;
  size_t end = verb - 1;
  while (end > place.low && (is_quote(text[end - 1]) || text[end - 1] == '*')) --end;
  const size_t low = std::max(place.low, end - std::min(end, kLongest));
  size_t begin = end;
  while (begin > low && text[begin - 1] > ' ' && !is_quote(text[begin - 1])) --begin;
  place.cost += place.word.begin - begin;
  if (begin > low || begin == 0) values.push_back({begin, end});
}

}  // namespace

void read_prose(const NamePlace& place, std::vector<Range>& values) {
  const string_view text = place.text;
  const size_t at = skip_blanks(text, place.after);
  if (at >= text.size()) return read_before(place, values);
  const char c = text[at];
  if (is_space(c) || c == '.' || c == ',' || c == ';' || c == '!' || c == ')' || at > place.after) {
    read_before(place, values);
  }
  if (at == place.after) return;
  const size_t value = c == '(' ? behind_brackets(text, at) : behind_words(text, at);
  // Most words say at once that no value follows.
  if (value != 0 || c == '(') place.cost += kFarthest;
  if (value != 0) place.cost += read_statement(text, value, Expects::anything, values) - value;
}

}  // namespace pushguard
