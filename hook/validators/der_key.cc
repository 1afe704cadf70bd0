// SPDX-License-Identifier: Apache-2.0
#include "validators/der_key.h"

#include <algorithm>

#include "codec/der.h"
#include "validators/pem.h"

namespace pushguard {
namespace {

// Without a curve SEC1 keys are of no use, and messages of SNMP have their form.
bool names_curve(std::string_view der) {
  constexpr uint8_t kParameters = 0xa0;
  auto fields = der_fields(der);
  const bool holds = fields && fields->next(kDerInteger) && fields->next();
  const auto parameters = holds ? fields->next(kParameters) : std::nullopt;
  if (!parameters || parameters->empty()) return false;
  const auto tag = static_cast<uint8_t>(parameters->front());
  return tag == kDerObjectId || tag == kDerSequence;
}

// The key that `file` begins with; "" if there is none. What is behind its fields may be cut off.
std::string_view key_of(std::string_view file) {
  constexpr size_t kFewestOfNumbers = 100;  // bytes; of a key that consists of numbers alone
  const std::string_view element = first_der_element(file);
  const std::string_view der = element.empty() ? file : element;
  switch (classify_der_key(der)) {
    case DerKey::none: return {};
    case DerKey::rsa:
    case DerKey::dsa: return der.size() < kFewestOfNumbers ? "" : der;
    case DerKey::ec: return names_curve(der) ? der : "";
    case DerKey::pkcs8: return der;
    case DerKey::pkcs8_encrypted: return element;
  }
  return {};
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
  if (!der.empty()) return {Extent::Kind::whole, begin + der.size()};
  content.remove_prefix(begin);
  const bool is_cut = may_begin_der_key(content) && first_der_element(content).empty();
  return {is_cut ? Extent::Kind::cut_off : Extent::Kind::none};
}

}  // namespace pushguard
