// SPDX-License-Identifier: Apache-2.0
// One secret is one exposure, wherever its findings are.
#include "history/exposure.h"

#include <catch2/catch.hpp>

namespace pushguard::test {
namespace {

const Rule kPlain{.id = "plain"}, kSure{.id = "sure"};

PlacedFinding found(const Rule& rule, Confidence confidence, std::string_view secret,
                    std::vector<Place> places) {
  PlacedFinding one;
  one.finding.rule = &rule;
  one.finding.confidence = confidence;
  one.finding.secret = Secret(secret);
  one.places = std::move(places);
  return one;
}

Place file(const std::string& path, size_t line, size_t commit_order) {
  Place place;
  place.kind = Place::Kind::file;
  place.path = path;
  place.line = line;
  place.column = 1;
  place.commit_order = commit_order;
  return place;
}

Place ref_name(const std::string& ref) {
  Place place;
  place.kind = Place::Kind::ref_name;
  place.ref = ref;
  return place;
}

// "rule confidence: kind path:line ref, ...", a line for an exposure.
std::vector<std::string> told(std::vector<PlacedFinding> placed) {
  std::vector<std::string> lines;
  for (const Exposure& exposure : make_exposures(std::move(placed))) {
    std::string line(exposure.rule->id);
    line += " " + std::string(to_string(exposure.confidence)) + ":";
    for (const Place& place : exposure.places) {
      line += " " + std::string(to_string(place.kind));
      if (!place.path.empty()) line += " " + place.path.str() + ":" + std::to_string(place.line);
      if (!place.ref.empty()) line += " " + place.ref.str();
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a secret in a file and in the names of two refs is one exposure") {
  CHECK(told({found(kPlain, Confidence::likely, "s", {ref_name("refs/heads/s")}),
              found(kPlain, Confidence::likely, "s", {file("a", 3, 0)}),
              found(kPlain, Confidence::likely, "s", {ref_name("refs/tags/s")})}) ==
        Lines{"plain likely: file a:3 ref-name refs/heads/s ref-name refs/tags/s"});
}

TEST_CASE("an exposure is described by its surest finding, and has each place once") {
  CHECK(told({found(kPlain, Confidence::possible, "s", {file("a", 3, 0)}),
              found(kSure, Confidence::confirmed, "s", {file("a", 3, 0), file("b", 1, 0)})}) ==
        Lines{"sure confirmed: file a:3 file b:1"});
}

TEST_CASE("exposures and their places are in the order of the history, then of the paths") {
  CHECK(told({found(kPlain, Confidence::likely, "s", {file("b", 1, 1), file("c", 1, 0)}),
              found(kPlain, Confidence::likely, "t", {file("a", 2, 0)}),
              found(kPlain, Confidence::likely, "u", {ref_name("refs/heads/u")}),
              found(kPlain, Confidence::likely, "v", {file("a", 1, 0)})}) ==
        Lines{"plain likely: file a:1", "plain likely: file a:2", "plain likely: file c:1 file b:1",
              "plain likely: ref-name refs/heads/u"});
}

TEST_CASE("equal secrets have equal fingerprints, partners have their own") {
  std::vector<Exposure> exposures =
      make_exposures({found(kPlain, Confidence::likely, "s", {file("a", 1, 0)}),
                      found(kPlain, Confidence::likely, "t", {file("b", 1, 0)})});
  exposures[0].partners.push_back(exposures[1]);
  const SiteKey key{1, 2, 3};
  set_fingerprints(exposures, key);
  CHECK(exposures[0].fingerprint == fingerprint(Secret("s"), key));
  CHECK(exposures[1].fingerprint == fingerprint(Secret("t"), key));
  CHECK(exposures[0].partners[0].fingerprint == exposures[1].fingerprint);
}

}  // namespace pushguard::test
