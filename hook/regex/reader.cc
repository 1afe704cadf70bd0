// SPDX-License-Identifier: Apache-2.0
#include "regex/reader.h"

#include <algorithm>
#include <charconv>

#include "regex/syntax.h"

namespace pushguard {
namespace {

using Length = std::optional<size_t>;

Length sum(Length a, Length b) { return a && b ? Length(*a + *b) : std::nullopt; }
Length most(Length a, Length b) { return a && b ? Length(std::max(*a, *b)) : std::nullopt; }

// Whether letter case counts for nothing, somewhere in it.
bool has_both_cases(std::string_view regex) {
  for (size_t at = 0; (at = regex.find("(?", at)) != regex.npos; at += 2) {
    const size_t end = std::min(regex.find_first_not_of("imsU-", at + 2), regex.size());
    if (regex.substr(at, end - at).find('i') != regex.npos) return true;
  }
  return false;
}

// Of what stands there any number of times.
Length unbound(const RegexPart& once) { return once.longest == 0 ? once.longest : std::nullopt; }

// A number as RE2 reads one in braces: nothing for "03", or for more digits than it
// counts with.
Length times(std::string_view digits) {
  const bool is_number = !digits.empty() && digits.find_first_not_of("0123456789") == digits.npos;
  if (!is_number || digits.size() > 9 || (digits.size() > 1 && digits[0] == '0')) return {};
  size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

ByteSet byte(char character) { return ByteSet().set(static_cast<unsigned char>(character)); }

RegexPart one_of(const ByteSet& bytes, bool both_cases) {
  return {1, 1, both_cases ? in_both_cases(bytes) : bytes};
}

}  // namespace

RegexPart& RegexPart::operator+=(const RegexPart& behind) {
  longest = sum(longest, behind.longest);
  shortest += behind.shortest;
  bytes |= behind.bytes;
  return *this;
}

void RegexReader::Group::add(const RegexPart& part) {
  all += part;
  parts.push_back(part);
}

void RegexReader::Group::branch() {
  if (others) {
    others->longest = most(others->longest, all.longest);
    others->shortest = std::min(others->shortest, all.shortest);
    others->bytes |= all.bytes;
  } else {
    others = all;
  }
  all = {};
  parts.clear();
}

void RegexReader::Group::add_all(std::vector<RegexPart> more) {
  for (const RegexPart& part : more) all += part;
  if (parts.empty())
    parts = std::move(more);
  else
    parts.insert(parts.end(), more.begin(), more.end());
}

std::vector<RegexPart> RegexReader::Group::close() {
  if (!others) return std::move(parts);
  branch();
  return {*others};
}

RegexReader::RegexReader(std::string_view regex)
    : regex_(regex), rest_(regex), both_cases_(has_both_cases(regex)) {
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
      std::vector<RegexPart> parts = open.back().close();
      open.pop_back();
      const size_t end = read();
      RegexPart once;
      for (const RegexPart& part : parts) once += part;
      const RegexPart all = repeated(once);
      const bool is_repeated = read() != end;
      if (is_repeated)
        open.back().add(all);
      else
        open.back().add_all(std::move(parts));
      if (open.size() == 1 && first_.end == 0) {
        first_.end = end - 1;
        first_.repeated = is_repeated;
      }
    } else if (take("\\Q")) {
      const size_t end = std::min(rest_.find("\\E"), rest_.size());
      const std::string_view quoted = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 2, rest_.size()));
      for (size_t i = 0; i < quoted.size(); ++i) {
        const RegexPart part = one_of(byte(quoted[i]), both_cases_);
        open.back().add(i + 1 < quoted.size() ? part : repeated(part));
      }
    } else {
      open.back().add(repeated(atom()));
    }
    const Length longest = open.back().all.longest;
    if (open.size() == 1 && longest) beginnings_.push_back({read(), *longest});
  }
  parts_ = open.back().close();
}

bool RegexReader::take(std::string_view text) {
  if (!rest_.starts_with(text)) return false;
  rest_.remove_prefix(text.size());
  return true;
}

// "(?i)", which holds nothing.
bool RegexReader::take_flags() {
  if (!rest_.starts_with("(?")) return false;
  const size_t end = rest_.find_first_not_of("imsU-", 2);
  if (end == rest_.npos || rest_[end] != ')') return false;
  rest_.remove_prefix(end + 1);
  return true;
}

// After '(': "?:", "?i:", "?P<name>".
void RegexReader::skip_opening() {
  if (!take("?")) return;
  const bool is_named = rest_.starts_with('P') || rest_.starts_with('<');
  rest_.remove_prefix(rest_.find(is_named ? '>' : ':') + 1);
}

// One character, class or assertion.
RegexPart RegexReader::atom() {
  if (rest_[0] == '\\') return escape();
  if (rest_[0] == '[') {
    const ByteSet bytes = bytes_of_class(rest_);
    rest_.remove_prefix(class_size(rest_));
    return one_of(bytes, both_cases_);
  }
  const char character = rest_[0];
  rest_.remove_prefix(1);
  if (character == '^' || character == '$') return {};
  if (character == '.') return one_of(ByteSet().set(), false);
  return one_of(byte(character), both_cases_);
}

RegexPart RegexReader::escape() {
  const std::string_view all = rest_;
  const char kind = rest_[1];
  rest_.remove_prefix(escape_size(rest_));
  if (std::string_view("bBAzZ").find(kind) != std::string_view::npos) return {};
  return one_of(bytes_of_escape(all), both_cases_);
}

RegexPart RegexReader::repeated(RegexPart once) {
  RegexPart result = once;
  while (!rest_.empty()) {
    const std::string_view behind = rest_;
    while (take("\\Q\\E") || take_flags()) {
    }  // RE2 repeats what stands before these
    if (take("*")) {
      result = {unbound(once), 0, once.bytes};
    } else if (take("+")) {
      result.longest = unbound(once);
    } else if (take("?")) {
      result.shortest = 0;
    } else {
      const Braces repeat = braces();
      if (!repeat.found) {
        rest_ = behind;
        break;
      }
      result.shortest *= repeat.least;
      if (!repeat.most)
        result.longest = unbound(once);
      else if (result.longest)
        *result.longest *= *repeat.most;
    }
    take("?");  // as few as can be
  }
  return result;
}

// "{3}", "{3,}" or "{3,9}"; any other brace is a character of its own.
RegexReader::Braces RegexReader::braces() {
  if (!rest_.starts_with('{')) return {};
  const size_t end = rest_.find('}');
  if (end == rest_.npos) return {};
  const std::string_view inside = rest_.substr(1, end - 1);
  const size_t comma = inside.find(',');
  const Length least = times(inside.substr(0, comma));
  Length most = least;
  if (comma != inside.npos) {
    most = times(inside.substr(comma + 1));
    if (!most && comma + 1 < inside.size()) return {};
  }
  if (!least) return {};
  rest_.remove_prefix(end + 1);
  return {true, *least, most};
}

}  // namespace pushguard
