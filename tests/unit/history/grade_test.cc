// SPDX-License-Identifier: Apache-2.0
// Random values beside names of secrets are likely in settings and code, and possible elsewhere.
#include "history/grade.h"

#include <catch2/catch.hpp>

#include "codec/encodings.h"
#include "detect/scanner.h"
#include "examples/example.h"
#include "rules/built_in.h"

namespace pushguard {
namespace {

constexpr int64_t kNow = 1767225600;

std::vector<Exposure> exposures_of(const std::string& pattern, std::string_view path,
                                   uint64_t seed = 1) {
  static Scanner scanner({&built_in_rules()}, built_in_templates(), kNow);
  const Object object{{}, ObjectType::blob, {}};
  const std::string text = ExampleGenerator(seed).expand(pattern);
  std::vector<PlacedFinding> placed;
  Object with = object;
  with.content = text;
  for (Finding& finding : findings_in(scanner.scan(text), with)) {
    Place place = place_of(finding);
    place.kind = Place::Kind::file;
    place.path = SharedText(std::string(path));
    placed.push_back({std::move(finding), {place}});
  }
  REQUIRE(placed.size() == 1);
  std::vector<Exposure> exposures = make_exposures(std::move(placed));
  grade(exposures);
  return exposures;
}

Confidence graded(const std::string& pattern, std::string_view path) {
  return exposures_of(pattern, path).front().confidence;
}

// A JSON Web Token that expires at `expiry`, under a name that says nothing.
std::string jwt(int64_t expiry) {
  const auto part = [](std::string_view json) { return base64url_encode(json); };
  return part(R"({"alg":"RS256"})") + "." +
         part(R"({"sub":"bob","exp":)" + std::to_string(expiry) + "}") + ".{b64u:86}";
}

}  // namespace

TEST_CASE("a random value beside the name of a secret is likely in settings and code") {
  for (const char* path : {"config/app.yml", ".env", ".env.production", "src/client.py", "main.tf",
                           "modules/db/values.yaml", "Dockerfile", "lib/app.rb"}) {
    INFO(path);
    CHECK(graded("box_secret: {b62:32}\n", path) == Confidence::likely);
    CHECK(graded("password = \"{b62:24}\"\n", path) == Confidence::likely);
  }
  for (const char* path : {"README.md", "docs/app.yml", "tests/app.yml", "src/client_test.py",
                           "src/ClientTest.java", "spec/app.rb", "app.example.yml", "data.csv",
                           "node_modules/x/a.js", "CHANGELOG", "app.min.js", "notes.txt"}) {
    INFO(path);
    CHECK(graded("box_secret: {b62:32}\n", path) == Confidence::possible);
  }
}

TEST_CASE("an expired token is reported, but not in tests and documents") {
  constexpr int64_t kYear = 31'536'000;
  for (const char* path : {"tests/app.py", "src/auth_test.go", "docs/api.md", "fixtures/a.json"}) {
    INFO(path);
    CHECK(exposures_of("x = '" + jwt(kNow - kYear) + "'", path).empty());
    CHECK(exposures_of("x = '" + jwt(kNow + kYear) + "'", path).size() == 1);
  }
  CHECK(exposures_of("x = '" + jwt(kNow - kYear) + "'", "src/app.py").size() == 1);
  CHECK(exposures_of("Authorization: Bearer " + jwt(kNow - kYear), "tests/app.py").empty());
}

TEST_CASE("what is short, in a comment, or a UUID stays possible in settings") {
  for (const char* text :
       {"password = \"{b62:10}#4{dig:3}\"", "box_secret: {b62:16}\n", "# box_secret: {b62:32}\n",
        "  // boxSecret = \"{b62:32}\"", "client_secret = {uuid}\n"}) {
    INFO(text);
    CHECK(graded(text, "config/app.yml") == Confidence::possible);
  }
}

}  // namespace pushguard
