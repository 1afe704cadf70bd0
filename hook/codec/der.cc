// SPDX-License-Identifier: Apache-2.0
#include "codec/der.h"

#include "codec/big_number.h"

namespace pushguard {
namespace {

// An element of indefinite length has others in it, which are read to find its end.
constexpr int kMostNested = 8;

struct Header {
  uint8_t tag = 0;
  std::optional<uint64_t> size;  // none: up to the end-of-contents
};

std::optional<Header> read_header(Cursor& cursor) {
  constexpr uint64_t kMostSizeBytes = 4;
  const auto tag = cursor.u8();
  const auto first = tag ? cursor.u8() : std::nullopt;
  if (!first) return std::nullopt;
  if (*first == 0x80) return Header{*tag, std::nullopt};
  if (*first < 0x80) return Header{*tag, *first};
  uint64_t size = 0, bytes = 0;
  for (int left = *first & 0x7f; left > 0; --left) {
    const auto byte = cursor.u8();
    if (!byte || (size != 0 && ++bytes == kMostSizeBytes)) return std::nullopt;
    size = size << 8 | *byte;
  }
  return Header{*tag, size};
}

std::optional<DerElement> read_element(Cursor& cursor, int nested) {
  const auto header = read_header(cursor);
  if (!header) return std::nullopt;
  if (header->size) {
    const auto content = cursor.take(*header->size);
    if (!content) return std::nullopt;
    return DerElement{header->tag, *content};
  }
  if (nested == kMostNested) return std::nullopt;
  const std::string_view all = cursor.rest();
  for (;;) {
    const size_t read = all.size() - cursor.rest().size();
    const auto inner = read_element(cursor, nested + 1);
    if (!inner) return std::nullopt;
    if (inner->tag == 0 && inner->content.empty()) {
      return DerElement{header->tag, all.substr(0, read)};
    }
  }
}

bool is_octets(const std::optional<DerElement>& element) {
  return element && (element->tag == kDerOctets || element->tag == kBerOctetsInPieces);
}

// PKCS#1, also with more than two primes, and OpenSSL's DSA form: only integers, including the
// version.
DerKey classify_integers(DerReader fields) {
  constexpr int kRsaIntegers = 9, kDsaIntegers = 6;
  int integers = 0;
  bool more_primes = false;
  while (!fields.done()) {
    const auto field = fields.next();
    more_primes = integers == kRsaIntegers && field && field->tag == kDerSequence && fields.done();
    if (more_primes) break;
    if (!field || field->tag != kDerInteger || field->content.empty()) return DerKey::none;
    ++integers;
  }
  if (integers == kRsaIntegers) return DerKey::rsa;
  return integers == kDsaIntegers ? DerKey::dsa : DerKey::none;
}

bool begins_with_object_id(std::string_view content) {
  const auto id = DerReader(content).next(kDerObjectId);
  return id && !id->empty();
}

// PKCS#5 and PKCS#12 number their ways to encrypt with a password so.
bool begins_with_password_scheme(std::string_view content) {
  constexpr std::string_view kRsa("\x2a\x86\x48\x86\xf7\x0d\x01");
  const auto id = DerReader(content).next(kDerObjectId);
  return id && id->size() > kRsa.size() && id->starts_with(kRsa) &&
         ((*id)[kRsa.size()] == 5 || (*id)[kRsa.size()] == 12);
}

// After the key, SEC1 has optional fields and PKCS#8 has attributes.
bool rest_is_whole(DerReader fields) {
  while (!fields.done()) {
    if (!fields.next()) return false;
  }
  return true;
}

}  // namespace

std::optional<DerElement> DerReader::next() { return read_element(cursor_, 0); }

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
    const bool holds = begins_with_password_scheme(first->content) && is_octets(fields.next());
    return holds && fields.done() ? DerKey::pkcs8_encrypted : DerKey::none;
  }
  if (first->tag != kDerInteger || first->content.size() != 1) return DerKey::none;
  const auto second = fields.next();
  if (!second) return DerKey::none;
  if (second->tag == kDerInteger && (first->content[0] == 0 || first->content[0] == 1)) {
    return classify_integers(DerReader(*whole));
  }
  if (is_octets(second) && first->content[0] == 1) {
    return rest_is_whole(fields) ? DerKey::ec : DerKey::none;
  }
  const bool is_pkcs8 = second->tag == kDerSequence && begins_with_object_id(second->content) &&
                        is_octets(fields.next()) && rest_is_whole(fields);
  return is_pkcs8 ? DerKey::pkcs8 : DerKey::none;
}

std::string_view first_der_element(std::string_view der) {
  Cursor cursor(der);
  if (!read_element(cursor, 0)) return {};
  return der.substr(0, der.size() - cursor.rest().size());
}

bool may_begin_der_key(std::string_view start) {
  if (start.empty() || static_cast<uint8_t>(start.front()) != kDerSequence) return false;
  Cursor cursor(start);
  if (!read_header(cursor)) return cursor.done();
  if (cursor.done()) return true;
  const auto tag = static_cast<uint8_t>(cursor.rest().front());
  if (tag != kDerInteger && tag != kDerSequence) return false;
  const auto second = read_header(cursor);
  if (!second) return cursor.done();
  return tag == kDerInteger
             ? second->size == 1u
             : (cursor.done() || static_cast<uint8_t>(cursor.rest().front()) == kDerObjectId);
}

std::optional<uint64_t> size_of_der(std::string_view start) {
  Cursor cursor(start);
  const auto header = read_header(cursor);
  if (!header || !header->size) return std::nullopt;
  return start.size() - cursor.rest().size() + *header->size;
}

bool is_broken_rsa(std::string_view der) {
  constexpr size_t kMostModulus = 2049;  // bytes; OpenSSL uses no larger one
  auto whole = DerReader(der).next(kDerSequence);
  if (whole && classify_der_key(der) == DerKey::pkcs8) {
    DerReader outer(*whole);
    const bool holds = outer.next(kDerInteger) && outer.next(kDerSequence);
    const auto inside = holds ? outer.next(kDerOctets) : std::nullopt;
    if (!inside) return false;
    der = *inside;
    whole = DerReader(der).next(kDerSequence);
  }
  if (!whole || classify_der_key(der) != DerKey::rsa) return false;
  DerReader fields(*whole);
  if (fields.next(kDerInteger) != std::string_view("\0", 1)) return false;
  std::string_view numbers[5];  // modulus, two exponents, two primes
  for (std::string_view& number : numbers) number = fields.next(kDerInteger).value_or("");
  const bool is_usual = numbers[0].size() <= kMostModulus &&
                        numbers[3].size() + numbers[4].size() <= kMostModulus + 2;
  return is_usual && product_of(numbers[3], numbers[4]) != without_leading_zeros(numbers[0]);
}

}  // namespace pushguard
