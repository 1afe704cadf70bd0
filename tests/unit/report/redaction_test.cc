// SPDX-License-Identifier: Apache-2.0
// What leaves the process has no secret in it.
#include "report/redaction.h"

#include <catch2/catch.hpp>

#include "support/redaction_of.h"

namespace pushguard::test {

TEST_CASE("every secret is struck out, the longer one first") {
  const Redaction redaction =
      redaction_of({"inner-secret", "the-inner-secret-and-more", "", "\xff", "ab"});
  const auto applied = [&](std::string_view text) { return *redaction.apply(text); };
  CHECK(applied("a the-inner-secret-and-more b inner-secret c inner-secretinner-secret") ==
        "a the-******** b inn******** c inn********inn********");
  CHECK(applied("nothing here") == "nothing here");
  CHECK(applied("") == "");
  CHECK(applied("x\xffy \xff") == "x********y ********");
  CHECK(applied("inner-secretab inner-secre the-inner-secretab") ==
        "inn**************** inner-secre the-inn****************");
  CHECK(applied("a ab cab b") == "a ******** c******** b");
  CHECK(*redaction_of({}).apply("inner-secret") == "inner-secret");
}

TEST_CASE("secrets that overlap are struck out as one") {
  const Redaction redaction = redaction_of({"password=first-half", "half-and-the-rest", "rest"});
  CHECK(*redaction.apply("x password=first-half-and-the-rest y") == "x pass******** y");
  CHECK(*redaction.apply("half-and-the-rest") == "half********");
}

TEST_CASE("each line of a key is struck out where it stands alone") {
  const std::string line = "a-line-of-the-body-of-a-key";
  const Redaction redaction =
      redaction_of({"-----BEGIN X-----\n" + line + "\nend=\n-----END X-----"});
  CHECK(*redaction.apply("dir/" + line + "/end=") == "dir/a-li********/end=");
  CHECK(*redaction.apply("-----BEGIN X-----") == "-----BEGIN X-----");
}

TEST_CASE("a secret in an encoding, and one in a name, are struck out as well") {
  std::vector<Finding> found(1);
  found[0].secret = Secret("decoded-secret");
  found[0].written = Secret("c2VjcmV0-as-written");
  PlacedFinding name;
  name.finding.secret = Secret("secret-of-a-name");
  const Redaction redaction(found, {&name, 1});
  CHECK(*redaction.apply("decoded-secret c2VjcmV0-as-written secret-of-a-name") ==
        "dec******** c2Vj******** secr********");
}

TEST_CASE("all texts that come with a push, and those of the host, are struck out") {
  const std::string secret = "sesame-window-open", masked = "sesa********";
  const Redaction redaction = redaction_of({secret});
  Push push;
  push.updates.push_back({{}, {}, "refs/heads/" + secret});
  push.options = {secret};
  push.repository = secret;
  push.git_dir = "/srv/" + secret;
  push.pusher = {secret, "GL_USERNAME", secret};
  const Redacted<Push> shown = redaction.apply(push);
  CHECK(shown->updates[0].ref == "refs/heads/" + masked);
  CHECK(shown->options == std::vector{masked});
  CHECK(shown->repository == masked);
  CHECK(shown->git_dir == "/srv/" + masked);
  CHECK(shown->pusher.name == masked);
  CHECK(shown->pusher.address == masked);

  Place place;
  place.path = place.author = place.subject = place.ref = place.entry = secret;
  Exposure exposure;
  exposure.note = secret;
  exposure.places = {place};
  exposure.partners = {exposure};
  Decision decision;
  decision.judged.push_back({exposure, Outcome::blocked, secret});
  decision.unscanned.push_back({{{}, ObjectType::blob, 0, Why::damaged, secret}, true});
  decision.bypass_mistakes = {secret};
  const Redacted<Decision> told = redaction.apply(decision);
  const Judged& judged = told->judged.at(0);
  CHECK(judged.why == masked);
  for (const Exposure* one : {&judged.exposure, &judged.exposure.partners.at(0)}) {
    CHECK(one->note == masked);
    const Place& stands = one->places.at(0);
    for (const SharedText* text :
         {&stands.path, &stands.author, &stands.subject, &stands.ref, &stands.entry}) {
      CHECK(*text == masked);
    }
  }
  CHECK(told->unscanned.at(0).what.detail == masked);
  CHECK(told->bypass_mistakes == std::vector{masked});
}

}  // namespace pushguard::test
