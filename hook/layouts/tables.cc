// SPDX-License-Identifier: Apache-2.0
// The values under a name at the head of a column.
#include <algorithm>
#include <optional>

#include "layouts/fields.h"
#include "layouts/text.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kLongestSql = 600;  // of the columns of a statement, or of a row, in bytes
constexpr int kMostRows = 64;

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
  constexpr size_t kWidest = 400;
  const string_view text = place.text;
  size_t begin = place.word.begin;
  const size_t low = std::max(place.low, begin - std::min(begin, kWidest));
  while (begin > low && !is_line_end(text[begin - 1])) --begin;
  if (begin == low && low > 0 && !is_line_end(text[low - 1])) return;
  const size_t end = line_end(text.substr(0, place.after + kWidest), place.after);
  place.cost += end - begin;
  if (!is_head(text.substr(begin, end - begin), divider)) return;
  const size_t column = count_before(text, {begin, place.word.begin}, divider);
  if (column + count_before(text, {place.after, end}, divider) == 0) return;
  size_t at = end;
  for (int rows = 0; rows < kMostRows; ++rows) {
    if (at < text.size() && text[at] == '\r') ++at;
    if (at >= text.size() || text[at] != '\n') return;
    const Row row{{at + 1, line_end(text, at + 1)}, divider};
    if (row.line.size() == 0) return;
    place.cost += row.line.size();
    if (const auto cell = cell_of(text, row, column)) values.push_back(*cell);
    at = row.line.end;
  }
}

// Where the bracket that is open at `at` is closed, outside literals; at most kLongestSql further.
size_t end_of_sql_row(string_view text, size_t at) {
  const size_t most = std::min(text.size(), at + kLongestSql);
  for (int depth = 1; at < most;) {
    const Literal literal = read_literal(text.substr(0, most), at);
    if (literal.end != 0) {
      at = literal.end;
      continue;
    }
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    if (depth == 0) return at;
    ++at;
  }
  return most;
}

// `INSERT INTO t (a, password) VALUES (1, 'V'), (2, 'W')`
void read_sql(const NamePlace& place, std::vector<Range>& values) {
  constexpr string_view kName = "values";
  const string_view text = place.text;
  size_t open = place.word.begin;
  while (open > place.low && text[open - 1] != '(' && text[open - 1] != ')' &&
         place.word.begin - open < kLongestSql) {
    --open;
  }
  place.cost += place.word.begin - open;
  if (open == place.low || text[open - 1] != '(') return;
  const size_t close =
      text.substr(0, place.after + kLongestSql).find_first_of("()", place.word.end);
  if (close == text.npos || text[close] == '(') return;
  size_t at = skip_spaces(text, close + 1);
  if (word_end(text, at) != at + kName.size() || !is_one_of(text.substr(at, kName.size()), {kName}))
    return;
  at = skip_spaces(text, at + kName.size());
  const size_t column = count_before(text, {open, place.word.begin}, ',');
  for (int rows = 0; rows < kMostRows && at < text.size() && text[at] == '('; ++rows) {
    const size_t end = end_of_sql_row(text, at + 1);
    place.cost += end - at;
    if (const auto cell = cell_of(text, {{at + 1, end}, ','}, column)) values.push_back(*cell);
    at = skip_spaces(text, std::min(end + 1, text.size()));
    if (at >= text.size() || text[at] != ',') return;
    at = skip_spaces(text, at + 1);
  }
}

}  // namespace

void read_columns(const NamePlace& place, std::vector<Range>& values) {
  size_t at = place.after;
  while (at < place.text.size() && place.text[at] == ' ') ++at;
  const char next = at < place.text.size() ? place.text[at] : '\n';
  // The last column's name is closed by the list's bracket.
  const bool is_last = place.after > place.word.end && place.text[place.after - 1] == ')';
  if (next == ',' || next == ')' || is_last) read_sql(place, values);
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
