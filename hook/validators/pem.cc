// SPDX-License-Identifier: Apache-2.0
#include "validators/pem.h"

#include <string>

#include "codec/der.h"
#include "validators/armor.h"
#include "validators/armor_letters.h"
#include "validators/published_keys.h"

namespace pushguard {
namespace {

constexpr std::string_view kKeyLabel = "PRIVATE KEY";
constexpr uint64_t kReadingsPerByte = 16;

// The first block whose label says that it is a private key.
struct Pem {
  std::string_view label;  // "RSA PRIVATE KEY"
  std::string_view body;   // up to END, or to the end of a text that was cut off
};

Pem labelled_block(std::string_view text) {
  for (size_t at = 0; (at = text.find(kArmorBegin, at)) != text.npos;) {
    at += kArmorBegin.size();
    const size_t label_end = text.find(kArmorRule, at);
    if (label_end == text.npos) break;
    const std::string_view label = text.substr(at, label_end - at);
    if (label.find(kKeyLabel) == label.npos) continue;
    const std::string_view rest = text.substr(label_end + kArmorRule.size());
    return {label, rest.substr(0, rest.find(kArmorEnd))};
  }
  return {};
}

// What is said of the first block that is a key which opens something, else of the first that is
// a key: an EC key often comes after a block of parameters.
std::optional<Validation> check_blocks(std::string_view text) {
  Effort effort{kReadingsPerByte * text.size()};
  std::optional<Validation> said;
  for (size_t at = 0; (at = text.find(kArmorBegin, at)) != text.npos; at += kArmorBegin.size()) {
    Extent extent;
    const auto key = read_armor(text, at, effort, extent);
    if (!key) continue;
    Validation validation = check_key(*key);
    if (validation.validity == Validity::valid) return validation;
    if (!said) said = std::move(validation);
  }
  return said;
}

// Skips headers in the form of RFC 1421 ("keyID: ...").
std::string_view without_headers(std::string_view body) {
  size_t begin = body.find_first_not_of("\r\n");
  while (begin < body.size()) {
    const size_t end = body.find('\n', begin);
    if (end == body.npos || body.substr(begin, end - begin).find(": ") == body.npos) break;
    begin = end + 1;
  }
  return begin < body.size() ? body.substr(begin) : body;
}

Validation encrypted() { return {Validity::weakened, "encrypted: needs its passphrase"}; }

// Of a block that is no key by its structure.
Validation judge_label(const Pem& pem) {
  constexpr size_t kSmallestKey = 64;  // base64 characters; the size of an Ed25519 key
  if (pem.label.find("PGP") != pem.label.npos) return {Validity::unknown, "OpenPGP, not decoded"};
  const std::string_view body = without_headers(pem.body);
  Effort effort{body.size()};
  ArmorLetters letters(body, 0, ArmorStyle::source, effort);
  if (!letters.read(kSmallestKey)) return {Validity::invalid, "too short for a private key"};
  if (pem.body.find("4,ENCRYPTED") != pem.body.npos) return encrypted();
  return pem.label.find("ENCRYPTED") != pem.label.npos ? encrypted() : Validation{};
}

}  // namespace

Validation check_key(const ArmoredKey& key) {
  const std::string_view element = first_der_element(key.bytes);
  for (const std::string_view body : {element, std::string_view(key.bytes)}) {
    const std::string_view name = published_key_name(body);
    if (!name.empty()) return {Validity::weakened, "is public: " + std::string(name)};
  }
  if (key.kind == ArmoredKey::Kind::encrypted) return encrypted();
  if (is_broken_rsa(key.bytes)) return {Validity::unknown, "its numbers form no RSA key"};
  return {Validity::valid, "is a complete private key"};
}

Validation check_pem_private_key(std::string_view secret, int64_t) {
  if (auto said = check_blocks(secret)) return *std::move(said);
  return judge_label(labelled_block(secret));
}

Validation check_armored_key(std::string_view secret, int64_t) {
  return check_blocks(secret).value_or(Validation{});
}

}  // namespace pushguard
