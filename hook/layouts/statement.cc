// SPDX-License-Identifier: Apache-2.0
#include "layouts/statement.h"

#include <algorithm>

#include "layouts/raw_literal.h"
#include "layouts/text.h"

namespace pushguard {
namespace {

using std::string_view;

// Enough for a default of a default in a call; a longer statement is an expression of its own.
constexpr int kMostSteps = 24, kMostValues = 6;

class Statement {
 public:
  Statement(string_view text, Expects expects, std::vector<Range>& values)
      : text_(text), quoted_only_(expects != Expects::anything), values_(values) {
    if (expects == Expects::argument) depth_ = 1;
  }

  size_t walk(size_t at) {
    at_ = at;
    for (int steps = 0; steps < kMostSteps && kept_ < kMostValues && at_ < text_.size(); ++steps) {
      if (!step()) break;
    }
    return at_;
  }

 private:
  char peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool begins(string_view with) const { return text_.substr(at_).starts_with(with); }

  bool step() {
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size()) return false;
    const char c = peek();
    if (is_line_end(c)) return new_line();
    if (c == '\\' && is_line_end(peek(1))) return skip(1);
    if (c == ';' || begins("//") || begins("/*")) return false;
    if (c == '#' && expected_ && fresh_line_) return false;
    if (c == '<' && peek(1) == '<') return angle_brackets();
    if (c == 'b' && begins("by lazy")) return lazy();
    if (c == 'g' && !expected_ && begins("get() =")) return skip(5);
    if (begins("'static ")) return skip(8);
    if (const Literal literal = read_literal(text_, at_); literal.end != 0) {
      return expected_ && take(literal);
    }
    if (expected_ && depth_ > 0 && c == '|') return closure();
    if (expected_ && is_block_scalar()) return block_scalar();
    if (expected_ && begins("** ")) return skip(2);  // `**name:** V`
    if (begins("[]")) return skip(2);                // a type
    if (begins("{ get") || begins("{get")) return skip_accessors();
    // A value may begin with a sign that elsewhere is an operator.
    if (c == '(' || c == '[' || c == '{') {
      if (expected_ && !quoted_only_ && depth_ == 0) bare();
      ++depth_;
      expected_ = true;
      ++at_;
      return c != '{' || enter_braces();
    }
    if (c == ')' || c == ']' || c == '}') {
      if (depth_-- == 0) return false;
      expected_ = false;
      return skip(1);
    }
    if (c == ',') {
      if (depth_ == 0) return false;
      expected_ = true;
      return skip(1);
    }
    if (!expected_) {
      // `} else "V"`, `x or "V"`, `x as "V"`
      constexpr string_view kFirst = "oe?|i";
      const bool may_go_on = kFirst.find(c) != kFirst.npos;
      for (const string_view word : {"or ", "else ", "?? ", "|| ", "?: ", "if_none "}) {
        if (may_go_on && begins(word)) return expect_after(word.size());
      }
      if (begins("? ")) {
        chosen_ = true;
        return expect_after(1);
      }
      if (begins("/ ") && ++words_ < 3) return expect_after(2);  // `name / V`
      if (c == '.') return skip(1 + default_call_size());
      if (c == '?' || c == '!') return skip(1);
      if (c == ':' && chosen_) return expect_after(1);
      const size_t size = operator_size(text_, at_);
      if (size > 0 && c != ':') return expect_after(size);
      if (c == '+' || c == '|' || c == '&' || c == '*') return expect_after(1);
      // In a call two words may stand side by side: `new byte[] x`, `std::string s`.
      if (size > 0 || !quoted_only_ || !is_word_byte(c) || ++words_ > 6) return false;
    }
    return word();
  }

  bool skip(size_t bytes) {
    at_ += bytes;
    return true;
  }

  bool expect_after(size_t bytes) {
    expected_ = true;
    return skip(bytes);
  }

  bool new_line() {
    constexpr int kMostLines = 3;
    const size_t next = skip_spaces(text_, at_);
    const auto lines = std::count(text_.begin() + static_cast<ptrdiff_t>(at_),
                                  text_.begin() + static_cast<ptrdiff_t>(next), '\n');
    if (next >= text_.size() || lines > kMostLines) return false;
    const bool goes_on =
        text_.substr(next).starts_with("||") || text_.substr(next).starts_with("??") ||
        text_.substr(next).starts_with("? ") || text_[next] == '.' || text_[next] == '+' ||
        (text_[next] == ':' && chosen_) || text_.substr(next).starts_with("get() =");
    if (depth_ == 0 && !expected_ && !goes_on) return false;
    const bool indented = is_blank(text_[next - 1]);
    fresh_line_ = true;
    at_ = next;
    if (expected_ && depth_ == 0 && begins("- ")) {
      indented_ = true;
      return skip(2);
    }
    indented_ = indented;
    return true;
  }

  // Behind a dot: the name of a call that gives a value where there is none; 0 for others.
  size_t default_call_size() const {
    const size_t end = word_end(text_, at_ + 1);
    if (end >= text_.size() || text_[end] != '(') return 0;
    const bool is_default =
        is_one_of(text_.substr(at_ + 1, end - at_ - 1),
                  {"unwrap_or", "unwrap_or_else", "or_else", "orelse", "getorelse", "orelseget",
                   "getordefault", "getvalueordefault", "ifblank", "ifempty"});
    return is_default ? end - at_ - 1 : 0;
  }

  // `unwrap_or_else(|_| "V")`: its parameters.
  bool closure() {
    constexpr size_t kLongestParameters = 40;
    const size_t end = text_.substr(0, at_ + kLongestParameters).find('|', at_ + 1);
    return end != text_.npos && skip(end + 1 - at_);
  }

  bool is_block_scalar() const {
    if (peek() != '|' && peek() != '>') return false;
    size_t p = at_ + 1;
    while (p < text_.size() && (text_[p] == '-' || text_[p] == '+' || is_digit(text_[p]))) ++p;
    p = skip_blanks(text_, p);
    return p < text_.size() && is_line_end(text_[p]);
  }

  // `<<EOF`, `<<< "V"`, `<<"V">>`
  bool angle_brackets() {
    if (const Literal literal = read_here_document(text_, at_); literal.end != 0) {
      keep(literal.inside);
      return false;
    }
    if (begins("<<<")) return expect_after(3);
    return expected_ && begins("<<\"") && skip(2);
  }

  // `by lazy { "V" }`
  bool lazy() {
    const size_t open = text_.find('{', at_);
    if (open == text_.npos || open > at_ + 60) return false;
    at_ = open + 1;
    ++depth_;
    expected_ = true;
    return true;
  }

  bool block_scalar() {
    const size_t begin = skip_spaces(text_, line_end(text_, at_));
    size_t end = line_end(text_, begin);
    keep({begin, end});
    return false;
  }

  bool skip_accessors() {
    const size_t end = text_.find('}', at_);
    if (end == text_.npos || end > at_ + 60) return false;
    at_ = end + 1;
    expected_ = false;
    return true;
  }

  // Behind `{`: moves to V in `{"V", ..}` or `{value: "V"}`; false for other objects.
  bool enter_braces() {
    const size_t begin = skip_spaces(text_, at_);
    const Literal literal = read_literal(text_, begin);
    const Range key = literal.end != 0 ? literal.inside : Range{begin, word_end(text_, begin)};
    const size_t next = skip_blanks(text_, literal.end != 0 ? literal.end : key.end);
    const bool is_key = next < text_.size() && text_[next] == ':';
    at_ = is_key ? next + 1 : begin;
    return is_key ? is_value_name(piece(key)) : literal.end != 0;
  }

  static bool is_value_name(string_view word) {
    return is_one_of(word, {"value", "val", "default", "data", "secret", "content", "plaintext"});
  }

  string_view piece(Range range) const { return text_.substr(range.begin, range.size()); }

  bool take(const Literal& literal) {
    const string_view text = piece(literal.inside);
    at_ = literal.end;
    size_t next = skip_blanks(text_, at_);
    while (next < text_.size() && text_[next] == '\\') ++next;
    const char c = next < text_.size() ? text_[next] : '\0';
    const string_view behind = text_.substr(next);
    if (behind.starts_with("==") || behind.starts_with("!=")) return false;  // is compared
    const bool is_key = (c == ':' || c == '=') && !chosen_;
    if (is_key) {
      if (!is_value_name(text)) return false;
      at_ = next;
      expected_ = false;
      const size_t size = std::max<size_t>(operator_size(text_, at_), 1);
      return expect_after(size);
    }
    keep(literal.inside);
    expected_ = false;
    if (quoted_only_) return false;  // what follows are other arguments
    return true;
  }

  // Emits what stands here without quotes, however it goes on.
  void bare() {
    const Range value = read_bare(text_, at_);
    if (value.end == at_) return;
    if (fresh_line_ && depth_ == 0) {
      const size_t rest = skip_blanks(text_, value.end);
      const bool alone = rest >= text_.size() || is_line_end(text_[rest]);
      const bool is_key = value.end < text_.size() && text_[value.end] == ':';
      if (!alone || !indented_ || is_key) return;
    }
    keep(value);
  }

  bool word() {
    constexpr string_view kJoints = "_.:$@*&%!?/-#~^";
    size_t end = at_;
    while (end < text_.size() && (is_alnum(text_[end]) || kJoints.find(text_[end]) != kJoints.npos))
      ++end;
    const string_view text = text_.substr(at_, end - at_);
    // `Bearer V`, `new Key("V")`, `await f("V")`, `!!str V`
    const bool leads = is_one_of(
        text, {"bearer", "basic", "token", "bot", "apikey", "new", "await", "or", "return", "not",
               "&", "*", "&mut", "!!str", "!!binary", "else", "const", "static", "final"});
    if (expected_ && !leads && !quoted_only_ && depth_ == 0) {
      const size_t known = values_.size();
      bare();
      const bool is_call = end < text_.size() && (text_[end] == '(' || text_[end] == '[');
      if (values_.size() == known && fresh_line_ && !is_call) return false;
      if (values_.size() > known && !is_call) end = std::max(end, values_.back().end);
    }
    if (end == at_) return false;
    at_ = end;
    chosen_ = chosen_ || text.ends_with('?');
    expected_ = leads;
    return true;
  }

  void keep(Range value) {
    while (value.begin < value.end && is_space(text_[value.begin])) ++value.begin;
    while (value.end > value.begin && is_space(text_[value.end - 1])) --value.end;
    const string_view outer = piece(value);
    if (outer.size() > 2 && is_quote(outer.front()) && outer.back() == outer.front()) {
      ++value.begin;
      --value.end;
    }
    constexpr string_view kPlain = "{noop}";  // how Spring says that a password is not hashed
    if (piece(value).starts_with(kPlain)) value.begin += kPlain.size();
    const string_view text = piece(value);
    const size_t blank = text.find(' ');
    if (blank != text.npos &&
        is_one_of(text.substr(0, blank), {"bearer", "basic", "token", "bot", "apikey", "key"})) {
      value.begin = skip_blanks(text_, value.begin + blank);
    }
    ++kept_;
    values_.push_back(value);
  }

  string_view text_;
  size_t at_ = 0;
  bool quoted_only_;
  std::vector<Range>& values_;
  int depth_ = 0, kept_ = 0, words_ = 0;
  bool expected_ = true;     // a value may stand here
  bool fresh_line_ = false;  // a line has begun since the last value
  bool indented_ = false;
  bool chosen_ = false;  // a `?` was met: `:` goes on
};

}  // namespace

size_t operator_size(string_view text, size_t at) {
  // A longer one comes before its beginnings.
  constexpr string_view kOperators[] = {
      "===", "!==", "::=", "||=", "?\?=", "=>", ":=",  "==", "!=", "?=",          "+=", ".=",
      "<-",  "->",  "||",  "??",  "?:",   ":-", "%3D", "=",  ":",  "\xEF\xBC\x9A"};  // the last: a
                                                                                     // wide colon
  constexpr string_view kFirst = "=:|?!+.<-%\xEF";
  if (at >= text.size() || kFirst.find(text[at]) == kFirst.npos) return 0;
  const string_view rest = text.substr(at);
  if (rest.starts_with("::") && !rest.starts_with("::=")) return 0;
  for (const string_view one : kOperators) {
    if (one[0] == rest[0] && rest.starts_with(one)) return one.size();
  }
  return 0;
}

size_t read_statement(string_view text, size_t at, Expects expects, std::vector<Range>& values) {
  return Statement(text, expects, values).walk(at);
}

}  // namespace pushguard
