// SPDX-License-Identifier: Apache-2.0
#include "detect/stored_value.h"

#include <algorithm>

#include "codec/encodings.h"
#include "layouts/named_values.h"
#include "layouts/text.h"
#include "rules/rule.h"

namespace pushguard {
namespace {

using std::string_view;

// What git writes before the id of an object.
constexpr string_view kBeforeIds[] = {"commit ", "tree ", "parent ", "object ", "From ", "Merge: "};

// Whether `text` has `form`, which is in lower case.
bool has(string_view text, string_view form) {
  return !std::ranges::search(text, form, [](char a, char b) { return to_lower(a) == b; }).empty();
}

// A Fernet token: version 0x80, 8 bytes of time, 16 at random, blocks of 16, and 32 of its HMAC
// (github.com/fernet/spec). The time is before 2106.
bool is_fernet_token(string_view text, size_t size) {
  constexpr string_view kStart = "gAAAAA";
  constexpr size_t kHead = 25, kBlock = 16, kMac = 32;
  if (!text.starts_with(kStart)) return false;
  return size >= kHead + kBlock + kMac && (size - kHead - kMac) % kBlock == 0;
}

bool is_rsa_size(size_t size) { return size == 128 || size == 256 || size == 384 || size == 512; }

bool is_digest_size(size_t digits) {
  return digits == 32 || digits == 40 || digits == 56 || digits == 64 || digits == 96 ||
         digits == 128;
}

// What stands before `at`, as far as a rule beside a name may look.
string_view before(string_view content, size_t at) {
  const size_t low = at - std::min(at, kNameContext);
  return content.substr(low, at - low);
}

bool is_in_update(string_view ahead) {
  return has(ahead, "update ") && has(ahead, " set ") && ahead.find(';') == ahead.npos;
}

// `UPDATE users SET password = '`
bool is_password_of_row(string_view ahead) {
  constexpr size_t kFarthest = 24;
  const string_view name = ahead.substr(ahead.size() - std::min(ahead.size(), kFarthest));
  return ahead.ends_with('\'') && (has(name, "pass") || has(name, "pwd")) && is_in_update(ahead);
}

}  // namespace

bool is_ciphertext_by_name(string_view content, Range name, Range value) {
  constexpr size_t kShortest = 96;
  if (value.size() < kShortest) return false;
  const string_view ahead = before(content, name.begin);
  const size_t begin = word_begin(ahead, ahead.size(), 0);
  const string_view word = content.substr(name.begin - (ahead.size() - begin),
                                          name.end - name.begin + (ahead.size() - begin));
  if (!has(word, "encrypted") && !has(word, "cipher")) return false;
  const string_view text = content.substr(value.begin, value.size());
  const auto bytes = base64_decode(text);
  return bytes && (is_rsa_size(bytes->size()) || is_fernet_token(text, bytes->size()));
}

bool is_digest_in_row(string_view content, Range name, Range value) {
  const string_view text = content.substr(value.begin, value.size());
  if (!is_digest_size(text.size()) || !std::ranges::all_of(text, is_hex_digit)) return false;
  if (value.begin == 0 || content[value.begin - 1] != '\'') return false;
  if (value.begin < name.end) return false;
  if (has(content.substr(name.end, std::min(value.begin - name.end, kValueReach)), "values")) {
    return true;
  }
  return is_in_update(before(content, name.begin));
}

bool is_listed_digest(string_view content, Range value) {
  const string_view text = content.substr(value.begin, value.size());
  if (!is_digest_size(text.size()) || !std::ranges::all_of(text, is_hex_digit)) return false;
  const string_view ahead = before(content, value.begin);
  if (ahead.empty() || is_line_end(ahead.back())) {
    const size_t next = skip_blanks(content, value.end);
    return next > value.end && next < content.size() && !is_line_end(content[next]) &&
           content[next] != '#';
  }
  if (is_password_of_row(ahead)) return true;
  if (text.size() != 40 && text.size() != 64) return false;  // SHA-1, SHA-256
  return std::ranges::any_of(kBeforeIds, [&](string_view word) {
    if (!ahead.ends_with(word)) return false;
    const string_view rest = ahead.substr(0, ahead.size() - word.size());
    return rest.empty() || !is_word_byte(rest.back());
  });
}

}  // namespace pushguard
