// SPDX-License-Identifier: Apache-2.0
#include "codec/der.h"

#include "codec/big_number.h"

namespace pushguard {
namespace {

struct Header {
  uint8_t tag = 0;
  std::optional<uint64_t> size;  // none: up to the end-of-contents
};

std::optional<Header> read_header(Cursor& cursor) {
  constexpr uint64_t kMostSizeBytes = 4;
  constexpr uint8_t kLongTag = 0x1f;
  const auto tag = cursor.u8();
  if (tag && (*tag & kLongTag) == kLongTag) {
    for (auto byte = cursor.u8(); byte && *byte >= 0x80;) byte = cursor.u8();
  }
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

// An element of indefinite length has others in it, which are read to find its end.
std::optional<DerElement> read_element(Cursor& cursor) {
  constexpr std::string_view kEnd("\0\0", 2);
  const auto header = read_header(cursor);
  if (!header) return std::nullopt;
  if (header->size) {
    const auto content = cursor.take(*header->size);
    if (!content) return std::nullopt;
    return DerElement{header->tag, *content};
  }
  const std::string_view all = cursor.rest();
  for (size_t open = 1;;) {
    const size_t read = all.size() - cursor.rest().size();
    if (cursor.skip(kEnd)) {
      if (--open == 0) return DerElement{header->tag, all.substr(0, read)};
      continue;
    }
    const auto inner = read_header(cursor);
    if (!inner) return std::nullopt;
    if (!inner->size) {
      ++open;
    } else if (!cursor.take(*inner->size)) {
      return std::nullopt;
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
    if (!field || field->tag != kDerInteger) return DerKey::none;
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

}  // namespace

std::optional<DerElement> DerReader::next() { return read_element(cursor_); }

std::optional<std::string_view> DerReader::next(uint8_t tag) {
  const auto element = next();
  if (!element || element->tag != tag) return std::nullopt;
  return element->content;
}

std::optional<DerReader> der_fields(std::string_view der) {
  Cursor cursor(der);
  const auto header = read_header(cursor);
  if (!header || header->tag != kDerSequence) return std::nullopt;
  return DerReader(cursor.rest().substr(0, header->size.value_or(cursor.rest().size())));
}

DerKey classify_der_key(std::string_view der) {
  constexpr size_t kMostOfVersion = 4;  // bytes that OpenSSL reads, and accepts whatever they are
  auto fields = der_fields(der);
  const auto first = fields ? fields->next() : std::nullopt;
  const auto second = first ? fields->next() : std::nullopt;
  if (!second) return DerKey::none;
  if (first->tag == kDerSequence) {
    const bool holds = begins_with_password_scheme(first->content) && is_octets(second);
    return holds ? DerKey::pkcs8_encrypted : DerKey::none;
  }
  if (first->tag != kDerInteger) return DerKey::none;
  if (second->tag == kDerSequence) {
    const bool holds = begins_with_object_id(second->content) && is_octets(fields->next());
    return holds ? DerKey::pkcs8 : DerKey::none;
  }
  if (first->content.size() > kMostOfVersion) return DerKey::none;
  const auto whole = DerReader(der).next(kDerSequence);
  if (!whole) return DerKey::none;
  return is_octets(second) ? DerKey::ec : classify_integers(DerReader(*whole));
}

std::string_view first_der_element(std::string_view der) {
  Cursor cursor(der);
  if (!read_element(cursor)) return {};
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
  return tag == kDerInteger ||
         (cursor.done() || static_cast<uint8_t>(cursor.rest().front()) == kDerObjectId);
}

std::optional<uint64_t> size_of_der(std::string_view start) {
  Cursor cursor(start);
  const auto header = read_header(cursor);
  if (!header || !header->size) return std::nullopt;
  return start.size() - cursor.rest().size() + *header->size;
}

bool is_broken_rsa(std::string_view der) {
  constexpr size_t kMostModulus = 2049;  // bytes; OpenSSL uses no larger one
  if (classify_der_key(der) == DerKey::pkcs8) {
    auto outer = der_fields(der);
    outer->next(), outer->next();
    der = outer->next(kDerOctets).value_or("");
  }
  if (classify_der_key(der) != DerKey::rsa) return false;
  DerReader fields = *der_fields(der);
  if (fields.next(kDerInteger) != std::string_view("\0", 1)) return false;
  std::string_view numbers[5];  // modulus, two exponents, two primes
  for (std::string_view& number : numbers) number = fields.next(kDerInteger).value_or("");
  const bool is_usual = numbers[0].size() <= kMostModulus &&
                        numbers[3].size() + numbers[4].size() <= kMostModulus + 2;
  return is_usual && product_of(numbers[3], numbers[4]) != without_leading_zeros(numbers[0]);
}

}  // namespace pushguard
