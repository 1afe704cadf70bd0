#include "detect/validators/pem.h"

#include <string>

#include "detect/validators/der.h"
#include "detect/validators/encodings.h"
#include "detect/validators/openssh_key.h"
#include "detect/validators/published_keys.h"

namespace pushguard {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ", kEnd = "-----END ", kRule = "-----";
constexpr std::string_view kKeyLabel = "PRIVATE KEY";

struct Pem {
  std::string_view label;  // "RSA PRIVATE KEY"
  std::string_view body;   // up to END, or to the end of a cut text
};

// The first private key: EC keys often follow their parameters.
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

// Drops line ends, indentation, quotes, and the escapes of string literals; and
// what stands behind the padding.
std::string base64_letters(std::string_view body) {
  std::string letters;
  for (size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '=') break;
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
  constexpr size_t kSmallestKey = 64;  // base64 characters; an Ed25519 key has as many
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
