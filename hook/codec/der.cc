// SPDX-License-Identifier: Apache-2.0
#include "codec/der.h"

#include "codec/big_number.h"

namespace pushguard {
namespace {

// PKCS#1 and OpenSSL's DSA form: only integers, including the version.
DerKey classify_integers(DerReader fields) {
  constexpr int kRsaIntegers = 9, kDsaIntegers = 6;
  int integers = 0;
  while (!fields.done()) {
    const auto integer = fields.next(kDerInteger);
    if (!integer || integer->empty()) return DerKey::none;
    ++integers;
  }
  if (integers == kRsaIntegers) return DerKey::rsa;
  return integers == kDsaIntegers ? DerKey::dsa : DerKey::none;
}

bool begins_with_object_id(std::string_view content) {
  const auto id = DerReader(content).next(kDerObjectId);
  return id && !id->empty();
}

// After the key, SEC1 has optional fields and PKCS#8 has attributes.
bool rest_is_whole(DerReader fields) {
  while (!fields.done()) {
    if (!fields.next()) return false;
  }
  return true;
}

}  // namespace

std::optional<DerElement> DerReader::next() {
  const auto tag = cursor_.u8();
  const auto first = tag ? cursor_.u8() : std::nullopt;
  if (!first) return std::nullopt;
  uint64_t size = *first;
  if (size & 0x80) {
    const auto more = size & 0x7f;
    if (more == 0 || more > 4) return std::nullopt;
    size = 0;
    for (uint64_t i = 0; i < more; ++i) {
      const auto byte = cursor_.u8();
      if (!byte) return std::nullopt;
      size = size << 8 | *byte;
    }
  }
  const auto content = cursor_.take(size);
  if (!content) return std::nullopt;
  return DerElement{*tag, *content};
}

std::optional<std::string_view> DerReader::next(uint8_t tag) {
  const auto element = next();
  if (!element || element->tag != tag) return std::nullopt;
  return element->content;
}

DerKey classify_der_key(std::string_view der) {
  const auto whole = DerReader(der).next(kDerSequence);
  if (!whole) return DerKey::none;
  DerReader fields(*whole);
  const auto first = fields.next();
  if (!first) return DerKey::none;
  if (first->tag == kDerSequence) {
    const bool holds = begins_with_object_id(first->content) && fields.next(kDerOctets);
    return holds && fields.done() ? DerKey::pkcs8_encrypted : DerKey::none;
  }
  if (first->tag != kDerInteger || first->content.size() != 1) return DerKey::none;
  const auto second = fields.next();
  if (!second) return DerKey::none;
  if (second->tag == kDerInteger && first->content[0] == 0) {
    return classify_integers(DerReader(*whole));
  }
  if (second->tag == kDerOctets && first->content[0] == 1) {
    return rest_is_whole(fields) ? DerKey::ec : DerKey::none;
  }
  const bool is_pkcs8 = second->tag == kDerSequence && begins_with_object_id(second->content) &&
                        fields.next(kDerOctets) && rest_is_whole(fields);
  return is_pkcs8 ? DerKey::pkcs8 : DerKey::none;
}

std::string_view first_der_element(std::string_view der) {
  const auto first = DerReader(der).next();
  if (!first) return {};
  return der.substr(
      0, static_cast<size_t>(first->content.data() - der.data()) + first->content.size());
}

bool is_broken_rsa(std::string_view der) {
  const DerKey kind = classify_der_key(der);
  const auto whole = DerReader(der).next(kDerSequence);
  if (!whole) return false;
  DerReader fields(*whole);
  const auto version = fields.next();
  if (kind == DerKey::pkcs8) {
    const auto algorithm = fields.next();
    const auto inside = fields.next(kDerOctets);
    return algorithm && inside && is_broken_rsa(*inside);
  }
  if (kind != DerKey::rsa || !version) return false;
  std::string_view numbers[5];  // modulus, two exponents, two primes
  for (std::string_view& number : numbers) number = fields.next(kDerInteger).value_or("");
  return product_of(numbers[3], numbers[4]) != without_leading_zeros(numbers[0]);
}

}  // namespace pushguard
