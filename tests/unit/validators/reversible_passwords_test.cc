// SPDX-License-Identifier: Apache-2.0
// Passwords that decode to clear text.
#include <catch2/catch.hpp>
#include <string>

#include "codec/aes256.h"
#include "codec/encodings.h"
#include "examples/random_text.h"
#include "validators/registry.h"

using namespace pushguard;
using std::string;

namespace {

constexpr int64_t kNow = 1767225600;  // 2026-01-01
constexpr const char* kClear = "decodes to clear text";

Validation check(std::string_view validator, std::string_view secret) {
  const Validator* found = find_validator(validator);
  REQUIRE(found);
  return found->check(secret, kNow);
}

string juniper_encoded(RandomText& random, std::string_view text) {
  const string families[] = {"QzF3n6/9CAtpu0O", "B1IREhcSyrleKvMW8LXx", "7N-dVbwsY2g4oaJZGUDj",
                             "iHkq.mPf5T"};
  const string digits = families[0] + families[1] + families[2] + families[3];
  const std::vector<std::vector<unsigned>> weights = {
      {1, 4, 32}, {1, 16, 32}, {1, 8, 32}, {1, 64}, {1, 32}, {1, 4, 16, 128}, {1, 32, 64}};
  size_t before = random.next() % digits.size();
  string secret = string("$9") + "$" + digits[before];
  for (size_t family = 0; family < 4; ++family) {
    if (families[family].find(digits[before]) == string::npos) continue;
    secret += random.characters(digits, 3 - family);
  }
  for (size_t i = 0; i < text.size(); ++i) {
    const auto& weight = weights[i % weights.size()];
    auto rest = static_cast<unsigned>(static_cast<uint8_t>(text[i]));
    std::vector<unsigned> gaps;
    for (size_t w = weight.size(); w-- > 0; rest %= weight[w]) {
      gaps.insert(gaps.begin(), rest / weight[w]);
    }
    for (const unsigned gap : gaps) {
      before = (before + gap + 1) % digits.size();
      secret += digits[before];
    }
  }
  return secret;
}

}  // namespace

TEST_CASE("AES-256 gives the values of FIPS 197 and SP 800-38A") {
  std::array<uint8_t, 32> key;
  for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(i);
  const string clear = *hex_decode("00112233445566778899aabbccddeeff");
  const string encrypted = *hex_decode("8ea2b7ca516745bfeafc49904b496089");
  CHECK(Aes256(key).encrypt(clear) == encrypted);
  CHECK(Aes256(key).decrypt(encrypted) == clear);

  const string other =
      *hex_decode("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
  std::copy(other.begin(), other.end(), key.begin());
  CHECK(Aes256(key).encrypt(*hex_decode("6bc1bee22e409f96e93d7e117393172a")) ==
        *hex_decode("f3eed1bdb5d2a03c064b5a7e3db181f8"));
}

TEST_CASE("Cisco type 7: text, offsets, and what is none") {
  CHECK(check("cisco-type7", string("082245") + "5D0A16").note == kClear);
  CHECK(check("cisco-type7", string("060506") + "324f41").validity == Validity::valid);
  for (const char* other : {"", "08", "0822455D0A1", "1622455D0A16", "0x22455D0A16", "08zz455D0A16",
                            "0822455D0A96", "0800000000000000000000"}) {
    CAPTURE(other);
    CHECK(check("cisco-type7", other).validity == Validity::weakened);
  }
  CHECK(check("cisco-type7", "garbage").note == "does not decode to readable text");
}

TEST_CASE("Junos $9$: the published example and texts of all sizes") {
  CHECK(check("juniper-type9", string("$9$LbHX") + "-wg4Z").note == kClear);
  RandomText random(3);
  for (size_t size = 1; size < 40; ++size) {
    const string text = random.characters(kBase62UpperFirst, size);
    string secret = juniper_encoded(random, text);
    CAPTURE(size);
    CHECK(check("juniper-type9", secret).validity == Validity::valid);
    // A control character can be decoded as well, but nobody has one in a password.
    secret = juniper_encoded(random, text + '\x07');
    CHECK(check("juniper-type9", secret).validity == Validity::weakened);
    CHECK(check("juniper-type9", secret + "_").validity == Validity::weakened);
  }
  CHECK(check("juniper-type9", "$9$").validity == Validity::weakened);
  CHECK(check("juniper-type9", "$9$Q").validity == Validity::weakened);
}

TEST_CASE("Group Policy: the advisory's sample, with and without padding") {
  const string sample = string("j1Uyj3Vx8TY9LtLZil2uAu") + "ZkFQA/4latT76ZwgdHdhw";
  CHECK(check("gpp-cpassword", sample).note == kClear);
  CHECK(check("gpp-cpassword", sample + "=").validity == Validity::valid);
  string altered = sample;
  altered[40] = 'Q';
  CHECK(check("gpp-cpassword", altered).validity == Validity::weakened);
  CHECK(check("gpp-cpassword", sample.substr(0, 30)).validity == Validity::weakened);
}

TEST_CASE("rclone: both of its own test values") {
  for (const char* start : {"YWFhYWFhYWFhYWFhYWFhYXM", "YmJiYmJiYmJiYmJiYmJiYp3"}) {
    const string text = string(start) + (start[1] == 'W' ? "aGgIlEQ" : "gcEWbAw");
    CHECK(check("rclone-obscured", text).note == kClear);
  }
  // Nothing after the initial counter: an empty password.
  CHECK(check("rclone-obscured", "YWFhYWFhYWFhYWFhYWFhYQ").validity == Validity::weakened);
  CHECK(check("rclone-obscured", string(40, 'A')).validity == Validity::weakened);
}

TEST_CASE("most changes of one character in a sealed password are noticed") {
  // A changed byte may decode to another printable byte; a third of the changes do.
  for (const char* name : {"gpp-cpassword", "rclone-obscured"}) {
    const Validator* validator = find_validator(name);
    int changed = 0;
    for (uint64_t seed = 0; seed < 40; ++seed) {
      string secret = RandomText(seed).characters(kBase62UpperFirst, 43);
      validator->seal(secret);
      REQUIRE(validator->check(secret, kNow).validity == Validity::valid);
      char& c = secret[seed % 43];
      c = c == 'k' ? 'l' : 'k';
      if (validator->check(secret, kNow).validity == Validity::weakened) ++changed;
    }
    CAPTURE(name);
    CHECK(changed >= 20);
  }
}
