// SPDX-License-Identifier: Apache-2.0
#include "layouts/fields.h"

#include <algorithm>
#include <optional>

#include "layouts/statement.h"
#include "layouts/text.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kFarthest = 600;  // from a name to the field with its value, in bytes
constexpr int kMostFields = 8;

bool is_name_field(string_view word) {
  return is_one_of(
      word,
      {"name",  "key",      "field",        "variable",      "var",        "id",      "k",
       "n",     "property", "parameter",    "param",         "header",     "option",  "env",
       "label", "title",    "parameterkey", "parametername", "param-name", "envname", "setting"});
}

bool is_value_field(string_view word) {
  return is_one_of(
      word, {"value", "val", "v", "default", "defaultvalue", "default_value", "content", "string",
             "data", "secret", "plaintext", "parametervalue", "secret_string", "secretstring",
             "param-value", "stringvalue", "string_value", "initialvalue"});
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

enum class Field : unsigned char { none, plain, element, block };

struct NameField {
  Field kind = Field::none;
  size_t begin = 0;
};

// The field whose value is the name, as in `name: X`.
NameField name_field(const NamePlace& place) {
  const string_view text = place.text;
  size_t at = skip_back(text, place.word.begin, place.low, true);
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

// The object or list item that `begin` is in, up to there.
size_t begin_of_item(string_view text, size_t begin, size_t low) {
  low = std::max(low, begin - std::min(begin, kFarthest));
  for (size_t at = begin; at > low; --at) {
    const char c = text[at - 1];
    if (c == '{' || c == '}') return at;
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

struct Row {
  Range line{0, 0};
  char divider = ',';
};

// The cell number `column` of a row; cells in quotes may have dividers inside.
std::optional<Range> cell_of(string_view text, Row row, size_t column) {
  size_t at = row.line.begin;
  for (size_t i = 0;; ++i) {
    size_t begin = at;
    while (begin < row.line.end && is_blank(text[begin])) ++begin;
    Range cell{begin, begin};
    const Literal literal = read_literal(text.substr(0, row.line.end), begin);
    if (literal.end != 0) {
      cell = literal.inside;
      at = literal.end;
    }
    while (at < row.line.end && text[at] != row.divider) ++at;
    if (literal.end == 0) {
      cell.end = at;
      while (cell.end > cell.begin && is_blank(text[cell.end - 1])) --cell.end;
    }
    if (i == column) return cell;
    if (at >= row.line.end) return std::nullopt;
    ++at;
  }
}

size_t count_before(string_view text, Range range, char divider) {
  return static_cast<size_t>(std::count(text.begin() + static_cast<ptrdiff_t>(range.begin),
                                        text.begin() + static_cast<ptrdiff_t>(range.end), divider));
}

// A line that consists of names: what the head of a table is.
bool is_head(string_view line, char divider) {
  return std::ranges::all_of(line, [&](char c) {
    return is_word_byte(c) || is_blank(c) || c == divider || c == '"' || c == '-' || c == '`' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

void read_rows(const NamePlace& place, char divider, std::vector<Range>& values) {
  constexpr int kMostRows = 6;
  constexpr size_t kWidest = 400;
  const string_view text = place.text.substr(0, place.after + 2 * kWidest);
  size_t begin = place.word.begin;
  const size_t low = std::max(place.low, begin - std::min(begin, kWidest));
  while (begin > low && !is_line_end(text[begin - 1])) --begin;
  if (begin == low && low > 0 && !is_line_end(text[low - 1])) return;
  const size_t end = line_end(text.substr(0, place.after + kWidest), place.after);
  place.cost += end - begin;
  if (!is_head(text.substr(begin, end - begin), divider)) return;
  const size_t column = count_before(text, {begin, place.word.begin}, divider);
  if (column + count_before(text, {place.after, end}, divider) == 0) return;
  place.cost += kWidest;
  size_t at = end;
  for (int rows = 0; rows < kMostRows; ++rows) {
    if (at < text.size() && text[at] == '\r') ++at;
    if (at >= text.size() || text[at] != '\n') return;
    const Row row{{at + 1, line_end(text, at + 1)}, divider};
    if (row.line.size() == 0) return;
    if (const auto cell = cell_of(text, row, column)) values.push_back(*cell);
    at = row.line.end;
  }
}

// `INSERT INTO t (a, password) VALUES (1, 'V')`
void read_sql(const NamePlace& place, std::vector<Range>& values) {
  constexpr string_view kName = "values";
  const string_view text = place.text;
  size_t open = place.word.begin;
  while (open > place.low && text[open - 1] != '(' && text[open - 1] != ')' &&
         place.word.begin - open < kFarthest) {
    --open;
  }
  place.cost += place.word.begin - open;
  if (open == place.low || text[open - 1] != '(') return;
  const size_t close = text.substr(0, place.after + kFarthest).find_first_of("()", place.after);
  if (close == text.npos || text[close] == '(') return;
  size_t at = skip_spaces(text, close + 1);
  if (word_end(text, at) != at + kName.size() || !is_one_of(text.substr(at, kName.size()), {kName}))
    return;
  at = skip_spaces(text, at + kName.size());
  if (at >= text.size() || text[at] != '(') return;
  const size_t column = count_before(text, {open, place.word.begin}, ',');
  const Row row{{at + 1, std::min(text.size(), at + 1 + kFarthest)}, ','};
  if (const auto cell = cell_of(text, row, column)) values.push_back(*cell);
}

}  // namespace

void read_fields(const NamePlace& place, std::vector<Range>& values) {
  const NameField field = name_field(place);
  if (field.kind == Field::none) return;
  place.cost += 2 * kFarthest;
  read_fields_after(place, field.kind, values);
  if (field.kind == Field::plain) read_fields_before(place, field.begin, values);
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

void read_columns(const NamePlace& place, std::vector<Range>& values) {
  size_t at = place.after;
  while (at < place.text.size() && place.text[at] == ' ') ++at;
  const char next = at < place.text.size() ? place.text[at] : '\n';
  if (next == ',' || next == ')') read_sql(place, values);
  constexpr string_view kNext = ",;\t|\n\r";
  if (kNext.find(next) == kNext.npos) return;
  const char before = place.word.begin > place.low ? place.text[place.word.begin - 1] : '\n';
  for (const char divider : {',', ';', '\t', '|'}) {
    // In Markdown a cell has several words.
    const bool is_cell =
        divider == '|' || before == divider || is_space(before) || is_quote(before);
    if (!is_cell || (next != divider && !is_line_end(next))) continue;
    read_rows(place, divider, values);
    // `| token | V |`, `token,V`
    if (next != divider || (divider != '|' && !is_line_end(before))) continue;
    const Row row{{at + 1, line_end(place.text, at + 1)}, divider};
    if (const auto cell = cell_of(place.text, row, 0)) values.push_back(*cell);
  }
}

}  // namespace pushguard
