// SPDX-License-Identifier: Apache-2.0
#include "history/pairs.h"

#include <catch2/catch.hpp>

namespace pushguard::test {
namespace {

Rule rule(std::string_view id, std::string_view companion = {}) {
  Rule made{};
  made.id = id;
  made.companion = companion;
  return made;
}

const Rule kKey = rule("key", "id-[0-9]{4}"), kId = rule("id"), kOther = rule("other");

Exposure exposure(const Rule& of, std::string_view secret, Confidence confidence,
                  std::string_view path) {
  Exposure made;
  made.rule = &of;
  made.secret = Secret(secret);
  made.confidence = confidence;
  Place place;
  place.kind = Place::Kind::file;
  place.path = path;
  made.places = {place};
  return made;
}

std::vector<std::string> told(std::vector<Exposure> exposures) {
  pair_exposures(exposures);
  std::vector<std::string> lines;
  for (const Exposure& one : exposures) {
    std::string line = std::string(one.rule->id) + " " + std::string(to_string(one.confidence));
    for (const Exposure& partner : one.partners) {
      line += " with " + std::string(partner.rule->id) + " in " + partner.places.at(0).path.str();
    }
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a key and its id, in two files of a push, are one finding and surer") {
  CHECK(told({exposure(kId, "id-1234", Confidence::possible, "a"),
              exposure(kKey, "k", Confidence::possible, "b")}) == Lines{"key likely with id in a"});
  CHECK(told({exposure(kKey, "k", Confidence::likely, "b"),
              exposure(kId, "id-1234", Confidence::likely, "a")}) ==
        Lines{"key likely", "id likely"});
}

TEST_CASE("what is no companion stays a finding of its own") {
  CHECK(told({exposure(kKey, "k", Confidence::possible, "b"),
              exposure(kId, "id-123456", Confidence::possible, "a"),
              exposure(kOther, "x", Confidence::likely, "c")}) ==
        Lines{"key possible", "id possible", "other likely"});
}

TEST_CASE("a key goes with one id, rather with the one in its file") {
  CHECK(told({exposure(kKey, "k", Confidence::possible, "b"),
              exposure(kId, "id-1234", Confidence::possible, "a"),
              exposure(kId, "id-5678", Confidence::possible, "b")}) ==
        Lines{"key likely with id in b", "id possible"});
}

TEST_CASE("an id goes with one key, and what stood there before with what is new, never") {
  CHECK(told({exposure(kKey, "k", Confidence::possible, "a"),
              exposure(kKey, "l", Confidence::possible, "b"),
              exposure(kId, "id-1234", Confidence::possible, "c")}) ==
        Lines{"key likely with id in c", "key possible"});
  Exposure before = exposure(kId, "id-1234", Confidence::possible, "c");
  before.origin = Origin::preexisting;
  CHECK(told({exposure(kKey, "k", Confidence::possible, "a"), before}) ==
        Lines{"key possible", "id possible"});
}

}  // namespace pushguard::test
