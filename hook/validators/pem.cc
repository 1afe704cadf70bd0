// SPDX-License-Identifier: Apache-2.0
#include "validators/pem.h"

#include <algorithm>
#include <string>

#include "codec/der.h"
#include "codec/encodings.h"
#include "validators/openssh_key.h"
#include "validators/published_keys.h"

namespace pushguard {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ", kEnd = "-----END ", kRule = "-----";
constexpr std::string_view kKeyLabel = "PRIVATE KEY";

struct Pem {
  std::string_view label;  // "RSA PRIVATE KEY"
  std::string_view body;   // up to END, or to the end of a text that was cut off
};

// The first block that is a private key: an EC key often comes after a block of parameters.
Pem find_key(std::string_view text) {
  for (size_t at = 0; (at = text.find(kBegin, at)) != text.npos;) {
    at += kBegin.size();
    const size_t label_end = text.find(kRule, at);
    if (label_end == text.npos) break;
    const std::string_view label = text.substr(at, label_end - at);
    if (label.find(kKeyLabel) == label.npos) continue;
    const std::string_view rest = text.substr(label_end + kRule.size());
    return {label, rest.substr(0, rest.find(kEnd))};
  }
  return {};
}

// Whether the '+' at `at` joins string literals: "..." + "...".
bool joins_literals(std::string_view body, size_t at) {
  constexpr std::string_view kSpace = " \t\r\n", kQuotes = "\"'";
  const size_t before = at == 0 ? body.npos : body.find_last_not_of(kSpace, at - 1);
  const size_t after = body.find_first_not_of(kSpace, at + 1);
  const auto is_quote = [&](size_t i) {
    return i != body.npos && kQuotes.find(body[i]) != kQuotes.npos;
  };
  return is_quote(before) &&
         (is_quote(after) || after == body.npos || body[at + 1] == '\n' || body[at + 1] == '\r');
}

// Skips headers in the form of RFC 1421 ("keyID: ..."). One that says ENCRYPTED is tested
// elsewhere.
std::string_view without_headers(std::string_view body) {
  size_t begin = body.find_first_not_of("\r\n");
  while (begin < body.size()) {
    const size_t end = body.find('\n', begin);
    if (end == body.npos || body.substr(begin, end - begin).find(": ") == body.npos) break;
    begin = end + 1;
  }
  return begin < body.size() ? body.substr(begin) : body;
}

// The base64 of the key alone: without line ends, indentation, quotes, escapes, what joins
// string literals ("'#10+'" in Pascal), and anything after the padding.
std::string base64_letters(std::string_view text) {
  const std::string_view body = without_headers(text);
  std::string letters;
  for (size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '=') break;
    if (c == '+' && joins_literals(body, i)) continue;
    if (c == '#') {
      i = std::min(body.find_first_not_of(kDigits, i + 1), body.size()) - 1;
      if (i + 1 < body.size() && body[i + 1] == '+') ++i;
      continue;
    }
    if (c == '\\') {
      while (i + 1 < body.size() && body[i + 1] == '\\') ++i;
      const char escaped = i + 1 < body.size() ? body[i + 1] : ' ';
      if (escaped == 'n' || escaped == 'r' || escaped == 't') ++i;
    } else if (c == '+' || c == '/' || kBase62UpperFirst.find(c) != std::string_view::npos) {
      letters += c;
    }
  }
  return letters;
}

Validation encrypted() { return {Validity::weakened, "encrypted: needs its passphrase"}; }

}  // namespace

Validation check_pem_private_key(std::string_view secret, int64_t) {
  constexpr size_t kSmallestKey = 64;  // base64 characters; the size of an Ed25519 key
  const Pem pem = find_key(secret);
  if (pem.label.find("PGP") != pem.label.npos) return {Validity::unknown, "OpenPGP, not decoded"};
  const std::string letters = base64_letters(pem.body);
  if (letters.size() < kSmallestKey) return {Validity::invalid, "too short for a private key"};
  if (pem.body.find("4,ENCRYPTED") != pem.body.npos) return encrypted();
  if (pem.label.find("ENCRYPTED") != pem.label.npos) return encrypted();

  const auto bytes = base64_decode(letters);
  if (!bytes) return {};
  const std::string_view element = first_der_element(*bytes);
  for (const std::string_view body : {element, std::string_view(*bytes)}) {
    const std::string_view name = published_key_name(body);
    if (!name.empty()) return {Validity::weakened, "is public: " + std::string(name)};
  }
  const DerKey der = classify_der_key(*bytes);
  const OpensshKey openssh = classify_openssh_key(*bytes);
  if (der == DerKey::pkcs8_encrypted || openssh == OpensshKey::encrypted) return encrypted();
  if (der == DerKey::none && openssh == OpensshKey::none) return {};
  if (is_broken_rsa(*bytes)) return {Validity::weakened, "its numbers form no RSA key"};
  return {Validity::valid, "is a complete private key"};
}

}  // namespace pushguard
