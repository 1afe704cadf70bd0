// SPDX-License-Identifier: Apache-2.0
#include "rules/named_keys.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "vocabulary/ascii.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kLongestIdentifier = 120, kLongestLine = 160;
constexpr size_t kMostWords = 32, kMostWordsOfName = 4, kMostSections = 3;

bool is_identifier_byte(char c) { return is_alnum(c) || c == '_' || c == '-' || c == '.'; }

size_t line_begin(string_view text, size_t at, size_t low) {
  while (at > low && text[at - 1] != '\n') --at;
  return at;
}

size_t indent_of(string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

// The words of a text, and which of them name a vendor.
class Words {
 public:
  explicit Words(string_view text) {
    bool is_new = true;
    for (size_t i = 0; i < text.size() && begins_.size() < kMostWords; ++i) {
      const char c = text[i];
      if (!is_alnum(c)) {
        is_new = true;
        continue;
      }
      const bool is_hump =
          i > 0 && is_upper(c) &&
          (!is_upper(text[i - 1]) || (i + 1 < text.size() && is_lower(text[i + 1])));
      if (is_new || is_hump) begins_.push_back(joined_.size());
      is_new = false;
      joined_ += to_lower(c);
    }
  }

  // "mailboxlayerapikey" has no other sign of where the vendor's name ends.
  void split_ending() {
    constexpr string_view kEndings[] = {"key",   "apikey", "accesskey", "secretkey",
                                        "token", "secret", "apitoken",  "accesstoken"};
    for (const string_view ending : kEndings) {
      if (joined_.size() > ending.size() && joined_.ends_with(ending)) {
        begins_.push_back(joined_.size() - ending.size());
      }
    }
    std::ranges::sort(begins_);
    begins_.erase(std::unique(begins_.begin(), begins_.end()), begins_.end());
  }

  void look(std::span<const NamedKey> keys, bool is_identifier,
            std::vector<uint16_t>& rules) const {
    for (size_t count = std::min(kMostWordsOfName, begins_.size()); count > 0; --count) {
      for (size_t first = 0; first + count <= begins_.size(); ++first) {
        const size_t end = first + count < begins_.size() ? begins_[first + count] : joined_.size();
        const string_view name = string_view(joined_).substr(begins_[first], end - begins_[first]);
        for (const NamedKey& key : std::ranges::equal_range(keys, name, {}, &NamedKey::name)) {
          if (is_identifier || !key.is_word) rules.push_back(key.rule);
        }
      }
    }
  }

 private:
  std::string joined_;
  std::vector<size_t> begins_;  // of words in joined_
};

class Reader {
 public:
  Reader(std::span<const NamedKey> keys, string_view content, Range name,
         std::vector<uint16_t>& rules)
      : keys_(keys), text_(content), rules_(rules) {
    low_ = name.begin - std::min(name.begin, kNamedKeyReach);
    while (name.end > name.begin && !is_alnum(text_[name.end - 1])) --name.end;
    identifier_ = name;
    const size_t least = name.begin - std::min(name.begin - low_, kLongestIdentifier);
    while (identifier_.begin > least && is_identifier_byte(text_[identifier_.begin - 1])) {
      --identifier_.begin;
    }
    line_ = line_begin(text_, identifier_.begin, low_);
  }

  void read() {
    Words words(text_.substr(identifier_.begin, identifier_.size()));
    words.split_ending();
    words.look(keys_, true, rules_);
    const size_t from =
        std::max(line_, identifier_.begin - std::min(identifier_.begin, kLongestLine));
    read_apart({from, identifier_.begin});
    read_sections();
  }

 private:
  // What is between other bytes than those of identifiers and blanks is read by itself.
  void read_apart(Range range) {
    size_t end = range.end;
    while (end > range.begin) {
      size_t begin = end;
      while (begin > range.begin &&
             (is_identifier_byte(text_[begin - 1]) || text_[begin - 1] == ' ')) {
        --begin;
      }
      if (begin < end) {
        Words(text_.substr(begin, end - begin)).look(keys_, false, rules_);
      }
      end = begin - std::min(begin - range.begin, size_t{1});
    }
  }

  // `mailboxlayer:` above a line that is deeper, `"mailboxlayer": {`, `[mailboxlayer]`.
  void read_sections() {
    size_t indent = indent_of(text_.substr(line_, identifier_.begin - line_)), found = 0;
    for (size_t end = line_; end > low_ && found < kMostSections;) {
      const size_t begin = line_begin(text_, end - 1, low_);
      string_view line = text_.substr(begin, end - begin);
      line = line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
      end = begin;
      const size_t own = indent_of(line);
      if (own == line.size()) continue;
      const bool is_header = own == 0 && line[0] == '[' && line.back() == ']';
      const bool opens = string_view(":{[(>").find(line.back()) != line.npos;
      if (!is_header && (own >= indent || !opens)) continue;
      read_apart({begin, begin + std::min(line.size(), kLongestLine)});
      indent = own;
      ++found;
      if (own == 0) return;
    }
  }

  std::span<const NamedKey> keys_;
  string_view text_;
  std::vector<uint16_t>& rules_;
  size_t low_ = 0, line_ = 0;
  Range identifier_{0, 0};
};

struct ShapeClass {
  string_view name, regex;
};
constexpr ShapeClass kClasses[] = {
    {"hex", "[0-9a-f]"}, {"HEX", "[0-9A-F]"}, {"dig", "[0-9]"},         {"b62", "[A-Za-z0-9]"},
    {"b36", "[a-z0-9]"}, {"B36", "[A-Z0-9]"}, {"b64", "[A-Za-z0-9+/]"}, {"b64u", "[A-Za-z0-9_-]"},
    {"b32", "[A-Z2-7]"}, {"lower", "[a-z]"},  {"upper", "[A-Z]"},       {"alpha", "[A-Za-z]"},
};
constexpr string_view kUuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

Error bad_shape(string_view pattern) {
  return Error(fmt::format("'{}' is no shape of a key: write it like an example, such as "
                           "\"key_{{hex:32}}\" or \"{{b62:20-40}}\"",
                           pattern));
}

size_t number_in(string_view text, string_view pattern) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0 || number > 500) {
    throw bad_shape(pattern);
  }
  return number;
}

template <typename Change>
std::string with_words(string_view name, Change change) {
  std::string result;
  bool is_new = false;
  for (const char c : name) {
    if (is_alnum(c)) {
      change(result, c, is_new);
      is_new = false;
    } else {
      is_new = true;
    }
  }
  return result;
}

}  // namespace

void find_named_keys(std::span<const NamedKey> keys, string_view content, Range name,
                     std::vector<uint16_t>& rules) {
  Reader(keys, content, name, rules).read();
}

KeyShape read_key_shape(string_view pattern) {
  KeyShape shape;
  for (string_view rest = pattern; !rest.empty();) {
    if (rest[0] != '{') {
      if (rest[0] == '}') throw bad_shape(pattern);
      if (!is_alnum(rest[0])) shape.regex += '\\';
      shape.regex += rest[0];
      shape.example += rest[0];
      ++shape.size;
      rest.remove_prefix(1);
      continue;
    }
    const size_t end = rest.find('}');
    if (end == rest.npos) throw bad_shape(pattern);
    const string_view placeholder = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (placeholder == "uuid") {
      shape.regex += kUuid;
      shape.example += "{uuid}";
      shape.size += 36;
      continue;
    }
    const size_t colon = std::min(placeholder.find(':'), placeholder.size() - 1);
    const auto known = std::ranges::find(kClasses, placeholder.substr(0, colon), &ShapeClass::name);
    if (known == std::end(kClasses)) throw bad_shape(pattern);
    const string_view sizes = placeholder.substr(colon + 1);
    const size_t dash = std::min(sizes.find('-'), sizes.size());
    const size_t least = number_in(sizes.substr(0, dash), pattern);
    const size_t most = dash == sizes.size() ? least : number_in(sizes.substr(dash + 1), pattern);
    if (most < least) throw bad_shape(pattern);
    shape.regex += most == least ? fmt::format("{}{{{}}}", known->regex, least)
                                 : fmt::format("{}{{{},{}}}", known->regex, least, most);
    shape.example += fmt::format("{{{}:{}}}", known->name, most);
    shape.size += most;
  }
  return shape;
}

std::string joined_name(string_view name) {
  return with_words(name, [](std::string& to, char c, bool) { to += to_lower(c); });
}

std::string upper_name(string_view name) {
  return with_words(name, [](std::string& to, char c, bool is_new) {
    if (is_new && !to.empty()) to += '_';
    to += is_lower(c) ? static_cast<char>(c & ~0x20) : c;
  });
}

std::string camel_name(string_view name) {
  return with_words(name, [](std::string& to, char c, bool is_new) {
    to += is_new && !to.empty() && is_lower(c) ? static_cast<char>(c & ~0x20)
          : is_new                             ? c
                                               : to_lower(c);
  });
}

}  // namespace pushguard
