// SPDX-License-Identifier: Apache-2.0
#include "examples/example_tokens.h"

#include "codec/encodings.h"
#include "validators/bip39.h"

namespace pushguard {
namespace {

constexpr std::string_view kYear2020 = "1577836800", kYear2100 = "4102444800";

std::string text_word(RandomText& random) { return std::string(random.word()); }

std::string jwt(RandomText& random, std::string_view expiry) {
  const std::string header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  const std::string user = text_word(random);
  const std::string payload = "{\"sub\":\"" + user + "-" + random.characters(kHexLower, 12) +
                              "\",\"iat\":1569888123,\"exp\":" + std::string(expiry) + "}";
  return base64url_encode(header) + "." + base64url_encode(payload) + "." +
         base64url_encode(random.bytes(32));
}

// A UUID of version 4.
std::string uuid(RandomText& random) {
  std::string text = random.characters(kHexLower, 36);
  for (const size_t dash : {8, 13, 18, 23}) text[dash] = '-';
  text[14] = '4';
  text[19] = "89ab"[random.next() % 4];
  return text;
}

// One packet of a macaroon of version 2: type, size, data.
std::string packet(char type, std::string_view data) {
  std::string bytes(1, type);
  for (size_t left = data.size();; left >>= 7) {
    if (left < 0x80) return (bytes += static_cast<char>(left)).append(data);
    bytes += static_cast<char>((left & 0x7f) | 0x80);
  }
}

std::string pypi(RandomText& random) {
  const std::string end(1, '\0');
  const std::string caveat =
      "{\"version\": 1, \"permissions\": {\"projects\": [\"" + text_word(random) + "\"]}}";
  const std::string id = uuid(random);
  return "pypi-" + base64url_encode("\x02" + packet(1, "pypi.org") + packet(2, id) + end +
                                    packet(2, caveat) + end + end + packet(6, random.bytes(32)));
}

std::string vault(RandomText& random) {
  const std::string token = "hvs." + random.characters(kBase62UpperFirst, 24);
  const std::string record = "\x0a" + std::string(1, static_cast<char>(token.size())) + token;
  return "hvs." + base64url_encode("\x08\x01\x12\x20" + random.bytes(32) + "\x1a" +
                                   std::string(1, static_cast<char>(record.size())) + record);
}

// The expiry 0 is for a token that never expires.
std::string jfrog(RandomText& random) {
  return base64_encode("reftkn:01:0000000000:" + random.characters(kBase62UpperFirst, 27));
}

std::string sentry(RandomText& random) {
  std::string record = "{\"iat\":1712345678.912345,\"url\":\"https://sentry.io\","
                       "\"region_url\":\"https://us.sentry.io\",\"org\":\"" +
                       text_word(random);
  while ((record.size() + 2) % 3 != 0) record += 'x';  // the payload has no padding
  return "sntrys_" + base64_encode(record + "\"}") + "_" +
         base64_encode(random.bytes(32)).substr(0, 43);
}

std::string gitlab_routable(RandomText& random) {
  const std::string routing = "o:1\nu:" + random.characters(kBase36, 3);
  const std::string payload =
      base64url_encode(random.bytes(16) + routing + static_cast<char>(routing.size()));
  return "glpat-" + payload + ".01." + to_base(payload.size(), kBase36, 2) +
         random.characters(kBase36, 7);
}

// Repeats `make` until the token has no runs, which base64 of random bytes may have.
template <typename Make>
std::string mixed(Make make) {
  std::string text = make();
  while (has_run(text)) text = make();
  return text;
}

}  // namespace

std::optional<std::string> example_token(std::string_view name, RandomText& random) {
  if (name == "uuid") return mixed([&] { return uuid(random); });
  if (name == "jwt") return mixed([&] { return jwt(random, kYear2100); });
  if (name == "jwt:expired") return mixed([&] { return jwt(random, kYear2020); });
  if (name == "basic") {
    return mixed([&] {
      const std::string user = text_word(random);
      return base64_encode(user + ":" + random.characters(kBase62UpperFirst, 18));
    });
  }
  if (name == "pypi") return mixed([&] { return pypi(random); });
  if (name == "vault") return mixed([&] { return vault(random); });
  if (name == "jfrog") return mixed([&] { return jfrog(random); });
  if (name == "sentry") return mixed([&] { return sentry(random); });
  if (name == "glrt") return mixed([&] { return gitlab_routable(random); });
  if (name == "bip39:12") return bip39_phrase(random.bytes(16));
  if (name == "bip39:15") return bip39_phrase(random.bytes(20));
  if (name == "bip39:24") return bip39_phrase(random.bytes(32));
  return std::nullopt;
}

}  // namespace pushguard
