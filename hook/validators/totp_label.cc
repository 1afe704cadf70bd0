// SPDX-License-Identifier: Apache-2.0
#include "validators/totp_label.h"

#include <algorithm>
#include <string>

#include "codec/encodings.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

bool is_for_show(std::string_view word) {
  constexpr std::string_view kWords[] = {"test",     "tests", "testing", "tester",
                                         "testuser", "demo",  "sample",  "example",
                                         "foo",      "dummy", "label",   "issuer"};
  return std::ranges::find(kWords, word) != std::end(kWords);
}

bool says_for_show(std::string_view text) {
  const std::string plain = to_lower(percent_decode(text));
  for (size_t begin = 0, end; begin < plain.size(); begin = end + 1) {
    end = begin;
    while (end < plain.size() && is_letter(plain[end])) ++end;
    if (is_for_show(std::string_view(plain).substr(begin, end - begin))) return true;
  }
  return false;
}

}  // namespace

bool is_for_test_label(std::string_view before, std::string_view after) {
  constexpr size_t kFarthest = 240;
  const size_t begin = before.rfind("otpauth://");
  if (begin == before.npos || before.size() - begin > kFarthest) return false;
  // "otp/Test?issuer=x&secret=": the words "issuer" and "secret" of the query are no labels.
  const std::string_view url = before.substr(begin);
  const std::string_view label = url.substr(0, url.find('?'));
  const std::string_view behind = after.substr(0, after.find_first_of(" \t\r\n\"'<>"));
  constexpr std::string_view kIssuer = "issuer=";
  const size_t issuer = behind.substr(0, kFarthest).find(kIssuer);
  return says_for_show(label) ||
         (issuer != behind.npos && says_for_show(behind.substr(issuer + kIssuer.size())));
}

}  // namespace pushguard
