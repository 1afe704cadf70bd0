// SPDX-License-Identifier: Apache-2.0
#include "validators/kubernetes_secret.h"

#include <algorithm>

#include "codec/encodings.h"
#include "codec/readable_text.h"
#include "layouts/text.h"
#include "validators/passwords.h"
#include "validators/random_value.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kShortest = 8, kLongest = 2000;

bool says(string_view key, std::initializer_list<string_view> words) {
  return std::ranges::any_of(words, [&](string_view word) {
    return !std::ranges::search(key, word, [](char a, char b) { return to_lower(a) == b; }).empty();
  });
}

bool is_telling(string_view key) {
  return says(key, {"passw", "token", "secret", "key", "credential", "auth", "pwd", "dsn"});
}

// What everybody may know, or a rule of its own finds.
bool is_public(string_view key) {
  return says(key,
              {"user", "host", "crt", "cert", "namespace", "email", "dockerc", "issuer", "region",
               "bucket", "endpoint", "client-id", "client_id", "clientid", "public"}) ||
         is_one_of(key, {"port", "database", "dbname", "db", "name", "type", "server", "url", "uri",
                         "tls.key"});
}

bool is_secret(string_view value) {
  const std::string decoded = decode_kubernetes_secret(value);
  const string_view text = decoded.empty() ? value : string_view(decoded);
  return check_password_value(text, 0).validity != Validity::invalid;
}

class Manifest {
 public:
  Manifest(string_view content, Range kind, std::vector<Range>& values)
      : text_(content.substr(0, kind.end + kKubernetesSecretReach)), values_(values) {
    low_ = kind.begin - std::min(kind.begin, kKubernetesSecretReach);
    // The next manifest is another.
    for (const string_view divider : {"\n---", "\nkind:", "\"kind\""}) {
      const size_t after = text_.find(divider, kind.end);
      text_ = text_.substr(0, after);
      const size_t quoted = kind.begin - std::min<size_t>(kind.begin, 1);
      const size_t before = text_.substr(0, quoted).rfind(divider);
      if (before != text_.npos && before > low_) low_ = before + divider.size();
    }
  }

  void read() {
    for (const string_view section : {"data", "stringData"}) {
      for (size_t at = text_.find(section, low_); at != text_.npos;
           at = text_.find(section, at + section.size())) {
        read_section(at, at + section.size());
      }
    }
  }

 private:
  void read_section(size_t begin, size_t end) {
    if (begin > low_ && is_word_byte(text_[begin - 1])) return;
    while (end < text_.size() && is_quote(text_[end])) ++end;
    if (end >= text_.size() || text_[end] != ':') return;
    const size_t at = skip_spaces(text_, end + 1);
    if (at < text_.size() && text_[at] == '{') return read_braces(at + 1);
    if (line_end(text_, end) > at) return;
    size_t line = begin;
    while (line > low_ && is_blank(text_[line - 1])) --line;
    read_lines(line_end(text_, end), begin - line);
  }

  // `"key": "V", key: V }`
  void read_braces(size_t at) {
    while (at < text_.size()) {
      at = skip_spaces(text_, at);
      if (at < text_.size() && text_[at] == ',') at = skip_spaces(text_, at + 1);
      if (at >= text_.size() || text_[at] == '}') return;
      const Range key = key_at(at);
      if (at >= text_.size() || text_[at] != ':') return;
      at = skip_spaces(text_, at + 1);
      const Literal literal = read_literal(text_, at);
      const Range value = literal.end != 0 ? literal.inside : read_bare(text_, at);
      const size_t next = literal.end != 0 ? literal.end : value.end;
      if (next == at) return;
      at = next;
      keep(key, value);
    }
  }

  // Lines that are deeper than `indent`.
  void read_lines(size_t at, size_t indent) {
    while (at < text_.size()) {
      at = std::min(text_.size(), skip_line_end(at));
      const size_t begin = skip_blanks(text_, at);
      const size_t end = line_end(text_, begin);
      if (begin == end && begin < text_.size()) {
        at = end;
        continue;
      }
      if (begin - at <= indent) return;
      at = begin;
      const Range key = key_at(at);
      if (at >= end || text_[at] != ':') {
        at = end;
        continue;
      }
      at = skip_blanks(text_, at + 1);
      if (at < end && (text_[at] == '|' || text_[at] == '>')) {
        at = skip_spaces(text_, end);
        keep(key, {at, line_end(text_, at)});
      } else if (const Literal literal = read_literal(text_, at); literal.end != 0) {
        keep(key, literal.inside);
      } else {
        keep(key, read_bare(text_, at));
      }
      at = line_end(text_, at);
    }
  }

  size_t skip_line_end(size_t at) const {
    if (at < text_.size() && text_[at] == '\r') ++at;
    return at + 1;
  }

  // Moves `at` behind the key that stands there.
  Range key_at(size_t& at) const {
    if (const Literal literal = read_literal(text_, at); literal.end != 0) {
      at = skip_blanks(text_, literal.end);
      return literal.inside;
    }
    const size_t begin = at;
    while (at < text_.size() &&
           (is_word_byte(text_[at]) || text_[at] == '-' || text_[at] == '.' || text_[at] == '/')) {
      ++at;
    }
    const Range key{begin, at};
    at = skip_blanks(text_, at);
    return key;
  }

  void keep(Range name, Range value) {
    const string_view key = text_.substr(name.begin, name.size());
    const string_view text = text_.substr(value.begin, value.size());
    if (text.size() < kShortest || text.size() > kLongest || is_public(key)) return;
    if (text.find_first_of(" \t\r\n{}<>$") != text.npos) return;
    if (is_telling(key) || is_secret(text)) values_.push_back(value);
  }

  string_view text_;
  size_t low_ = 0;
  std::vector<Range>& values_;
};

}  // namespace

bool read_kubernetes_secret(string_view content, Range kind, uint64_t& bytes,
                            std::vector<Range>& values) {
  if (bytes < kKubernetesSecretReach) return false;
  bytes -= kKubernetesSecretReach;
  Manifest(content, kind, values).read();
  return true;
}

std::string decode_kubernetes_secret(string_view secret) { return decode_base64_password(secret); }

Validation check_kubernetes_secret(string_view secret, int64_t) {
  const std::string decoded = decode_kubernetes_secret(secret);
  // A key in armor is found in the encoded text; a file of settings is not one secret.
  if (decoded.starts_with("-----") || decoded.starts_with("{")) {
    return {Validity::invalid, "is a file"};
  }
  if (!decoded.empty() && decoded.size() < 4) return {Validity::invalid, "is too short"};
  return {};
}

}  // namespace pushguard
