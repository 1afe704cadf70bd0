// SPDX-License-Identifier: Apache-2.0
#include "templates/shapes.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

using std::string;
using std::string_view;

constexpr size_t kRun = 5;     // equal characters that make a run
constexpr size_t kRamp = 4;    // neighbours that make a ramp
constexpr double kMost = 0.6;  // the share of the value that must be runs or ramps

// Only the letters and digits, in lower case, so that separators make no difference.
string squeezed(string_view body) {
  string out;
  for (const char c : body)
    if (is_alnum(c)) out += to_lower(c);
  return out;
}

size_t distinct(string_view s) {
  std::array<bool, 256> seen{};
  for (const char c : s) seen[static_cast<unsigned char>(c)] = true;
  return static_cast<size_t>(std::count(seen.begin(), seen.end(), true));
}

bool has_ellipsis(string_view body) {
  return body.find("...") != string_view::npos || body.find("\xE2\x80\xA6") != string_view::npos;
}

// Four asterisks, number signs or question marks in a row, two bullets or two block characters;
// or nothing but characters of a mask.
bool is_masked(string_view body) {
  for (const string_view mark :
       {"****", "####", "????", "\xE2\x80\xA2\xE2\x80\xA2", "\xE2\x96\x88\xE2\x96\x88"})
    if (body.find(mark) != string_view::npos) return true;
  return body.find_first_not_of("*#?.-_xX") == string_view::npos;
}

size_t covered_by_runs(string_view s) {
  size_t covered = 0;
  for (size_t i = 0; i < s.size();) {
    const size_t end = std::min(s.find_first_not_of(s[i], i), s.size());
    if (end - i >= kRun) covered += end - i;
    i = end;
  }
  return covered;
}

// Whether `b` is next after `a` when people count. After 9 comes 0 or, in hex, a.
bool follows(char a, char b) {
  if (a == '9') return b == '0' || b == 'a';
  return b == a + 1 && is_alnum(a);
}

bool on_keyboard(char a, char b) {
  constexpr string_view kRows = "qwertyuiop asdfghjkl zxcvbnm 1qaz2wsx3edc4rfv";
  const char pair[] = {a, b};
  return a != ' ' && b != ' ' && kRows.find(string_view(pair, 2)) != string_view::npos;
}

void mark_range(std::vector<bool>& marks, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) marks[i] = true;
}

// Marks every range of at least `least` characters in which step(s[i], s[i + stride]) is true.
template <typename Step>
void mark(string_view s, size_t stride, size_t least, Step step, std::vector<bool>& marks) {
  for (size_t i = 0; i < s.size();) {
    size_t end = i + stride;
    while (end < s.size() && step(s[end - stride], s[end])) ++end;
    if (end <= s.size() && end - i >= least) mark_range(marks, i, end);
    i = std::max(i + 1, end > i + stride ? end - stride + 1 : i + 1);
  }
}

size_t covered_by_ramps(string_view s) {
  std::vector<bool> marks(s.size(), false);
  mark(s, 1, kRamp, follows, marks);
  mark(
      s, 1, kRamp, [](char a, char b) { return follows(b, a); }, marks);
  mark(s, 1, kRamp, on_keyboard, marks);
  mark(
      s, 1, kRamp, [](char a, char b) { return a == b; }, marks);
  mark(s, 2, 6, follows, marks);  // a1b2c3, or aabbcc
  for (const string_view word :
       {"deadbeef", "cafebabe", "baadf00d", "feedface", "c0ffee", "badc0de"})
    for (size_t at = s.find(word); at != string_view::npos; at = s.find(word, at + 1))
      mark_range(marks, at, at + word.size());
  return static_cast<size_t>(std::count(marks.begin(), marks.end(), true));
}

// "dfgdfgzdfgdf": small letters of a hand on the keyboard, which meets the same keys again and
// again. Of random letters one text in 10,000 has so few different ones.
bool is_mashed(string_view body, size_t different) {
  constexpr size_t kShortest = 12, kMostKeys = 10;
  constexpr double kMostShare = 0.4;
  const bool letters = std::ranges::all_of(body, is_lower);
  const bool hex = std::ranges::all_of(body, is_hex_digit);
  return letters && !hex && body.size() >= kShortest && different <= kMostKeys &&
         static_cast<double>(different) <= kMostShare * static_cast<double>(body.size());
}

// Whether the text repeats its start up to its end; the last repetition may be cut off.
bool is_periodic(string_view s) {
  if (s.size() < 8) return false;
  for (size_t period = 1; period <= s.size() / 2; ++period)
    if (s.substr(period) == s.substr(0, s.size() - period)) return true;
  return false;
}

}  // namespace

string_view template_shape(string_view body) {
  if (body.size() > 1000) body = body.substr(0, 1000);  // bounds the time for a block of a key
  if (has_ellipsis(body)) return "ellipsis";
  if (is_masked(body)) return "masked";
  const string s = squeezed(body);
  if (s.size() < 4) return "";
  if (s.size() >= 6 && distinct(s) <= 3) return "repeated-characters";
  if (is_mashed(body, distinct(s))) return "repeated-characters";
  const double most = kMost * static_cast<double>(s.size());
  if (static_cast<double>(covered_by_runs(s)) >= most) return "repeated-characters";
  if (static_cast<double>(covered_by_ramps(s)) >= most) return "sequence";
  if (is_periodic(s)) return "repetition";
  return "";
}

}  // namespace pushguard
