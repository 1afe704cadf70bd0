// SPDX-License-Identifier: Apache-2.0
// What is written, and nlohmann's JSON of the same values as the plain answer.
#include "vocabulary/json_writer.h"

#include <limits>
#include <random>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace pushguard {
namespace {

using Json = nlohmann::ordered_json;

std::string written(std::string_view text) {
  JsonWriter json;
  return json.value(text).take();
}

std::string plainly(const Json& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace);
}

// Pieces of which some are UTF-8, and some are nearly.
std::string random_text(std::mt19937_64& random) {
  using namespace std::string_view_literals;
  static constexpr std::string_view kPieces[] = {"a",
                                                 "key = ",
                                                 "\"",
                                                 "\\",
                                                 "/",
                                                 "\n",
                                                 "\r",
                                                 "\t",
                                                 "\b",
                                                 "\f",
                                                 "\0"sv,
                                                 "\x1b",
                                                 "\x7f",
                                                 "\xc3\xa4",
                                                 "\xe2\x82\xac",
                                                 "\xed\x9f\xbf",
                                                 "\xee\x80\x80",
                                                 "\xf0\x9f\x98\x80",
                                                 "\xf4\x8f\xbf\xbf",
                                                 "\xc0\xaf",
                                                 "\xc3",
                                                 "\xe0\x80\x80",
                                                 "\xe2\x82",
                                                 "\xed\xa0\x80",
                                                 "\xf0\x80\x80\x80",
                                                 "\xf0\x9f\x98",
                                                 "\xf4\x90\x80\x80",
                                                 "\xf5",
                                                 "\xff",
                                                 "\x80"};
  std::string text;
  for (size_t pieces = random() % 12; pieces-- > 0;) {
    if (random() % 4 == 0) {
      text += static_cast<char>(random());
    } else {
      text += kPieces[random() % std::size(kPieces)];
    }
  }
  return text;
}

// Writes a random value in both ways.
Json random_value(std::mt19937_64& random, JsonWriter& json, size_t depth) {
  switch (random() % (depth == 0 ? 4 : 6)) {
    case 0: {
      const std::string text = random_text(random);
      json.value(text);
      return text;
    }
    case 1: {
      const auto number = static_cast<int64_t>(random() >> random() % 64);
      json.value(number);
      return number;
    }
    case 2: {
      const uint64_t number = random() >> random() % 64;
      json.value(number);
      return number;
    }
    case 3: {
      const bool yes = random() % 2 == 0;
      json.value(yes);
      return yes;
    }
    case 4: {
      Json list = Json::array();
      json.begin_array();
      for (size_t i = random() % 4; i-- > 0;) list.push_back(random_value(random, json, depth - 1));
      json.end();
      return list;
    }
    default: {
      Json object = Json::object();
      json.begin_object();
      for (size_t i = random() % 4; i-- > 0;) {
        const std::string name = "key_" + std::to_string(i);
        json.key(name);
        object[name] = random_value(random, json, depth - 1);
      }
      json.end();
      return object;
    }
  }
}

}  // namespace

TEST_CASE("JSON: an object with all kinds of values") {
  JsonWriter json;
  json.begin_object().field("text", "a").field("number", 7).field("less", -8).field("yes", true);
  json.key("list").begin_array().value(1).value("b").begin_array().end().begin_object().end().end();
  json.key("none").begin_object().end().field("last", false).end();
  CHECK(json.take() ==
        R"({"text":"a","number":7,"less":-8,"yes":true,"list":[1,"b",[],{}],"none":{},)"
        R"("last":false})");
}

TEST_CASE("JSON: the least and the largest numbers") {
  JsonWriter json;
  json.begin_array().value(std::numeric_limits<int64_t>::min());
  json.value(std::numeric_limits<uint64_t>::max()).value(0).end();
  CHECK(json.take() == "[-9223372036854775808,18446744073709551615,0]");
}

TEST_CASE("JSON: what is no ASCII is escaped, and what is no UTF-8 is replaced") {
  CHECK(written("\xc3\xa4 \xf0\x9f\x98\x80\x7f") == R"("\u00e4 \ud83d\ude00\u007f")");
  CHECK(written("a\xff\xe2\x82z\xc3") == R"("a\ufffd\ufffdz\ufffd")");
}

TEST_CASE("JSON: as nlohmann writes it, for each byte and each two bytes") {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 257; ++second) {
      std::string text(1, static_cast<char>(first));
      if (second < 256) text += static_cast<char>(second);
      if (written(text) != plainly(text)) FAIL(plainly(text));
    }
  }
}

TEST_CASE("JSON: as nlohmann writes it, for random values") {
  std::mt19937_64 random(20261129);
  for (int i = 0; i < 20'000; ++i) {
    JsonWriter json;
    const Json plain = random_value(random, json, 3);
    const std::string text = json.take();
    if (text != plainly(plain)) FAIL("written as " + text + "\nplainly as " + plainly(plain));
  }
}

}  // namespace pushguard
