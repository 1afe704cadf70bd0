// SPDX-License-Identifier: Apache-2.0
#include "layouts/fields.h"

#include <algorithm>

#include "layouts/statement.h"
#include "layouts/text.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kFarthest = 600;  // from a name to the field with its value, in bytes
constexpr int kMostFields = 8;

bool is_name_field(string_view word) {
  return is_one_of(
      word, {"name",       "key",     "field",    "variable",   "var",          "id",
             "k",          "n",       "property", "parameter",  "param",        "header",
             "option",     "env",     "label",    "title",      "parameterkey", "parametername",
             "param-name", "envname", "setting",  "secret_name"});
}

bool is_value_field(string_view word) {
  return is_one_of(word, {"value",           "val",          "v",
                          "default",         "defaultvalue", "default_value",
                          "content",         "string",       "data",
                          "secret",          "plaintext",    "parametervalue",
                          "secret_string",   "secretstring", "param-value",
                          "stringvalue",     "string_value", "initialvalue",
                          "plaintext_value", "secret_data",  "plain_value"});
}

// Of what a name may have: its type, its description and its value.
bool is_nested_value(string_view word) {
  return is_one_of(word, {"value", "val", "default", "defaultvalue", "default_value", "plaintext",
                          "plain_value", "secretstring", "secret_string"});
}

size_t skip_closers(string_view text, size_t at) {
  while (at < text.size() && (is_quote(text[at]) || text[at] == '\\')) ++at;
  return at;
}

// Skips quotes, escapes and blanks backwards from `at`.
size_t skip_back(string_view text, size_t at, size_t low, bool quotes) {
  while (at > low &&
         (is_blank(text[at - 1]) || (quotes && (is_quote(text[at - 1]) || text[at - 1] == '\\')))) {
    --at;
  }
  return at;
}

// `/prod/db/TOKEN`, `"Db:Password"`: where a path that ends with the name begins. One with colons,
// as .NET has it, is in quotes.
size_t begin_of_path(const NamePlace& place) {
  constexpr size_t kLongestPath = 120;
  constexpr string_view kJoints = "/-.:";
  const size_t begin = place.word.begin;
  const char joint = begin == place.low ? ' ' : place.text[begin - 1];
  if (joint != '/' && joint != ':') return begin;
  const size_t low = std::max(place.low, begin - std::min(begin, kLongestPath));
  size_t at = begin;
  while (at > low &&
         (is_word_byte(place.text[at - 1]) || (kJoints.find(place.text[at - 1]) != kJoints.npos &&
                                               (joint == ':' || place.text[at - 1] != ':')))) {
    --at;
  }
  const bool is_quoted = at > low && is_quote(place.text[at - 1]);
  return joint == ':' && !is_quoted ? begin : at;
}

enum class Field : unsigned char { none, plain, element, block };

struct NameField {
  Field kind = Field::none;
  size_t begin = 0;
};

// The field whose value is the name, as in `name: X`.
NameField name_field(const NamePlace& place) {
  const string_view text = place.text;
  size_t at = skip_back(text, begin_of_path(place), place.low, true);
  if (at > place.low && text[at - 1] == '>') {
    const size_t end = at - 1;
    size_t begin = end;
    while (begin > place.low && end - begin < 20 && text[begin - 1] != '<' &&
           !is_space(text[begin - 1])) {
      --begin;
    }
    if (begin == place.low || text[begin - 1] != '<') return {};
    if (is_name_field(text.substr(begin, end - begin))) return {Field::element, begin - 1};
    return {};
  }
  if (const size_t begin = word_begin(text, at, place.low);
      begin < at && at < place.word.begin && text.substr(begin, at - begin) == "variable") {
    return {Field::block, begin};
  }
  if (at > place.low && text[at - 1] == '>') --at;
  size_t separator = at;
  while (separator > place.low &&
         (text[separator - 1] == ':' || text[separator - 1] == '=' || text[separator - 1] == '>')) {
    --separator;
  }
  if (separator == at) return {};
  const size_t end = skip_back(text, separator, place.low, true);
  const size_t begin = word_begin(text, end, place.low);
  if (begin == end || !is_name_field(text.substr(begin, end - begin))) return {};
  return {Field::plain, begin};
}

// `<string>V</string>` at `at`: reads V.
void read_element(string_view text, size_t at, std::vector<Range>& values) {
  if (const Range data = read_character_data(text, at); data.size() > 0) {
    values.push_back(data);
    return;
  }
  const size_t end = text.find('<', at);
  if (end == text.npos) return;
  values.push_back({at, end});
}

// Skips the value of a field that says nothing: to its end, or to the end of its line.
size_t skip_field_value(string_view text, size_t at) {
  at = skip_blanks(text, at);
  if (const Literal literal = read_literal(text, at); literal.end != 0) return literal.end;
  while (at < text.size() && !is_line_end(text[at]) && text[at] != ',' && text[at] != '}') ++at;
  return at;
}

void read_fields_after(const NamePlace& place, Field kind, std::vector<Range>& values) {
  const string_view text = place.text.substr(0, place.after + kFarthest);
  size_t at = place.after;
  for (int fields = 0; fields < kMostFields; ++fields) {
    at = skip_spaces(text, at);
    while (at < text.size() && (text[at] == ',' || text[at] == ';' || is_quote(text[at]) ||
                                text[at] == '\\' || is_space(text[at]))) {
      ++at;
    }
    if (at >= text.size()) return;
    if (text[at] == '{' && kind == Field::block) {
      ++at;
      kind = Field::plain;
      continue;
    }
    if (text[at] == '>') {  // the end of a tag with attributes
      ++at;
      const size_t next = skip_spaces(text, at);
      const bool has_text = next < text.size() && is_alnum(text[next]);
      if (has_text || read_character_data(text, at).size() > 0) {
        return read_element(text, at, values);
      }
      continue;
    }
    if (text[at] == '/' && at + 1 < text.size() && text[at + 1] == '>') return;
    if (text[at] == '<') {
      const size_t close = text.find('>', at);
      if (close == text.npos) return;
      const string_view tag = text.substr(at + 1, close - at - 1);
      at = close + 1;
      if (tag.starts_with('/')) continue;
      if (is_value_field(tag)) return read_element(text, at, values);
      if (kind == Field::element) return;
      continue;
    }
    const size_t end = word_end(text, at);
    if (end == at) return;
    const string_view word = text.substr(at, end - at);
    size_t separator = skip_blanks(text, skip_closers(text, end));
    const size_t size = operator_size(text, separator);
    if (size == 0) return;
    if (is_name_field(word)) return;
    separator += size;
    if (is_value_field(word)) {
      read_statement(place.text, separator, Expects::anything, values);
      return;
    }
    at = skip_field_value(text, separator);
  }
}

// How far the line that `at` is in is indented.
size_t indentation(string_view text, size_t at, size_t low) {
  size_t begin = at;
  while (begin > low && !is_line_end(text[begin - 1])) --begin;
  return skip_blanks(text, begin) - begin;
}

// The object or list item that `begin` is in, up to there.
size_t begin_of_item(string_view text, size_t begin, size_t low) {
  low = std::max(low, begin - std::min(begin, kFarthest));
  for (size_t at = begin; at > low; --at) {
    const char c = text[at - 1];
    if (c == '{' || c == '}') return at;
    if (c == '<') return word_end(text, at);  // behind the name of a tag
    if (c == '-' && at < text.size() && is_blank(text[at])) {
      size_t before = at - 1;
      while (before > low && is_blank(text[before - 1])) --before;
      if (before == low || is_line_end(text[before - 1])) return at;
    }
  }
  return begin;
}

void read_fields_before(const NamePlace& place, size_t field, std::vector<Range>& values) {
  const string_view text = place.text.substr(0, field);
  size_t at = begin_of_item(text, field, place.low);
  for (int fields = 0; fields < kMostFields && at < field; ++fields) {
    while (at < field && !is_word_byte(text[at])) ++at;
    const size_t end = word_end(text, at);
    if (end == at) return;
    const string_view word = text.substr(at, end - at);
    const size_t separator = skip_blanks(text, skip_closers(text, end));
    const size_t size = operator_size(text, separator);
    if (size == 0) return;
    if (is_value_field(word)) {
      read_statement(text, separator + size, Expects::anything, values);
      return;
    }
    at = skip_field_value(text, separator + size);
  }
}

}  // namespace

void read_fields(const NamePlace& place, std::vector<Range>& values) {
  const NameField field = name_field(place);
  if (field.kind == Field::none) return;
  place.cost += 2 * kFarthest;
  read_fields_after(place, field.kind, values);
  if (field.kind == Field::plain) read_fields_before(place, field.begin, values);
}

void read_nested(const NamePlace& place, size_t at, std::vector<Range>& values) {
  const string_view text = place.text.substr(0, place.after + kFarthest);
  at = skip_blanks(text, at);
  if (at >= text.size()) return;
  const bool braces = text[at] == '{';
  if (!braces && !is_line_end(text[at])) return;
  const size_t outer = indentation(text, place.word.begin, place.low);
  if (braces) ++at;
  for (int fields = 0; fields < kMostFields; ++fields) {
    const size_t before = at;
    at = skip_spaces(text, at);
    if (!braces && (at == before || indentation(text, at, before) <= outer)) return;
    while (braces && at < text.size() && (text[at] == ',' || is_space(text[at]))) ++at;
    while (at < text.size() && (is_quote(text[at]) || text[at] == '\\')) ++at;
    const size_t end = word_end(text, at);
    place.cost += end - before;
    if (end == at) return;
    const size_t separator = skip_blanks(text, skip_closers(text, end));
    const size_t size = operator_size(text, separator);
    if (size == 0) return;
    if (is_nested_value(text.substr(at, end - at))) {
      place.cost += kFarthest;
      read_statement(place.text, separator + size, Expects::anything, values);
      return;
    }
    at = skip_field_value(text, separator + size);
  }
}

void read_value_before_label(const NamePlace& place, std::vector<Range>& values) {
  const string_view text = place.text;
  const size_t quoted = skip_back(text, place.word.begin, place.low, true);
  if (quoted == place.word.begin || quoted == place.low || text[quoted - 1] != ':') return;
  const size_t label = word_begin(text, quoted - 1, place.low);
  const string_view word = text.substr(label, quoted - 1 - label);
  if (!word.starts_with("for") && !word.starts_with("with") && !is_name_field(word)) return;
  size_t end = skip_back(text, label, place.low, false);
  if (end == place.low || text[end - 1] != ',') return;
  end = skip_back(text, end - 1, place.low, false);
  if (end == place.low || !is_quote(text[end - 1])) return;
  const size_t begin = text.substr(0, end - 1).rfind(text[end - 1]);
  if (begin == text.npos || begin < place.low) return;
  constexpr string_view kScheme = "Bearer ";
  const bool has_scheme = text.substr(begin + 1).starts_with(kScheme);
  values.push_back({begin + 1 + (has_scheme ? kScheme.size() : 0), end - 1});
}

}  // namespace pushguard
