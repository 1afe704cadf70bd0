// SPDX-License-Identifier: Apache-2.0
// Seed phrases and keys of wallets.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "codec/bip39_words.h"
#include "codec/encodings.h"
#include "codec/ripemd160.h"
#include "examples/random_text.h"
#include "validators/bip39.h"
#include "validators/registry.h"
#include "vocabulary/digest.h"

using namespace pushguard;
using std::string;

namespace {

constexpr int64_t kNow = 1767225600;  // 2026-01-01

Validity validity(std::string_view validator, std::string_view secret) {
  const Validator* found = find_validator(validator);
  REQUIRE(found);
  return found->check(secret, kNow).validity;
}

std::vector<string> words() {
  std::vector<string> list(1);
  for (const char c : kBip39Text) {
    if (c == ' ')
      list.emplace_back();
    else
      list.back() += c;
  }
  return list;
}

string times(int count, const string& word) {
  string text;
  for (int i = 0; i < count; ++i) text += word + " ";
  return text;
}

}  // namespace

TEST_CASE("BIP-39: the list is the published file") {
  string file;
  for (const string& word : words()) file += word + "\n";
  CHECK(words().size() == 2048);
  CHECK(sha256_hex(file) == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
  CHECK(bip39_index("abandon") == 0u);
  CHECK(bip39_index("zoo") == 2047u);
  CHECK_FALSE(bip39_index("zoos"));
}

TEST_CASE("BIP-39: one last word of sixteen is right") {
  const string eleven = times(11, "abandon");
  CHECK(validity("bip39-phrase", eleven + "about") == Validity::valid);
  CHECK(validity("bip39-phrase", eleven + "abandon") == Validity::invalid);
  int right = 0;
  for (const string& word : words()) {
    if (validity("bip39-phrase", eleven + word) == Validity::valid) ++right;
  }
  CHECK(right == 128);
}

TEST_CASE("BIP-39: phrases of all sizes, however they are written") {
  RandomText random(5);
  for (const size_t bytes : {16, 20, 24, 28, 32}) {
    for (int i = 0; i < 20; ++i) {
      const string phrase = bip39_phrase(random.bytes(bytes));
      CAPTURE(bytes);
      CHECK(validity("bip39-phrase", phrase) == Validity::valid);
      CHECK(validity("bip39-phrase", phrase + " is what the rest of it says") == Validity::valid);
      string quoted = "1. ", upper = phrase, escaped;
      for (const char c : phrase) {
        quoted += c == ' ' ? string("\",\n 2. \"") : string(1, c);
        escaped += c == ' ' ? string("\\n") : string(1, c);
      }
      for (char& c : upper) c = c == ' ' ? c : static_cast<char>(c - 'a' + 'A');
      CHECK(validity("bip39-phrase", quoted) == Validity::valid);
      CHECK(validity("bip39-phrase", escaped) == Validity::valid);
      CHECK(validity("bip39-phrase", upper) == Validity::valid);
      CHECK(validity("bip39-phrase", "pushguard " + phrase) == Validity::invalid);
    }
  }
  CHECK(validity("bip39-phrase", "") == Validity::invalid);
  CHECK(validity("bip39-phrase", times(11, "zoo")) == Validity::invalid);
}

TEST_CASE("BIP-39: an excerpt of the list is no phrase") {
  const auto list = words();
  for (size_t first = 0; first + 24 <= list.size(); ++first) {
    string excerpt;
    for (size_t i = first; i < first + 24; ++i) excerpt += list[i] + "\n";
    if (validity("bip39-phrase", excerpt) != Validity::invalid) FAIL(first);
  }
}

TEST_CASE("RIPEMD-160 gives its published values") {
  const auto hex = [](string bytes) {
    string text;
    for (const char c : bytes) text += to_base(static_cast<uint8_t>(c), kHexLower, 2);
    return text;
  };
  CHECK(hex(ripemd160("")) == "9c1185a5c5e9fc54612808977ee8f548b2258d31");
  CHECK(hex(ripemd160("abc")) == "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc");
  CHECK(hex(ripemd160(string("ABCDEFGHIJKLMNOPQRSTUVWXYZ") +
                      "abcdefghijklmnopqrstuvwxyz0123456789")) ==
        "b0e20b6e3116640286ed3a87a5713079b21f5189");
}

TEST_CASE("EOS: the curve's name is part of the check") {
  string key = string("PVT_K1_") + "2" + RandomText(1).characters("ABCDEFGHJKLMNPQR", 49);
  find_validator("eos-key")->seal(key);
  CHECK(validity("eos-key", key) == Validity::valid);
  string other = key;
  other[4] = 'R';
  CHECK(validity("eos-key", other) == Validity::weakened);
  for (size_t i = 7; i < key.size(); ++i) {
    other = key;
    other[i] = other[i] == 'T' ? 'U' : 'T';
    CHECK(validity("eos-key", other) == Validity::weakened);
  }
}

TEST_CASE("keys with a passphrase are worth less") {
  string key = string("6P") + RandomText(2).characters("ABCDEFGHJKLMNPQRSTUVWXYZ", 56);
  const Validator* base58 = find_validator("base58check-key");
  base58->seal(key);
  CHECK(base58->check(key, kNow).note == "encrypted: needs its passphrase");
  CHECK(base58->check(key, kNow).validity == Validity::weakened);
}
