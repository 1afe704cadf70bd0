// SPDX-License-Identifier: Apache-2.0
// What the developer reads of what was not looked at, and of a push that could not be judged.
#include <catch2/catch.hpp>

#include "report/message.h"
#include "support/redaction_of.h"

namespace pushguard {
namespace {

Oid id(char digit) { return *Oid::from_hex(std::string(40, digit)); }

// The message about a push in which no secret was found.
std::string plain(const Decision& decision) {
  Push push;
  push.updates.push_back({id('1'), id('d'), "refs/heads/main"});
  push.quarantine = "/srv/git/a.git/objects/tmp_objdir-incoming";
  const Redaction redaction = test::redaction_of({});
  return render_message(redaction.apply(decision), redaction.apply(push), {}, {});
}

}  // namespace

TEST_CASE("a gap refuses with what it is, and a push that could not be judged says why") {
  Decision decision;
  decision.verdict = Verdict::undecided;
  decision.unscanned.push_back(
      {{id('e'), ObjectType::blob, 5, Why::too_large, "700 bytes, and the limit is 100"}, true});
  CHECK(plain(decision) == "error: push refused: 1 part of it could not be checked for secrets\n"
                           "    blob eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n"
                           "      too-large: 700 bytes, and the limit is 100\n"
                           "hint: leave out or split what is too large or nested too deep\n"
                           "hint: or ask the server's administrator to let it in, and send along\n"
                           "hint: what this writes:\n"
                           "hint:     git bundle create push.bundle HEAD\n");
  CHECK(render_failure(test::redaction_of({}).apply("cannot read 'x': No such file"),
                       {.contact = "ops@example.com", .text = "The red phone."}) ==
        "error: push refused: it could not be checked for secrets\n"
        "  cannot read 'x': No such file\n"
        "hint: this is nothing in your push; please tell ops@example.com\n"
        "hint: The red phone.\n");
}

TEST_CASE("what was not looked at is told by its file and commit") {
  Decision decision;
  decision.verdict = Verdict::undecided;
  decision.unscanned.push_back({{id('e'), ObjectType::blob, 5, Why::archive, "it is encrypted", 1,
                                 Cause::encrypted, id('c'), "lib/data.zip"},
                                true});
  CHECK(plain(decision) == "error: push refused: 1 part of it could not be checked for secrets\n"
                           "    lib/data.zip\n"
                           "      commit cccccccccccccccccccccccccccccccccccccccc\n"
                           "      archive: it is encrypted\n"
                           "hint: push the files of an encrypted archive unpacked\n"
                           "hint: or ask the server's administrator\n");
  decision.verdict = Verdict::accepted;
  for (JudgedUnscanned& one : decision.unscanned) one.refused = false;
  decision.unscanned.push_back(decision.unscanned.front());
  CHECK(plain(decision).starts_with(
      "warning: 2 parts of the push were not checked for secrets\n    lib/data.zip\n"));
}

TEST_CASE("each reason why something was not looked at has a way on of its own") {
  const std::pair<Why, std::string> ways[] = {
      {Why::damaged, "check the clone with 'git fsck', and push again"},
      {Why::too_large, "leave out or split what is too large or nested too deep"},
      {Why::out_of_time, "push again in smaller parts, a few commits at a time"},
      {Why::too_many_findings, "push in smaller parts"},
      {Why::no_quarantine, "only the administrator of the server can change this"},
      {Why::archive, "push the files of such an archive unpacked, or as a zip"}};
  REQUIRE(std::size(ways) == std::size(kAllWhys));
  for (const auto& [why, way] : ways) {
    Decision decision;
    decision.verdict = Verdict::undecided;
    decision.unscanned.push_back({{id('e'), ObjectType::blob, 5, why, "some detail"}, true});
    const bool is_over_limits =
        why == Why::too_large || why == Why::out_of_time || why == Why::too_many_findings;
    const std::string end = is_over_limits
                                ? " to let it in, and send along\nhint: what this writes:\n"
                                  "hint:     git bundle create push.bundle HEAD\n"
                                : "\n";
    CHECK(plain(decision) == "error: push refused: 1 part of it could not be checked for secrets\n"
                             "    blob eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n"
                             "      " +
                                 std::string(to_string(why)) + ": some detail\nhint: " + way +
                                 "\nhint: or ask the server's administrator" + end);
  }
}

TEST_CASE("a push that nothing is to be said about is silent") {
  Decision decision;
  decision.verdict = Verdict::accepted;
  CHECK(plain(decision).empty());
}

}  // namespace pushguard
