// SPDX-License-Identifier: Apache-2.0
// Whole messages: what the developer reads, in each case with its own steps.
#include "report/message.h"

#include <catch2/catch.hpp>

#include "support/redaction_of.h"

namespace pushguard {
namespace {

const Rule kRule{
    .id = "sesame", .provider = "Tests", .description = "Open sesame", .rotate = "the cave"};

Oid id(char digit, size_t digits = 40) { return *Oid::from_hex(std::string(digits, digit)); }

Push push_to(const std::string& ref, const Oid& from, const Oid& to) {
  Push push;
  push.updates.push_back({from, to, ref});
  push.quarantine = "/srv/git/a.git/objects/tmp_objdir-incoming";
  return push;
}

const Push kPush = push_to("refs/heads/main", id('1'), id('c'));

Place file_place(char commit, bool at_tip = false) {
  Place place;
  place.kind = Place::Kind::file;
  place.object = id('e');
  place.commit = id(commit);
  place.path = "src/config.env";
  place.line = 3;
  place.column = 7;
  place.author = "Ann Dev <ann@example.com>";
  place.subject = "Add the deployment";
  place.ref = "refs/heads/main";
  place.at_tip = at_tip;
  return place;
}

Judged blocked(std::vector<Place> places, const std::string& secret = "sesame-window-open") {
  Judged judged;
  judged.exposure = {&kRule,         Confidence::likely, "",
                     Secret(secret), Origin::introduced, std::move(places)};
  judged.exposure.fingerprint = "0123456789abcdef";
  return judged;
}

std::string message(std::vector<Judged> judged, const Push& push = kPush, bool merges = false,
                    const Config& config = {}) {
  Decision decision;
  decision.verdict = Verdict::refused;
  std::vector<std::string_view> secrets;
  for (const Judged& one : judged) secrets.push_back(one.exposure.secret.reveal_for_comparison());
  const Redaction redaction = test::redaction_of(secrets);
  decision.judged = std::move(judged);
  return render_message(redaction.apply(std::move(decision)), redaction.apply(push), config,
                        merges);
}

// The message about a push in which no secret was found.
std::string plain(const Decision& decision) {
  const Redaction redaction = test::redaction_of({});
  return render_message(redaction.apply(decision), redaction.apply(kPush), {}, false);
}

// The text between the list of secrets and the advice, which is always the same.
std::string steps(const std::string& message) {
  const std::string before = "hint: nothing was stored; to push without the secret:\n";
  const std::string after = "hint: keep the value out of git: an environment variable, a vault\n";
  const size_t begin = message.find(before), end = message.find(after);
  REQUIRE(begin != message.npos);
  REQUIRE(end != message.npos);
  return message.substr(begin + before.size(), end - begin - before.size());
}

}  // namespace

TEST_CASE("a secret in the tip: the whole message") {
  CHECK(message({blocked({file_place('c', true)})}) ==
        "error: push refused: it contains a secret\n"
        "\n"
        "  Open sesame\n"
        "    file      src/config.env:3:7\n"
        "    commit    cccccccccccc Add the deployment\n"
        "    author    Ann Dev <ann@example.com>\n"
        "    value     sesa******** (18 characters)\n"
        "              likely: by its form\n"
        "    revoke    the cave\n"
        "    id        0123456789abcdef\n"
        "\n"
        "hint: nothing was stored; to push without the secret:\n"
        "hint:   take the secret out of the file, then\n"
        "hint:     git commit --all --amend --no-edit\n"
        "hint:     git push\n"
        "hint: keep the value out of git: an environment variable, a vault\n"
        "hint: if it was ever shared, revoke it at the place named above\n"
        "hint: for an exception ask the server's administrator and name the id\n");
}

TEST_CASE("what warns because its rule is new: the whole message") {
  Judged warned = blocked({file_place('c', true)});
  warned.outcome = Outcome::warned;
  warned.warns_until = std::chrono::sys_days(std::chrono::year(2026) / 12 / 13);
  Decision decision;
  decision.verdict = Verdict::accepted;
  decision.judged.push_back(std::move(warned));
  CHECK(plain(decision) ==
        "warning: push accepted, but look at 1 value:\n"
        "\n"
        "  Open sesame\n"
        "    file      src/config.env:3:7\n"
        "    commit    cccccccccccc Add the deployment\n"
        "    author    Ann Dev <ann@example.com>\n"
        "    value     sesa******** (18 characters)\n"
        "              likely: by its form\n"
        "    new       warns until 2026-12-13, and blocks from then on\n"
        "    revoke    the cave\n"
        "    id        0123456789abcdef\n"
        "\n"
        "hint: a real secret is best revoked now: git keeps it in the history\n");
}

TEST_CASE("in the message of the tip, and in a file as well") {
  Place text = file_place('c', true);
  text.kind = Place::Kind::commit;
  CHECK(steps(message({blocked({text})})) ==
        "hint:   write the message or the author anew, without the secret:\n"
        "hint:     git commit --amend\n"
        "hint:     git push\n");
  CHECK(steps(message({blocked({text, file_place('c', true)})})) ==
        "hint:   take the secret out of the file, then\n"
        "hint:   write the message or the author anew, without the secret:\n"
        "hint:     git commit --all --amend\n"
        "hint:     git push\n");
}

TEST_CASE("in the tips of two branches") {
  Place other = file_place('d', true);
  other.ref = "refs/heads/other";
  CHECK(steps(message({blocked({file_place('c', true), other})})) ==
        "hint:   on each of the pushed branches:\n"
        "hint:   take the secret out of the file, then\n"
        "hint:     git commit --all --amend --no-edit\n"
        "hint:     git push\n");
}

TEST_CASE("deeper: a rebase from the commit before it") {
  Place carried = file_place('d', true);
  carried.origin = Origin::carried;
  const std::string rest = "hint:   in the list, change 'pick bbbbbbb' to 'edit'\n"
                           "hint:   at each stop take the secret out of the file, then\n"
                           "hint:     git commit --all --amend --no-edit\n"
                           "hint:     git rebase --continue\n"
                           "hint:     git push\n";
  CHECK(steps(message({blocked({file_place('b'), carried})})) ==
        "hint:     git rebase --interactive bbbbbbbbbbbb^\n" + rest);
  CHECK(steps(message({blocked({file_place('b')})}, kPush, true)) ==
        "hint:     git rebase --interactive --rebase-merges bbbbbbbbbbbb^\n" + rest);
  Place root = file_place('b');
  root.root = true;
  CHECK(steps(message({blocked({root})})) == "hint:     git rebase --interactive --root\n" + rest);
}

TEST_CASE("in a deeper message: a reword") {
  Place text = file_place('b');
  text.kind = Place::Kind::commit;
  CHECK(steps(message({blocked({text})})) ==
        "hint:     git rebase --interactive bbbbbbbbbbbb^\n"
        "hint:   in the list, change 'pick bbbbbbb' to 'reword'\n"
        "hint:   when git asks for it, write the message without the secret\n"
        "hint:     git push\n");
}

TEST_CASE("in many commits: git filter-repo, from what the server has") {
  std::vector<Place> places;
  for (const char commit : std::string("456789")) places.push_back(file_place(commit));
  CHECK(steps(message({blocked(places)})) ==
        "hint:   write the secrets into ../secrets.txt, one a line, then\n"
        "hint:     git filter-repo --force --replace-text ../secrets.txt \\\n"
        "hint:       --replace-message ../secrets.txt \\\n"
        "hint:       --refs main ^111111111111\n"
        "hint:     git push\n");
  SECTION("a SHA-256 repository, which filter-repo does not read") {
    const Push push = push_to("refs/heads/main", id('1', 64), id('c', 64));
    CHECK(steps(message({blocked(places)}, push))
              .starts_with("hint:     git rebase --interactive 444444444444^\n"));
  }
}

TEST_CASE("on two branches, deeper: git filter-repo, names quoted for a shell") {
  Place other = file_place('d');
  other.ref = "refs/heads/it's; rm -r";
  Push push = kPush;
  Oid none;
  none.size = 20;
  push.updates.push_back({none, id('d'), other.ref.str()});
  CHECK(steps(message({blocked({file_place('b'), other})}, push)) ==
        "hint:   write the secrets into ../secrets.txt, one a line, then\n"
        "hint:     git filter-repo --force --replace-text ../secrets.txt \\\n"
        "hint:       --replace-message ../secrets.txt \\\n"
        "hint:       --refs main 'it'\\''s; rm -r' ^111111111111\n"
        "hint:     git push\n");
}

TEST_CASE("in a tag, in a note, in an object of a ref") {
  Place tag;
  tag.kind = Place::Kind::tag;
  tag.object = id('e');
  tag.ref = "refs/tags/v1";
  CHECK(steps(message({blocked({tag})})) == "hint:   write the tag anew, without the secret:\n"
                                            "hint:     git tag --annotate --force v1 v1^{}\n"
                                            "hint:     git push\n");

  Place note = file_place('b', true);
  note.ref = "refs/notes/commits";
  CHECK(steps(message({blocked({note})}, push_to("refs/notes/commits", id('1'), id('b')))) ==
        "hint:   the history of the notes keeps it; go back before it:\n"
        "hint:     git update-ref refs/notes/commits 111111111111\n"
        "hint:   then add the note again, without the secret\n"
        "hint:     git push\n");
  Oid none;
  none.size = 20;
  CHECK(steps(message({blocked({note})}, push_to("refs/notes/commits", none, id('b')))) ==
        "hint:   the history of the notes keeps it; go back before it:\n"
        "hint:     git update-ref -d refs/notes/commits\n"
        "hint:   then add the note again, without the secret\n"
        "hint:     git push\n");

  Place object;
  object.object = id('e');
  object.ref = "refs/tags/blob";
  CHECK(steps(message({blocked({object})})) ==
        "hint:   the ref itself names the object with the secret; drop it:\n"
        "hint:     git update-ref -d refs/tags/blob\n"
        "hint:     git push\n");
}

TEST_CASE("in a ref's name, in a push option, in an object that nothing reaches") {
  Place name;
  name.kind = Place::Kind::ref_name;
  name.ref = "refs/heads/sesame-window-open";
  const std::string text = message({blocked({name})});
  CHECK(text.find("    ref name  refs/heads/sesa********\n") != text.npos);
  CHECK(steps(text) == "hint:   give the branch or tag another name and push that\n"
                       "hint:     git push\n");
  Place option;
  option.kind = Place::Kind::push_option;
  CHECK(steps(message({blocked({option})})) ==
        "hint:   leave the push option out that holds the secret\n"
        "hint:     git push\n");
  Place object;
  object.object = id('e');
  const std::string unreached = message({blocked({object})});
  CHECK(unreached.find("    object    eeeeeeeeeeee\n"
                       "    ref       none that is pushed reaches it\n") != unreached.npos);
  CHECK(steps(unreached) == "hint:   no pushed ref reaches one of the objects: push from a fresh\n"
                            "hint:   clone\n"
                            "hint:     git push\n");
}

TEST_CASE("places that were there before need no step") {
  Place old = file_place('b');
  old.origin = Origin::preexisting;
  CHECK(steps(message({blocked({old, file_place('c', true)})})) ==
        "hint:   take the secret out of the file, then\n"
        "hint:     git commit --all --amend --no-edit\n"
        "hint:     git push\n");
}

TEST_CASE("ten secrets and three places are listed, the rest counted") {
  std::vector<Judged> many;
  for (int i = 0; i < 12; ++i) {
    many.push_back(blocked(std::vector<Place>(5, file_place('c', true)),
                           "sesame-number-" + std::to_string(100 + i)));
  }
  const std::string text = message(std::move(many));
  CHECK(text.starts_with("error: push refused: it contains 12 secrets\n"));
  CHECK(text.find("\n  and 2 more\n") != text.npos);
  CHECK(text.find("              and 2 places more\n") != text.npos);
}

TEST_CASE("whatever comes with a push, the message stays small, narrow, plain and without it") {
  std::vector<Judged> many;
  for (int i = 0; i < 40; ++i) {
    const std::string secret = "sesame-number-" + std::to_string(100 + i);
    std::vector<Place> places(5, file_place(static_cast<char>('2' + i % 8)));
    for (Place& place : places) {
      place.path = std::string(3000, 'p') + secret + "\x1b[31m\r\n";
      place.author = secret + "\x07 <" + std::string(1000, 'a') + ">";
      place.subject = "\xff\xfe " + secret;
      place.ref = "refs/heads/" + secret + std::string(2000, 'r') + std::to_string(i);
    }
    many.push_back(blocked(std::move(places), secret));
  }
  const std::string text = message(std::move(many));
  CHECK(text.size() <= 16384);
  CHECK(text.find("sesame-number-") == text.npos);
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    INFO(line);
    for (const char c : line) CHECK((c >= ' ' && c <= '~'));
    if (!line.starts_with("hint:     ")) CHECK(line.size() <= 72);
    at = end + 1;
  }
}

TEST_CASE("exceptions: by push option where the site grants them, else by asking") {
  Config config;
  config.contact = "security@example.com";
  CHECK(message({blocked({file_place('c', true)})}, kPush, false, config)
            .ends_with("hint: for an exception ask security@example.com and name the id\n"));
  config.bypass = true;
  CHECK(message({blocked({file_place('c', true)})}, kPush, false, config)
            .ends_with("hint: not a secret, or it must be there? push with the reason:\n"
                       "hint:     git push -o \"pushguard.allow=0123456789abcdef REASON\"\n"));
}

TEST_CASE("a gap refuses with what it is, and a push that could not be judged says why") {
  Decision decision;
  decision.verdict = Verdict::undecided;
  decision.unscanned.push_back(
      {{id('e'), ObjectType::blob, 5, Why::too_large, "700 bytes, and the limit is 100"}, true});
  CHECK(plain(decision) == "error: push refused: 1 part of it could not be checked for secrets\n"
                           "\n"
                           "    blob      eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n"
                           "    too-large\n"
                           "      700 bytes, and the limit is 100\n"
                           "\n"
                           "hint: please tell the administrator of this server\n");
  CHECK(render_failure(test::redaction_of({}).apply("cannot read 'x': No such file"),
                       "ops@example.com") ==
        "error: push refused: it could not be checked for secrets\n"
        "\n"
        "  cannot read 'x': No such file\n"
        "\n"
        "hint: this is nothing in your push; please tell ops@example.com\n");
}

TEST_CASE("what was not looked at is told by its file and commit") {
  Decision decision;
  decision.verdict = Verdict::undecided;
  decision.unscanned.push_back({{id('e'), ObjectType::blob, 5, Why::archive, "it is encrypted", 1,
                                 Cause::encrypted, id('c'), "lib/data.zip"},
                                true});
  CHECK(plain(decision) ==
        "error: push refused: 1 part of it could not be checked for secrets\n"
        "\n"
        "    blob      eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n"
        "    file      lib/data.zip\n"
        "    commit    cccccccccccc\n"
        "    archive\n"
        "      it is encrypted\n"
        "\n"
        "hint: push without these files, or ask the administrator of this server\n");
  decision.verdict = Verdict::accepted;
  for (JudgedUnscanned& one : decision.unscanned) one.refused = false;
  decision.unscanned.push_back(decision.unscanned.front());
  CHECK(plain(decision).starts_with(
      "warning: 2 parts of the push were not checked for secrets\n\n    blob "));
}

TEST_CASE("the reason why something was not looked at is never cut") {
  for (const Why why : kAllWhys) {
    Decision decision;
    decision.verdict = Verdict::undecided;
    decision.unscanned.push_back({{id('e'), ObjectType::blob, 5, why, "some detail"}, true});
    CHECK(plain(decision) == "error: push refused: 1 part of it could not be checked for secrets\n"
                             "\n"
                             "    blob      eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n"
                             "    " +
                                 std::string(to_string(why)) +
                                 "\n"
                                 "      some detail\n"
                                 "\n"
                                 "hint: please tell the administrator of this server\n");
  }
}

TEST_CASE("a push that nothing is to be said about is silent") {
  Decision decision;
  decision.verdict = Verdict::accepted;
  CHECK(plain(decision).empty());
}

}  // namespace pushguard
