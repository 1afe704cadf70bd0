// SPDX-License-Identifier: Apache-2.0
// Dates and fields that tokens contain unencrypted.
#include <catch2/catch.hpp>
#include <string>

#include "codec/big_number.h"
#include "codec/encodings.h"
#include "examples/example.h"
#include "validators/registry.h"
#include "validators/signed_urls.h"

using namespace pushguard;
using std::string;

namespace {

constexpr int64_t kNow = 1767225600, kDay = 86400;  // 2026-01-01

Validation check(std::string_view validator, std::string_view secret, int64_t now = kNow) {
  const Validator* found = find_validator(validator);
  REQUIRE(found);
  return found->check(secret, now);
}

string example(std::string_view pattern) { return ExampleGenerator(7).expand(pattern); }

// One packet of a macaroon; `data` must be shorter than 128 bytes.
string packet(char type, const string& data) {
  return string(1, type) + static_cast<char>(data.size()) + data;
}

string pypi_with(const string& caveat) {
  const string end(1, '\0');
  return "pypi-" +
         base64url_encode("\x02" + packet(1, "pypi.org") + packet(2, example("{uuid}")) + end +
                          packet(2, caveat) + end + end + packet(6, string(32, 's')));
}

string json_in(const string& front, const string& json) { return front + base64_encode(json); }

}  // namespace

TEST_CASE("signed URLs: when they end") {
  CHECK(expiry_of_signed_url("?sv=2023-01-03&se=2024-01-31&sr=c&sig=x") == 1706659200);
  CHECK(expiry_of_signed_url("se=2024-01-31T12%3A30%3A00Z&sig=x") == 1706704200);
  CHECK(expiry_of_signed_url("a?st=2020-01-01&amp;se=2024-01-31T12:30Z&amp;sig=x") == 1706704200);
  CHECK(expiry_of_signed_url("SharedAccessSignature sr=a&sig=x&se=1706659200&skn=k") == 1706659200);
  CHECK(expiry_of_signed_url("https://b/o?X-Amz-Date=20240131T000000Z&X-Amz-Expires=3600") ==
        1706662800);
  CHECK(expiry_of_signed_url("https://b/o?X-Goog-Expires=60&X-Goog-Date=20240131T000000Z") ==
        1706659260);
  CHECK(expiry_of_signed_url("https://b/o?AWSAccessKeyId=A&Signature=x&Expires=1706659200") ==
        1706659200);
  for (const char* none :
       {"", "?sig=x", "?phase=2024-01-31", "?se=soon", "?se=2024-13-31", "?se=2024-02-31",
        "?X-Amz-Date=20240131T000000Z", "?X-Amz-Date=x&X-Amz-Expires=3600",
        "?X-Amz-Date=20240131T000000Z&X-Amz-Expires=99999999999", "?Expires=-1"}) {
    CAPTURE(none);
    CHECK_FALSE(expiry_of_signed_url(none));
    CHECK(check("signed-url", none).validity == Validity::unknown);
  }
}

TEST_CASE("signed URLs: over for a day is weakened, and says so") {
  const string url = "?sv=2023-01-03&se=2024-01-31&sig=x";
  CHECK(check("signed-url", url).validity == Validity::weakened);
  CHECK(check("signed-url", url).note == "expired on 2024-01-31");
  CHECK(check("signed-url", url, 1706659200 + kDay).validity == Validity::unknown);
  CHECK(check("signed-url", url, 1706659200 - kDay).note == "works until 2024-01-31");
}

TEST_CASE("Bedrock keys") {
  CHECK(check("bedrock-key", json_in("ABSK", "BedrockAPIKey-ab12-at-123:c2VjcmV0")).validity ==
        Validity::valid);
  CHECK(check("bedrock-key", json_in("ABSK", "BedrockAPIKey-ab12-at-123")).validity ==
        Validity::weakened);
  const string url = "bedrock.amazonaws.com/?X-Amz-Date=20240131T000000Z&X-Amz-Expires=43200";
  CHECK(check("bedrock-key", json_in("bedrock-api-key-", url)).note == "expired on 2024-01-31");
  CHECK(check("bedrock-key", json_in("bedrock-api-key-", url), 1706659200).validity ==
        Validity::unknown);
}

TEST_CASE("PyPI: the earliest end of the caveats") {
  CHECK(check("pypi-macaroon", pypi_with("[0, 1706659200, 1700000000]")).note ==
        "expired on 2024-01-31");
  CHECK(check("pypi-macaroon", pypi_with("[0, 1706659200, 1700000000]")).validity ==
        Validity::weakened);
  CHECK(check("pypi-macaroon", pypi_with("[0, 1906659200, 1700000000]")).validity ==
        Validity::valid);
  CHECK(check("pypi-macaroon", pypi_with("[1, [\"a-project\"]]")).validity == Validity::valid);
  CHECK(check("pypi-macaroon", pypi_with("[0, \"soon\", 1]")).validity == Validity::valid);
}

TEST_CASE("ids with a time of issue") {
  const string tail = "-" + string(34, 'c');
  CHECK(check("object-id-time", "PMAK-65b98f00" + string(16, 'a') + tail).note ==
        "issued on 2024-01-31");
  CHECK(check("object-id-time", "PMAK-65b98f00" + string(16, 'a') + tail).validity ==
        Validity::unknown);
  CHECK(check("object-id-time", "PMAK-8b3c9f00" + string(16, 'a') + tail).validity ==
        Validity::weakened);
  CHECK(check("object-id-time", "PMAK-2b3c9f00" + string(16, 'a') + tail).validity ==
        Validity::weakened);
  // A time up to one day in the future: the issuer's clock may be ahead.
  CHECK(check("object-id-time", "PMAK-6956b900" + string(16, 'a') + tail, 1767225600).validity ==
        Validity::unknown);
  CHECK(check("object-id-time", "no id in here").validity == Validity::unknown);

  CHECK(check("ulid-time", "PMAT-01HNFRY400" + string(16, 'A')).note == "issued on 2024-01-31");
  CHECK(check("ulid-time", "pdl_live_apikey_01hnfry400" + string(16, 'a') + "_x").note ==
        "issued on 2024-01-31");
  CHECK(check("ulid-time", "PMAT-71HNFRY400" + string(16, 'A')).validity == Validity::weakened);
  CHECK(check("ulid-time", "PMAT-01HNFRY400" + string(16, 'U')).validity == Validity::weakened);
}

TEST_CASE("tokens with JSON inside") {
  const string signature = "." + string(22, 's');
  const string mapbox = base64url_encode(R"({"u":"acme","a":"cl0123456789"})");
  CHECK(check("mapbox-token", "sk." + mapbox + signature).validity == Validity::valid);
  CHECK(check("mapbox-token", "sk." + mapbox + signature + "s").validity == Validity::valid);
  CHECK(check("mapbox-token", "sk." + mapbox + ".cut").validity == Validity::weakened);
  CHECK(check("mapbox-token", "sk." + base64url_encode(R"({"u":"acme"})") + signature).validity ==
        Validity::weakened);
  CHECK(check("mapbox-token", "pk." + mapbox + signature).note == "public by design");
  CHECK(check("mapbox-token", "pk." + mapbox + signature).validity == Validity::weakened);
  CHECK(check("mapbox-token", "tk." + mapbox + signature).note == "works for an hour at most");

  const string account = R"({"email":"a","muk":{},"secretKey":"b","srpX":"c","signInAddress":"d")";
  CHECK(check("onepassword-service", json_in("ops_", account + R"(,"userAuth":{}})")).validity ==
        Validity::valid);
  CHECK(check("onepassword-service", json_in("ops_", account + "}")).validity ==
        Validity::weakened);

  CHECK(check("grafana-record", json_in("glc_", R"({"o":"1","n":"a","k":"b","m":{"r":"eu"}})"))
            .validity == Validity::valid);
  CHECK(check("grafana-record", json_in("glc_", R"({"k":"b","n":"a","id":1})")).validity ==
        Validity::weakened);
  CHECK(check("grafana-record", json_in("", R"({"k":"b","n":"a","id":1})")).validity ==
        Validity::valid);
  CHECK(check("grafana-record", json_in("", R"({"k":"b","n":"a"})")).validity ==
        Validity::weakened);

  CHECK(check("intercom-token", json_in("", "tok:1b2c_9f8e-4d")).validity == Validity::valid);
  CHECK(check("intercom-token", json_in("", "tok:\x01\x02")).validity == Validity::weakened);
}

TEST_CASE("Data Center tokens: an id, a colon, 20 bytes") {
  const string random = example("{b62:20}");
  CHECK(check("data-center-pat", base64_encode("123456789012:" + random)).validity ==
        Validity::valid);
  CHECK(check("data-center-pat", json_in("BBDC-", "123456789012:" + random)).validity ==
        Validity::valid);
  CHECK(check("data-center-pat", base64_encode("12345678901x:" + random)).validity ==
        Validity::weakened);
  CHECK(check("data-center-pat", base64_encode("123456789012:x" + random)).validity ==
        Validity::weakened);
  CHECK(check("data-center-pat", base64_encode(":" + random)).validity == Validity::weakened);
}

TEST_CASE("keys of random bytes: size and fixed bits") {
  CHECK(check("base64-32", base64_encode(string(32, 'k'))).note == "size is right");
  CHECK(check("base64-32", base64url_encode(string(32, '\xff'))).validity == Validity::unknown);
  CHECK(check("base64-32", base64_encode(string(33, 'k'))).validity == Validity::weakened);
  CHECK(check("base64-32", string(42, 'k') + "B=").validity == Validity::weakened);
  CHECK(check("base64-64", base64_encode(string(64, 'k'))).validity == Validity::unknown);
  CHECK(check("base64-64", base64_encode(string(63, 'k'))).validity == Validity::weakened);

  string curve(32, 'h');  // 0x68: its low three bits are clear, its second highest is set
  CHECK(check("wireguard-key", base64_encode(curve)).validity == Validity::unknown);
  curve[0] = 'i';
  CHECK(check("wireguard-key", base64_encode(curve)).validity == Validity::weakened);
  curve[0] = 'h';
  curve[31] = '\xe8';
  CHECK(check("wireguard-key", base64_encode(curve)).validity == Validity::weakened);

  CHECK(check("uuid", example("{uuid}")).validity == Validity::unknown);
  CHECK(check("uuid", "00000000-0000-0000-0000-000000000000").validity == Validity::weakened);
}

TEST_CASE("an RSA key's modulus is the product of its primes") {
  CHECK(product_of("\x0c", "\x0d") == "\x9c");
  CHECK(product_of("\xff\xff", "\xff\xff") == string("\xff\xfe\x00\x01", 4));
  CHECK(product_of(string(300, '\0') + "\x02", "\x03") == "\x06");
  CHECK(product_of("", "\x03").empty());
  for (const char* kind : {"{pem:rsa}", "{pem:pkcs8}"}) {
    string key = example(kind);
    CHECK(check("pem-private-key", key).note == "is a complete private key");
    // Changes the modulus: it contains all of the third line.
    char& c = key[key.find('\n', key.find('\n') + 1) + 10];
    c = c == 'k' ? 'l' : 'k';
    CHECK(check("pem-private-key", key).note == "its numbers form no RSA key");
    // It may work all the same: programs use the exponent where the primes give nonsense.
    CHECK(check("pem-private-key", key).validity == Validity::unknown);
  }
}

TEST_CASE("text after the padding of a key does not matter") {
  const string key = example("{pem:ec}");
  const size_t padding = key.find('=');
  REQUIRE(padding != key.npos);
  for (const char* stray : {"a", "it", "for", "word", "stray"}) {
    string longer = key;
    longer.insert(key.find('\n', padding) + 1, string(stray) + "\n");
    CAPTURE(stray);
    CHECK(check("pem-private-key", longer).validity == Validity::valid);
  }
}

TEST_CASE("an OpenSSH key that does not end in its padding is not proved") {
  int tried = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const string key = ExampleGenerator(seed).expand("{openssh:clear}");
    const size_t begin = key.find('\n'), end = key.rfind("\n-----END");
    string letters;
    for (const char c : key.substr(begin, end - begin)) {
      if (c != '\n') letters += c;
    }
    string body = *base64_decode(letters);
    if (body.back() > 7) continue;  // no padding: the body ends with the comment
    ++tried;
    body.back() = '\x09';
    const string other = key.substr(0, begin + 1) + base64_encode(body) + key.substr(end);
    CHECK(check("pem-private-key", key).validity == Validity::valid);
    CHECK(check("pem-private-key", other).validity == Validity::unknown);
  }
  CHECK(tried > 0);
}
