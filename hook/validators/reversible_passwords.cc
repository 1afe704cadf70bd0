// SPDX-License-Identifier: Apache-2.0
#include "validators/reversible_passwords.h"

#include <optional>

#include "codec/aes256.h"
#include "codec/encodings.h"
#include "codec/readable_text.h"

namespace pushguard {
namespace {

Validation clear_text_verdict(const std::optional<std::string>& text) {
  if (text && !text->empty() && is_readable_text(*text)) {
    return {Validity::valid, "decodes to clear text"};
  }
  return {Validity::weakened, "does not decode to readable text"};
}

// A made-up password of `size` letters, for examples.
std::string password_of(size_t size) {
  constexpr std::string_view kLetters = "Kq7mVx2TzR9wLd4H";
  std::string text;
  for (size_t i = 0; i < size; ++i) text += kLetters[(i * i + i) / 2 % kLetters.size()];
  return text;
}

constexpr std::string_view kCiscoKey = "dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";
constexpr size_t kCiscoOffsets = 16, kOffsetDigits = 2;

// The decoded password; nothing if `secret` has not this form. Bytes that are all zero are
// filler: they would decode to the key itself.
std::optional<std::string> cisco_text(std::string_view secret) {
  if (secret.size() < kOffsetDigits + 2 || secret.size() % 2 != 0) return std::nullopt;
  if (!consists_of(secret.substr(0, kOffsetDigits), kDigits)) return std::nullopt;
  const auto offset = static_cast<size_t>((secret[0] - '0') * 10 + (secret[1] - '0'));
  if (offset >= kCiscoOffsets) return std::nullopt;
  auto bytes = hex_decode(secret.substr(kOffsetDigits));
  if (!bytes || consists_of(*bytes, std::string_view("\0", 1))) return std::nullopt;
  for (size_t i = 0; i < bytes->size(); ++i) {
    (*bytes)[i] ^= kCiscoKey[(offset + i) % kCiscoKey.size()];
  }
  return bytes;
}

constexpr std::string_view kJuniperMark = "$9$";
// The alphabet in four families. When the first character of a value is from the first family,
// three filler characters come after it; from the second family, two, and so on.
constexpr std::string_view kJuniperDigits = "QzF3n6/9CAtpu0O"
                                            "B1IREhcSyrleKvMW8LXx"
                                            "7N-dVbwsY2g4oaJZGUDj"
                                            "iHkq.mPf5T";
constexpr size_t kFamilyEnds[] = {15, 35, 55, 65};

size_t juniper_filler(size_t digit) {
  size_t filler = std::size(kFamilyEnds) - 1;
  for (const size_t end : kFamilyEnds) {
    if (digit < end) break;
    --filler;
  }
  return filler;
}

std::optional<std::string> juniper_text(std::string_view secret) {
  struct Weights {
    size_t count;
    unsigned of[4];
  };
  constexpr Weights kWeights[] = {{3, {1, 4, 32}}, {3, {1, 16, 32}}, {3, {1, 8, 32}},
                                  {2, {1, 64}},    {2, {1, 32}},     {4, {1, 4, 16, 128}},
                                  {3, {1, 32, 64}}};
  if (!secret.starts_with(kJuniperMark)) return std::nullopt;
  secret.remove_prefix(kJuniperMark.size());
  if (secret.empty() || !consists_of(secret, kJuniperDigits)) return std::nullopt;
  size_t before = kJuniperDigits.find(secret[0]);
  const size_t start = 1 + juniper_filler(before);
  if (start > secret.size()) return std::nullopt;
  secret.remove_prefix(start);
  std::string text;
  while (!secret.empty()) {
    const Weights& weights = kWeights[text.size() % std::size(kWeights)];
    if (secret.size() < weights.count) return std::nullopt;
    size_t byte = 0;
    for (size_t i = 0; i < weights.count; ++i) {
      const size_t digit = kJuniperDigits.find(secret[i]);
      const size_t gap = (digit + kJuniperDigits.size() - before - 1) % kJuniperDigits.size();
      byte += gap * weights.of[i];
      before = digit;
    }
    text += static_cast<char>(byte & 0xff);
    secret.remove_prefix(weights.count);
  }
  return text;
}

constexpr size_t kBlock = Aes256::kBlockSize;
constexpr std::array<uint8_t, Aes256::kKeySize> kGppKey = {
    0x4e, 0x99, 0x06, 0xe8, 0xfc, 0xb6, 0x6c, 0xc9, 0xfa, 0xf4, 0x93, 0x10, 0x62, 0x0f, 0xfe, 0xe8,
    0xf4, 0x96, 0xe8, 0x06, 0xcc, 0x05, 0x79, 0x90, 0x20, 0x9b, 0x09, 0xa4, 0x33, 0xb6, 0x6c, 0x1b};
constexpr std::array<uint8_t, Aes256::kKeySize> kRcloneKey = {
    0x9c, 0x93, 0x5b, 0x48, 0x73, 0x0a, 0x55, 0x4d, 0x6b, 0xfd, 0x7c, 0x63, 0xc8, 0x86, 0xa9, 0x2b,
    0xd3, 0x90, 0x19, 0x8e, 0xb8, 0x12, 0x8a, 0xfb, 0xf4, 0xde, 0x16, 0x2b, 0x8b, 0x95, 0xf6, 0x38};

std::string xored(std::string a, std::string_view b) {
  for (size_t i = 0; i < a.size(); ++i) a[i] ^= b[i];
  return a;
}

// The decoded bytes, if they are one or more whole blocks.
std::optional<std::string> whole_blocks(std::string_view base64) {
  auto bytes = base64_decode(base64);
  if (!bytes || bytes->empty() || bytes->size() % kBlock != 0) return std::nullopt;
  return bytes;
}

// The decrypted UTF-16LE without its PKCS#7 padding; nothing if the padding is wrong.
std::optional<std::string> gpp_text(std::string_view secret) {
  const auto bytes = whole_blocks(secret);
  if (!bytes) return std::nullopt;
  const Aes256 cipher(kGppKey);
  std::string text, before(kBlock, '\0');
  for (size_t at = 0; at < bytes->size(); at += kBlock) {
    const std::string block = bytes->substr(at, kBlock);
    text += xored(cipher.decrypt(block), before);
    before = block;
  }
  const auto padding = static_cast<size_t>(static_cast<uint8_t>(text.back()));
  if (padding == 0 || padding > kBlock || padding % 2 != 0) return std::nullopt;
  if (!text.ends_with(std::string(padding, text.back()))) return std::nullopt;
  text.resize(text.size() - padding);
  return text;
}

// Each UTF-16 unit as one byte: ASCII as it is, 'x' for any other.
std::optional<std::string> narrowed(const std::optional<std::string>& utf16) {
  if (!utf16) return std::nullopt;
  std::string text;
  for (size_t i = 0; i + 1 < utf16->size(); i += 2) {
    text += (*utf16)[i + 1] == 0 && static_cast<uint8_t>((*utf16)[i]) < 0x80 ? (*utf16)[i] : 'x';
  }
  return text;
}

std::string ctr(std::string_view start, std::string text) {
  const Aes256 cipher(kRcloneKey);
  std::string counter(start);
  for (size_t at = 0; at < text.size(); at += kBlock) {
    const std::string stream = cipher.encrypt(counter);
    for (size_t i = at; i < text.size() && i < at + kBlock; ++i) text[i] ^= stream[i - at];
    for (size_t i = kBlock; i > 0 && ++counter[i - 1] == 0; --i) {
    }
  }
  return text;
}

}  // namespace

Validation check_cisco_type7(std::string_view secret, int64_t) {
  return clear_text_verdict(cisco_text(secret));
}

void seal_cisco_type7(std::string& secret) {
  if (!cisco_text(secret)) return;
  const size_t size = (secret.size() - kOffsetDigits) / 2;
  const auto offset = static_cast<size_t>((secret[0] - '0') * 10 + (secret[1] - '0'));
  const std::string text = password_of(size);
  std::string sealed = secret.substr(0, kOffsetDigits);
  for (size_t i = 0; i < size; ++i) {
    const char byte = text[i] ^ kCiscoKey[(offset + i) % kCiscoKey.size()];
    sealed += to_base(static_cast<uint8_t>(byte), kHexUpper, 2);
  }
  secret = sealed;
}

Validation check_juniper_type9(std::string_view secret, int64_t) {
  return clear_text_verdict(juniper_text(secret));
}

Validation check_gpp_cpassword(std::string_view secret, int64_t) {
  return clear_text_verdict(narrowed(gpp_text(secret)));
}

void seal_gpp_cpassword(std::string& secret) {
  const auto bytes = whole_blocks(secret);
  if (!bytes) return;
  constexpr size_t kPadding = 2;
  std::string text;
  for (const char c : password_of((bytes->size() - kPadding) / 2)) {
    text.append(1, c).append(1, '\0');
  }
  text.append(kPadding, static_cast<char>(kPadding));
  const Aes256 cipher(kGppKey);
  std::string sealed, before(kBlock, '\0');
  for (size_t at = 0; at < text.size(); at += kBlock) {
    before = cipher.encrypt(xored(text.substr(at, kBlock), before));
    sealed += before;
  }
  base64_overwrite(secret, 0, sealed);
}

Validation check_rclone_obscured(std::string_view secret, int64_t) {
  const auto bytes = base64_decode(secret);
  if (!bytes || bytes->size() <= kBlock) return clear_text_verdict(std::nullopt);
  return clear_text_verdict(ctr(bytes->substr(0, kBlock), bytes->substr(kBlock)));
}

void seal_rclone_obscured(std::string& secret) {
  const auto bytes = base64_decode(secret);
  if (!bytes || bytes->size() <= kBlock || secret.ends_with('=')) return;
  const std::string start = bytes->substr(0, kBlock);
  secret = base64url_encode(start + ctr(start, password_of(bytes->size() - kBlock)));
}

}  // namespace pushguard
