// SPDX-License-Identifier: Apache-2.0
#include "layouts/named_values.h"

#include <algorithm>

#include "layouts/fields.h"
#include "layouts/statement.h"
#include "layouts/text.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kLongestName = 80;

bool is_uuid(string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool joint = i == 8 || i == 13 || i == 18 || i == 23;
    if (joint ? text[i] != '-' : !is_hex_digit(text[i])) return false;
  }
  return true;
}

// Whether `text` has `form`, which is in lower case.
bool has(string_view text, string_view form) {
  return !std::ranges::search(text, form, [](char a, char b) { return to_lower(a) == b; }).empty();
}

// `text` without what joins its words, in lower case: "next_page_token" is "nextpagetoken".
std::string joined(string_view text) {
  std::string letters;
  for (const char c : text) {
    if (is_alnum(c)) letters += to_lower(c);
  }
  return letters;
}

class Reader {
 public:
  Reader(string_view content, Range name, std::vector<Range>& values)
      : name_(name), values_(values), first_(values.size()) {
    place_.text = content.substr(0, name.end + kValueReach);
    place_.low = name.begin - std::min(name.begin, kValueReach / 2);
    place_.word = name;
    const size_t low = name.begin - std::min(name.begin, kLongestName);
    while (place_.word.begin > low &&
           (is_word_byte(content[place_.word.begin - 1]) || content[place_.word.begin - 1] == '-' ||
            content[place_.word.begin - 1] == '.')) {
      --place_.word.begin;
    }
  }

  void read() {
    if (!close_name()) return;
    const string_view text = place_.text;
    const size_t at = skip_blanks(text, place_.after);
    read_after(at);
    read_fields(place_, values_);
    if (place_.after > name_.end) read_value_before_label(place_, values_);
    read_columns(place_, values_);
    read_prose(place_, values_);
    if (values_.size() == first_) return;
    if (is_public()) {
      values_.resize(first_);
    } else {
      drop_what_is_no_value();
    }
  }

  uint64_t cost() const { return place_.cost; }

 private:
  // Moves behind quotes and brackets that end the name. False if the name is not whole.
  bool close_name() {
    const string_view text = place_.text;
    size_t at = name_.end;
    const bool is_key = is_one_of(text.substr(at - std::min<size_t>(at, 3), 3), {"key"});
    if (is_key && at < text.size() && to_lower(text[at]) == 's') ++at;
    if (at < text.size() && (is_word_byte(text[at]) || text[at] == '-')) return false;
    if (at < text.size() && text[at] == '[') {  // `char token[32]`
      while (++at < text.size() && is_digit(text[at])) {
      }
      if (at >= text.size() || text[at] != ']') at = name_.end;
    }
    for (int i = 0; i < 5 && at < text.size(); ++i) {
      const char c = text[at];
      if (!is_quote(c) && c != '\\' && c != ']' && c != ')' && c != '*') break;
      ++at;
    }
    place_.after = at;
    return true;
  }

  void read_after(size_t at) {
    const string_view text = place_.text;
    if (at >= text.size()) return;
    const bool is_joined = at == place_.after;
    const char c = text[at];
    if (is_one_of(text.substr(at, word_end(text, at) - at), {"values"})) return;  // of SQL
    if (c == '>' && (is_joined || text[at - 1] != ' ') && !text.substr(at).starts_with(">=")) {
      return read_element(at + 1);
    }
    if (const size_t size = operator_size(text, at); size > 0) {
      if (c == ':' || c == '=') read_nested(place_, at + size, values_);
      return statement(at + size, Expects::anything);
    }
    if (c == '}' && is_joined) return read_robot_variable(at + 1);
    if (place_.word.begin > place_.low && text[place_.word.begin - 1] == '<' && !is_joined) {
      return read_tag(at);
    }
    const bool is_inside = place_.after == name_.end || is_quote(text[place_.after - 1]);
    if (c == '(' || (c == ',' && is_inside)) return read_argument(at + 1);
    if (c == '{' && is_joined) return read_argument(at + 1);  // `string token{"V"}`
    if (c == '.' && place_.after > name_.end) return statement(at, Expects::argument);
    if (is_line_end(c)) return read_list_item(at);
    if (is_joined && !is_quote(c)) return;
    read_words(at);
  }

  // `${token}    V`, as Robot Framework separates them
  void read_robot_variable(size_t at) {
    const string_view text = place_.text;
    const size_t open = place_.word.begin;
    if (open < place_.low + 2 || text[open - 1] != '{') return;
    if (at < text.size() && text[at] == '=') ++at;
    const size_t value = skip_blanks(text, at);
    if (value >= at + 2 || (value > at && text[at] == '\t')) statement(value, Expects::anything);
  }

  // `<token>V</token>`, with V on a line of its own, too.
  void read_element(size_t at) {
    const string_view text = place_.text;
    if (const Range data = read_character_data(text, at); data.size() > 0) {
      place_.cost += data.end - at;
      values_.push_back(data);
      return;
    }
    const size_t begin = skip_spaces(text, at);
    const size_t end = text.substr(0, begin + kLongestValue).find_first_of("<\n\r", begin);
    place_.cost += (end == text.npos ? begin + kLongestValue : end) - at;
    if (end == text.npos) return;
    // On a line of its own it is one if the element ends behind it.
    const bool is_apart = std::ranges::any_of(text.substr(at, begin - at), is_line_end);
    const size_t next = skip_spaces(text, end);
    if (!is_apart || (next < text.size() && text[next] == '<')) values_.push_back({begin, end});
  }

  // `<token value="V"/>`, `<token type="plain">V</token>`
  void read_tag(size_t at) {
    constexpr size_t kLongestTag = 300;
    constexpr string_view kValue = "value=";
    const string_view text = place_.text.substr(0, at + kLongestTag);
    const size_t end = text.find('>', at);
    place_.cost += (end == text.npos ? text.size() : end) - at;
    if (end == text.npos) return;
    const size_t value = text.substr(0, end).find(kValue, at);
    if (value != text.npos) return statement(value + kValue.size(), Expects::argument);
    if (text[end - 1] != '/') read_element(end + 1);
  }

  // `setToken("V")`, `get("token", "V")`, `["--token", "V"]`
  void read_argument(size_t at) { statement(at, Expects::argument); }

  // `- --token`, and `- V` on the next line.
  void read_list_item(size_t at) {
    const string_view text = place_.text;
    if (name_.begin == place_.word.begin || text[place_.word.begin] != '-') return;
    at = skip_spaces(text, at);
    if (text.substr(at).starts_with("- ")) {
      statement(at + 2, Expects::anything);
    }
  }

  // `--token V`, `the password is V`, `gh secret set TOKEN --body V`, `var token string = "V"`
  void read_words(size_t at) {
    const string_view text = place_.text;
    constexpr string_view kBetween[] = {
        "is ",     "was ", "ist ",    "est ",     "es ",
        "to ",     "or ",  "--body ", "-b ",      "--value ",
        "-v ",     "AS ",  "as ",     "are ",     "--secret-string ",
        "lautet ", ". ",   "--body=", "--value=", "-b",
        "- "};
    constexpr string_view kFirst = "iwetoaAl.-|";
    if (kFirst.find(text[at]) == kFirst.npos) return statement(at, Expects::anything);
    constexpr string_view kDefault = "| default(";
    if (text.substr(at).starts_with(kDefault)) return read_argument(at + kDefault.size());
    for (const string_view word : kBetween) {
      if (text[at] == word[0] && text.substr(at).starts_with(word)) {
        at = skip_blanks(text, at + word.size());
        break;
      }
    }
    if (const size_t size = operator_size(text, at); size > 0) at += size;
    statement(at, Expects::anything);
  }

  void statement(size_t at, Expects expects) {
    place_.cost += read_statement(place_.text, at, expects, values_) - name_.end;
  }

  // `PublicKeyToken`, `primary_key`: says that the value is for all to see, or where it is kept.
  bool is_public() const {
    const string_view text = place_.text;
    const string_view word = text.substr(place_.word.begin, name_.end - place_.word.begin);
    if (is_one_of(word.substr(word.rfind('.') + 1), {"publickeytoken", "hexsecret"})) return true;
    const std::string letters = joined(word);
    for (const string_view form : {"csrf", "xsrf", "authenticity", "verificationtoken", "hashed",
                                   "checksum", "thumbprint", "confighash"}) {
      if (letters.find(form) != letters.npos) return true;
    }
    for (const string_view form : {"pagetoken", "nexttoken", "continuationtoken", "synctoken"}) {
      if (letters.ends_with(form)) return true;  // where a list goes on
    }
    if (is_in_digest_call() || is_behind_checksum() || is_image()) return true;
    constexpr string_view kPublic = "public key ";
    if (place_.word.begin >= place_.low + kPublic.size() &&
        is_one_of(text.substr(place_.word.begin - kPublic.size(), kPublic.size()), {kPublic})) {
      return true;
    }
    return is_common_key(word);
  }

  // `checksum/secret: ...`, as Helm's charts have it among annotations.
  bool is_behind_checksum() const {
    constexpr string_view kBefore = "checksum/";
    const string_view before = place_.text.substr(place_.low, place_.word.begin - place_.low);
    return before.ends_with(kBefore);
  }

  // `image: acme/secret:TAG`
  bool is_image() const {
    constexpr string_view kImage = "image: ";
    const string_view text = place_.text;
    const size_t after = name_.end;
    if (after + 1 >= text.size() || text[after] != ':' || text[after + 1] <= ' ') return false;
    const string_view before = text.substr(place_.low, place_.word.begin - place_.low);
    const size_t image = before.rfind(kImage);
    return image != before.npos &&
           before.find_first_of(" \n", image + kImage.size()) == before.npos;
  }

  // `sha1(token)`: what follows is compared with a digest.
  bool is_in_digest_call() const {
    const string_view text = place_.text;
    const size_t call = place_.word.begin;
    if (call <= place_.low || text[call - 1] != '(') return false;
    if (name_.end >= text.size() || text[name_.end] != ')') return false;
    const size_t begin = word_begin(text, call - 1, place_.low);
    const string_view function = text.substr(begin, call - 1 - begin);
    return std::ranges::any_of(std::initializer_list<string_view>{"hash", "sha", "md5", "digest"},
                               [&](string_view form) { return has(function, form); });
  }

  // `token_sha256 = ...`: whether the name says a digest of as many hex digits as `value` has.
  bool is_digest(string_view value) const {
    struct Digest {
      string_view name;
      size_t digits;
    };
    constexpr Digest kDigests[] = {{"md5", 32}, {"sha1", 40}, {"sha256", 64}, {"sha512", 128}};
    const string_view word = place_.text.substr(place_.word.begin, name_.end - place_.word.begin);
    return !has(word, "hmac") && std::ranges::any_of(kDigests, [&](const Digest& one) {
      return value.size() == one.digits && has(word, one.name) &&
             std::ranges::all_of(value, is_hex_digit);
    });
  }

  // `--key`, `cacheKey`: a key that opens nothing.
  static bool is_common_key(string_view word) {
    constexpr string_view kKey = "key";
    if (word.size() < kKey.size() || !is_one_of(word.substr(word.size() - kKey.size()), {kKey}))
      return false;
    size_t end = word.size() - kKey.size();
    while (end > 0 && !is_alnum(word[end - 1])) --end;
    if (end == 0) return true;
    size_t begin = end;
    while (begin > 0 && is_letter(word[begin - 1]) &&
           (begin == end || !is_upper(word[begin]) || is_upper(word[begin - 1]))) {
      --begin;
    }
    return is_one_of(
        word.substr(begin, end - begin),
        {"public",  "gpg",    "pgp",   "primary",     "foreign", "cache",    "sort",
         "pub",     "hash",   "row",   "publishable", "object",  "index",    "group",
         "map",     "site",   "dedup", "partition",   "unique",  "lookup",   "idempotency",
         "routing", "bucket", "range", "resource",    "issue",   "project",  "hot",
         "host",    "tree",   "entry", "translation", "verify",  "registry", "i18n",
         "sub",     "short",  "blob",  "column",      "message", "file",     "query",
         "state",   "parent", "item"});
  }

  // A name that says "token" often has an id.
  bool may_be_uuid() const {
    const string_view name = place_.text.substr(name_.begin, name_.size());
    return std::ranges::any_of(std::initializer_list<string_view>{"secret", "key", "pass", "pwd"},
                               [&](string_view word) { return has(name, word); });
  }

  void drop_what_is_no_value() {
    const bool uuids = may_be_uuid();
    const auto is_none = [&](const Range& value) {
      const string_view text = place_.text.substr(value.begin, value.end - value.begin);
      // It may go on behind what was read.
      if (value.end == place_.text.size() && place_.text.size() == name_.end + kValueReach)
        return true;
      return text.size() < kShortestValue || text.size() > kLongestValue ||
             std::ranges::any_of(text, [](char c) { return c <= ' ' || c > '~' || is_quote(c); }) ||
             (!uuids && is_uuid(text)) || is_digest(text);
    };
    // Text that is read as bytes of a program has names in it, too.
    const auto is_in_binary = [&](const Range& value) {
      constexpr size_t kAround = 16;
      const size_t begin = std::min(value.begin, place_.word.begin);
      const size_t low = std::max(place_.low, begin - std::min(begin, kAround));
      const string_view around = place_.text.substr(low, value.end + kAround - low);
      return std::ranges::any_of(around, [](char c) {
        return (c >= 0 && c < '\t') || (c > '\r' && c < ' ' && c != '\x1b') || c == '\x7f';
      });
    };
    const auto first = values_.begin() + static_cast<ptrdiff_t>(first_);
    values_.erase(
        std::remove_if(first, values_.end(),
                       [&](const Range& one) { return is_none(one) || is_in_binary(one); }),
        values_.end());
  }

  NamePlace place_;
  Range name_;
  std::vector<Range>& values_;
  size_t first_;
};

}  // namespace

bool read_named_values(string_view content, Range name, uint64_t& bytes,
                       std::vector<Range>& values) {
  constexpr uint64_t kAtLeast = 32;
  if (bytes < kAtLeast) return false;
  // The regex of a short name matches what stands behind it as well: `pass=`.
  constexpr string_view kBehind = "=:\"'` ";
  while (name.size() > 1 && kBehind.find(content[name.end - 1]) != kBehind.npos) --name.end;
  Reader reader(content, name, values);
  reader.read();
  bytes -= std::min(bytes, kAtLeast + reader.cost());
  return true;
}

}  // namespace pushguard
