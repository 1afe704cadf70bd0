#include "detect/regex_reach.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "detect/regex_syntax.h"

namespace pushguard {
namespace {

using Length = std::optional<size_t>;  // nothing: without bound

Length sum(Length a, Length b) { return a && b ? Length(*a + *b) : std::nullopt; }
Length most(Length a, Length b) { return a && b ? Length(std::max(*a, *b)) : std::nullopt; }

// A reader of RE2's syntax that keeps a stack of open groups: RE2 itself
// refuses nesting deeper than a thousand.
class Reader {
 public:
  explicit Reader(std::string_view regex) : regex_(regex), rest_(regex) {}

  Length run() {
    std::vector<Group> open(1);
    while (!rest_.empty()) {
      if (take("|")) {
        open.back().branch();
        if (open.size() == 1) branches_ = true;
        if (open.size() == 2 && first_.end == 0) first_.bars.push_back(read() - 1);
      } else if (take_flags()) {
        continue;
      } else if (take("(")) {
        const size_t begin = read() - 1;
        skip_opening();
        if (open.size() == 1 && first_.inside == 0) first_ = {begin, read(), 0, {}, false};
        open.emplace_back();
      } else if (take(")")) {
        const Length inner = open.back().close();
        open.pop_back();
        const size_t end = read();
        open.back().add(repeated(inner));
        if (open.size() == 1 && first_.end == 0) {
          first_.end = end - 1;
          first_.repeated = read() != end;
        }
      } else {
        open.back().add(repeated(atom()));
      }
      const Length longest = open.back().current;
      if (open.size() == 1 && longest) beginnings_.push_back({read(), *longest});
    }
    return open.back().close();
  }

  // Of what has been read: none where alternatives have nothing around them.
  std::vector<Beginning> beginnings() const {
    return branches_ ? std::vector<Beginning>() : beginnings_;
  }

  // The first group that stands in no other.
  struct FirstGroup {
    size_t begin = 0, inside = 0, end = 0;  // of "(?:", of what is in it, of its ")"
    std::vector<size_t> bars;
    bool repeated = false;
  };
  std::optional<FirstGroup> first_group() const {
    return first_.end == 0 || branches_ ? std::nullopt : std::optional(first_);
  }

 private:
  struct Group {
    Length longest = 0, current = 0;
    void add(Length part) { current = sum(current, part); }
    void branch() {
      longest = most(longest, current);
      current = 0;
    }
    Length close() { return most(longest, current); }
  };

  size_t read() const { return regex_.size() - rest_.size(); }

  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  // "(?i)", which holds nothing.
  bool take_flags() {
    if (!rest_.starts_with("(?")) return false;
    const size_t end = rest_.find_first_not_of("imsU-", 2);
    if (end == rest_.npos || rest_[end] != ')') return false;
    rest_.remove_prefix(end + 1);
    return true;
  }

  // After '(': "?:", "?i:", "?P<name>".
  void skip_opening() {
    if (!take("?")) return;
    const bool is_named = rest_.starts_with('P') || rest_.starts_with('<');
    rest_.remove_prefix(rest_.find(is_named ? '>' : ':') + 1);
  }

  // One character, class or assertion.
  Length atom() {
    if (rest_[0] == '[') {
      rest_.remove_prefix(class_size(rest_));
      return 1;
    }
    if (rest_[0] == '\\') return escape();
    const bool is_assertion = rest_[0] == '^' || rest_[0] == '$';
    rest_.remove_prefix(1);
    return is_assertion ? 0 : 1;
  }

  Length escape() {
    const char kind = rest_[1];
    rest_.remove_prefix(escape_size(rest_));
    if (std::string_view("bBAzZ").find(kind) != std::string_view::npos) return 0;
    if (kind != 'Q') return 1;
    const size_t end = std::min(rest_.find("\\E"), rest_.size());
    rest_.remove_prefix(std::min(end + 2, rest_.size()));
    return end;
  }

  Length repeated(Length once) {
    Length result = once;
    while (!rest_.empty()) {
      const std::string_view behind = rest_;
      while (take("\\Q\\E") || take_flags()) {}  // RE2 repeats what stands before these
      if (take("*") || take("+")) {
        result = once == 0 ? once : std::nullopt;
      } else if (!take("?")) {  // also the '?' that makes a repeat lazy
        const auto times = braces();
        if (!times.found) {
          rest_ = behind;
          break;
        }
        result = times.most ? (result ? Length(*result * *times.most) : result)
                            : (once == 0 ? once : std::nullopt);
      }
    }
    return result;
  }

  struct Braces {
    bool found = false;
    Length most;
  };

  // "{3}", "{3,}" or "{3,9}"; any other brace is a character of its own.
  Braces braces() {
    const size_t end = rest_.find('}');
    if (!rest_.starts_with('{') || end == rest_.npos) return {};
    const std::string_view inside = rest_.substr(1, end - 1);
    const size_t comma = inside.find(',');
    if (inside.empty() || inside.find_first_not_of("0123456789,") != inside.npos || comma == 0 ||
        inside.rfind(',') != comma) {
      return {};
    }
    rest_.remove_prefix(end + 1);
    const std::string_view last = inside.substr(comma + 1);
    size_t number = 0;
    if (last.empty()) return {true, std::nullopt};
    std::from_chars(last.data(), last.data() + last.size(), number);
    return {true, number};
  }

  const std::string_view regex_;
  std::string_view rest_;
  std::vector<Beginning> beginnings_;
  bool branches_ = false;
  FirstGroup first_;
};

}  // namespace

std::optional<size_t> longest_match(std::string_view regex) { return Reader(regex).run(); }

Alternatives first_alternatives(std::string_view regex) {
  Reader reader(regex);
  reader.run();
  const auto group = reader.first_group();
  if (!group || group->repeated) return {};
  const std::string before(regex.substr(0, group->begin)), behind(regex.substr(group->end + 1));
  const std::string_view opening = regex.substr(group->begin, group->inside - group->begin);
  // Where letter case may not count, it does not: more matches, never fewer.
  const bool has_flags = before.find("(?") != before.npos;
  std::string set, unset;
  if (opening == "(?i:") {
    set = "(?i)";
    unset = has_flags ? "" : "(?-i)";
  } else if (opening == "(?-i:") {
    unset = has_flags ? "(?i)" : "";
  } else if (opening != "(" && opening != "(?:" && !opening.starts_with("(?P<")) {
    return {};
  }
  Alternatives alternatives{group->begin, {}};
  size_t begin = group->inside;
  std::vector<size_t> ends = group->bars;
  ends.push_back(group->end);
  for (const size_t end : ends) {
    alternatives.regexes.push_back(before + set + std::string(regex.substr(begin, end - begin)) +
                                   unset + behind);
    begin = end + 1;
  }
  return alternatives;
}

std::vector<Beginning> beginnings(std::string_view regex) {
  Reader reader(regex);
  reader.run();
  return reader.beginnings();
}

}  // namespace pushguard
