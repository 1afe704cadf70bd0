// SPDX-License-Identifier: Apache-2.0
#include "validators/der_key.h"

#include <algorithm>

#include "codec/der.h"
#include "validators/pem.h"

namespace pushguard {
namespace {

constexpr size_t kMostBytes = 48 << 10;

// Without a curve SEC1 keys are of no use, and messages of SNMP have their form.
bool names_curve(std::string_view der) {
  constexpr uint8_t kParameters = 0xa0;
  DerReader fields(DerReader(der).next(kDerSequence).value_or(""));
  const bool holds = fields.next(kDerInteger) && fields.next();
  const auto parameters = holds ? fields.next(kParameters) : std::nullopt;
  if (!parameters || parameters->empty()) return false;
  const auto tag = static_cast<uint8_t>(parameters->front());
  return tag == kDerObjectId || tag == kDerSequence;
}

// The key that `file` begins with; "" if there is none.
std::string_view key_of(std::string_view file) {
  constexpr size_t kFewestOfNumbers = 100;  // bytes; of a key that consists of numbers alone
  const std::string_view der = first_der_element(file.substr(0, kMostBytes));
  switch (classify_der_key(der)) {
    case DerKey::none: return {};
    case DerKey::rsa:
    case DerKey::dsa: return der.size() < kFewestOfNumbers ? "" : der;
    case DerKey::ec: return names_curve(der) ? der : "";
    case DerKey::pkcs8:
    case DerKey::pkcs8_encrypted: break;
  }
  return der;
}

}  // namespace

Validation check_der_private_key(std::string_view secret, int64_t) {
  const std::string_view der = key_of(secret);
  const auto kind = kind_of_key(der);
  if (!kind) return {Validity::invalid, "no private key"};
  return check_key({*kind, std::string(der)});
}

Extent extent_of_der_key(std::string_view content, size_t begin, Effort&) {
  const std::string_view der = key_of(content.substr(begin));
  if (der.empty()) return {};
  return {Extent::Kind::whole, begin + der.size()};
}

}  // namespace pushguard
