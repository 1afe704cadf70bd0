// SPDX-License-Identifier: Apache-2.0
#include "examples/example_keys.h"

#include <algorithm>

#include "codec/big_number.h"
#include "codec/der.h"
#include "codec/encodings.h"

namespace pushguard {
namespace {

constexpr uint8_t kDerNull = 0x05, kContextOne = 0xa1, kBitString = 0x03;
constexpr size_t kPemColumns = 64, kOpensshColumns = 70;

std::string big_endian(size_t value, size_t count) {
  std::string bytes = little_endian(value, count);
  std::ranges::reverse(bytes);
  return bytes;
}

std::string der(uint8_t tag, std::string_view content) {
  std::string element(1, static_cast<char>(tag));
  if (content.size() < 0x80) {
    element += static_cast<char>(content.size());
  } else {
    element += '\x82';
    element += big_endian(content.size(), 2);
  }
  return element.append(content);
}

std::string small_integer(char value) { return der(kDerInteger, std::string(1, value)); }

// A random positive number of exactly `size` bytes, big-endian.
std::string number(RandomText& random, size_t size) {
  std::string bytes = random.bytes(size);
  bytes[0] = static_cast<char>((bytes[0] & 0x3f) | 0x40);
  return bytes;
}

std::string integer(RandomText& random, size_t size) {
  return der(kDerInteger, number(random, size));
}

std::string in_lines(std::string_view bytes, size_t columns) {
  std::string letters = base64_encode(bytes);
  for (size_t at = columns; at < letters.size(); at += columns + 1) letters.insert(at, "\n");
  return letters;
}

std::string pem(std::string_view label, std::string_view bytes, size_t columns,
                std::string_view headers = {}) {
  const std::string rule = "-----";
  std::string text = rule + "BEGIN " + std::string(label) + rule + "\n" + std::string(headers);
  return text + in_lines(bytes, columns) + "\n" + rule + "END " + std::string(label) + rule;
}

std::string rsa(RandomText& random) {
  constexpr size_t kModulus = 256, kPrime = 128;
  const std::string p = number(random, kPrime), q = number(random, kPrime);
  std::string numbers = small_integer(0) + der(kDerInteger, product_of(p, q));
  numbers += der(kDerInteger, std::string("\x01\x00\x01", 3)) + integer(random, kModulus);
  numbers += der(kDerInteger, p) + der(kDerInteger, q);
  for (int i = 0; i < 3; ++i) numbers += integer(random, kPrime);
  return der(kDerSequence, numbers);
}

std::string dsa(RandomText& random) {
  std::string numbers = small_integer(0);
  for (const size_t size : {128, 20, 128, 128, 20}) numbers += integer(random, size);
  return der(kDerSequence, numbers);
}

// On P-256, with a public key, as OpenSSL writes it.
std::string ec(RandomText& random) {
  const std::string curve = der(kDerObjectId, "\x2a\x86\x48\xce\x3d\x03\x01\x07");
  const std::string point = std::string("\0\x04", 2) + random.bytes(64);
  return der(kDerSequence, small_integer(1) + der(kDerOctets, random.bytes(32)) + der(0xa0, curve) +
                               der(kContextOne, der(kBitString, point)));
}

std::string pkcs8(RandomText& random) {
  const std::string rsa_id = der(kDerObjectId, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01");
  return der(kDerSequence, small_integer(0) + der(kDerSequence, rsa_id + der(kDerNull, "")) +
                               der(kDerOctets, rsa(random)));
}

std::string pkcs8_encrypted(RandomText& random) {
  const std::string pbes2 = der(kDerObjectId, "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d");
  const std::string pbkdf2 = der(kDerObjectId, "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c");
  const std::string aes256 = der(kDerObjectId, "\x60\x86\x48\x01\x65\x03\x04\x01\x2a");
  const std::string rounds = der(kDerInteger, std::string("\x08\x00", 2));
  const std::string kdf =
      der(kDerSequence, pbkdf2 + der(kDerSequence, der(kDerOctets, random.bytes(8)) + rounds));
  const std::string cipher = der(kDerSequence, aes256 + der(kDerOctets, random.bytes(16)));
  return der(kDerSequence, der(kDerSequence, pbes2 + der(kDerSequence, kdf + cipher)) +
                               der(kDerOctets, random.bytes(1232)));
}

std::string ssh_string(std::string_view text) { return big_endian(text.size(), 4).append(text); }

std::string openssh(RandomText& random, bool is_encrypted) {
  const std::string kind = ssh_string("ssh-ed25519");
  const std::string public_key = random.bytes(32);
  std::string secrets;
  if (is_encrypted) {
    secrets = random.bytes(144);
  } else {
    const std::string check = random.bytes(4);
    secrets = check + check + kind + ssh_string(public_key) +
              ssh_string(random.bytes(32) + public_key) + ssh_string(random.word());
    for (char padding = 1; secrets.size() % 8 != 0; ++padding) secrets += padding;
  }
  const std::string rounds = big_endian(16, 4);
  return std::string("openssh-key-v1") + '\0' + ssh_string(is_encrypted ? "aes256-ctr" : "none") +
         ssh_string(is_encrypted ? "bcrypt" : "none") +
         ssh_string(is_encrypted ? ssh_string(random.bytes(16)) + rounds : "") + big_endian(1, 4) +
         ssh_string(kind + ssh_string(public_key)) + ssh_string(secrets);
}

std::optional<std::string> der_key(std::string_view name, RandomText& random) {
  if (name == "rsa") return rsa(random);
  if (name == "ec") return ec(random);
  if (name == "dsa") return dsa(random);
  if (name == "pkcs8") return pkcs8(random);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> example_key(std::string_view name, RandomText& random) {
  if (name == "pem:rsa") return pem("RSA PRIVATE KEY", rsa(random), kPemColumns);
  if (name == "pem:ec") return pem("EC PRIVATE KEY", ec(random), kPemColumns);
  if (name == "pem:dsa") return pem("DSA PRIVATE KEY", dsa(random), kPemColumns);
  if (name == "pem:pkcs8") return pem("PRIVATE KEY", pkcs8(random), kPemColumns);
  constexpr std::string_view kDer = "der:", kBase64 = "base64:";
  if (name.starts_with(kDer)) return der_key(name.substr(kDer.size()), random);
  if (name.starts_with(kBase64)) {
    const auto bytes = der_key(name.substr(kBase64.size()), random);
    return bytes ? std::optional(in_lines(*bytes, kPemColumns)) : std::nullopt;
  }
  if (name == "pem:pkcs8-encrypted") {
    return pem("ENCRYPTED PRIVATE KEY", pkcs8_encrypted(random), kPemColumns);
  }
  if (name == "pem:rsa-encrypted") {
    const std::string headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC," +
                                random.characters(kHexUpper, 32) + "\n\n";
    return pem("RSA PRIVATE KEY", random.bytes(1200), kPemColumns, headers);
  }
  if (name == "openssh:clear" || name == "openssh:encrypted") {
    return pem("OPENSSH PRIVATE KEY", openssh(random, name == "openssh:encrypted"),
               kOpensshColumns);
  }
  return std::nullopt;
}

}  // namespace pushguard
