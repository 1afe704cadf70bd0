// SPDX-License-Identifier: Apache-2.0
// Whole messages: what the developer reads, in each case with its own steps.
#include "report/message.h"

#include <catch2/catch.hpp>

#include "report/text.h"
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

const Push kPush = push_to("refs/heads/main", id('1'), id('d'));

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

// The commits b, c and d of main; the tip is d.
Rewrite rewrite(std::vector<Oid> commits, size_t clean_from) {
  Rewrite known;
  known.tip = id('d');
  known.base = id('a');
  known.clean_from = clean_from == Rewrite::kNone ? commits.size() : clean_from;
  known.commits = std::move(commits);
  return known;
}

std::string message(std::vector<Judged> judged, std::vector<Rewrite> rewrites = {},
                    const Push& push = kPush, const Config& config = {}, bool exceptions = false) {
  Decision decision;
  decision.verdict = Verdict::refused;
  std::vector<std::string_view> secrets;
  for (const Judged& one : judged) secrets.push_back(one.exposure.secret.reveal_for_comparison());
  const Redaction redaction = test::redaction_of(secrets);
  decision.judged = std::move(judged);
  const auto decided = redaction.apply(std::move(decision));
  const auto shown = redaction.apply(push);
  return render_message(decided, shown, config, {remedy(decided, shown, rewrites), exceptions});
}

// The message about a push in which no secret was found.
std::string plain(const Decision& decision) {
  const Redaction redaction = test::redaction_of({});
  return render_message(redaction.apply(decision), redaction.apply(kPush), {}, {});
}

// The text between the advice to keep secrets out of git and the one about exceptions.
std::string steps(const std::string& message) {
  const std::string before =
      "hint: keep the new one out of git: an environment variable, a vault\n";
  const std::string after = "hint: not a secret? ";
  const size_t begin = message.find(before), end = message.find(after);
  REQUIRE(begin != message.npos);
  REQUIRE(end != message.npos);
  return message.substr(begin + before.size(), end - begin - before.size());
}

const std::string kAgain = "hint: push again as you did\n";

}  // namespace

TEST_CASE("a secret in the tip: the whole message") {
  CHECK(message({blocked({file_place('d', true)})}, {rewrite({id('d')}, Rewrite::kNone)}) ==
        "error: push refused: it contains a secret\n"
        " commit dddddddddddddddddddddddddddddddddddddddd Add the deployment\n"
        " by Ann Dev <ann@example.com>\n"
        "    src/config.env:3:7\n"
        "      Open sesame: sesa********\n"
        "      very likely a secret, by its form; id 0123456789abcdef\n"
        "hint: revoke it now (though not stored): the cave\n"
        "hint: keep the new one out of git: an environment variable, a vault\n"
        "hint: on the branch you pushed to main: take it out of the file, then\n"
        "hint:     git commit --amend --no-edit --allow-empty -- :/src/config.env\n"
        "hint: push again as you did\n"
        "hint: not a secret? ask the server's administrator for an exception\n");
}

TEST_CASE("what to use in place of a stored secret is said for each issuer that is known") {
  const Rule aws{.id = "aws", .provider = "AWS", .description = "AWS key", .rotate = "the console"};
  Judged known = blocked({file_place('d', true)});
  known.exposure.rule = &aws;
  const std::string alone = message({known}, {rewrite({id('d')}, Rewrite::kNone)});
  CHECK(alone.find("hint: revoke it now (though not stored): the console\n"
                   "hint: use instead: an IAM role; in CI its OIDC provider; aws sso login\n"
                   "hint: on the branch") != std::string::npos);
  CHECK(message({known, blocked({file_place('d', true)}, "another-sesame")})
            .find("hint: revoke it now (though not stored): the console\n"
                  "hint: revoke it now: the cave\n"
                  "hint: use instead: an IAM role; in CI its OIDC provider; aws sso login\n"
                  "hint: keep the new one out of git: an environment variable, a vault\n") !=
        std::string::npos);
}

TEST_CASE("masked values that begin alike show their ends, if they are long enough") {
  const std::string one = "sesame-window-open-and-closed-1",
                    two = "sesame-window-open-and-closed-2";
  const std::string both =
      message({blocked({file_place('d', true)}, one), blocked({file_place('d', true)}, two),
               blocked({file_place('d', true)}, "sesame-short-one"),
               blocked({file_place('d', true)}, "open-the-window-please-now")});
  for (const std::string shown :
       {"sesa********-1", "sesa********-2", "sesa********", "open********"}) {
    CHECK(both.find("Open sesame " + shown + " id ") != std::string::npos);
  }
  CHECK(message({blocked({file_place('d', true)}, one)}).find("Open sesame: sesa********\n") !=
        std::string::npos);
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
        " commit cccccccccccccccccccccccccccccccccccccccc Add the deployment\n"
        " by Ann Dev <ann@example.com>\n"
        "    src/config.env:3:7\n"
        "      Open sesame: sesa********\n"
        "      the rule is new: it warns until 2026-12-13, then blocks\n"
        "      very likely a secret, by its form; id 0123456789abcdef\n"
        "hint: a real secret is best revoked now: git keeps it in the history\n");
}

TEST_CASE("in the message of the tip, in its author, and in a file as well") {
  Place text = file_place('d', true), author = file_place('d', true);
  text.kind = author.kind = Place::Kind::commit;
  author.in_header = true;
  const std::vector known{rewrite({id('d')}, 0)};
  CHECK(steps(message({blocked({text})}, known)) ==
        "hint: on the branch you pushed to main: an editor opens with the\n"
        "hint: message: take the secret out, and save:\n"
        "hint:     git commit --amend --only --allow-empty\n" +
            kAgain);
  CHECK(steps(message({blocked({text, file_place('d', true)})},
                      {rewrite({id('d')}, Rewrite::kNone)})) ==
        "hint: on the branch you pushed to main: take it out of the file, then\n"
        "hint: an editor opens with the message: take the secret out, and save:\n"
        "hint:     git commit --amend --allow-empty -- :/src/config.env\n" +
            kAgain);
  CHECK(steps(message({blocked({author})}, known)) ==
        "hint: on the branch you pushed to main: set a name and an address\n"
        "hint: without the secret (git config user.name, user.email), then\n"
        "hint:     git commit --amend --no-edit --reset-author --only --allow-empty\n" +
            kAgain);
}

TEST_CASE("a file whose path no shell is sure to take is staged by hand") {
  for (const char* path : {"a$b.env", "what?.env", "100%.env"}) {
    Place place = file_place('d', true);
    place.path = path;
    INFO(path);
    CHECK(steps(message({blocked({place})}, {rewrite({id('d')}, Rewrite::kNone)})) ==
          "hint: on the branch you pushed to main: take it out of the file, then\n"
          "hint: stage (git add) that and nothing else:\n"
          "hint:     git commit --amend --no-edit --allow-empty\n" +
              kAgain);
  }
  Place blanks = file_place('d', true);
  blanks.path = "my files/it's.env";
  CHECK(steps(message({blocked({blanks})}, {rewrite({id('d')}, Rewrite::kNone)})) ==
        "hint: on the branch you pushed to main: take it out of the file, then\n"
        "hint:     git commit --amend --no-edit --allow-empty -- \":/my files/it's.env\"\n" +
            kAgain);
}

TEST_CASE("deeper, and still there: a commit that git folds into the one that brought it") {
  Place first = file_place('b');
  first.in_tip = true;
  const std::string edit = "hint: on the branch you pushed to main: take it out of the file, then\n"
                           "hint:     git commit -m \"fixup! bbbbbbbbbbbb\" -- :/src/config.env\n"
                           "hint:     git -c sequence.editor=: rebase --interactive ";
  CHECK(steps(message({blocked({first})}, {rewrite({id('b'), id('c'), id('d')}, 3)})) ==
        edit + "--autosquash --autostash aaaaaaaaaaaa\n" + kAgain);
  SECTION("with merges on the way") {
    CHECK(steps(message({blocked({first})}, {rewrite({}, 0)})) ==
          edit + "--rebase-merges --autosquash --autostash \"bbbbbbbbbbbb~1\"\n" + kAgain);
  }
  SECTION("from the first commit of all") {
    Rewrite from_root = rewrite({id('b'), id('c'), id('d')}, 3);
    from_root.base = {};
    CHECK(steps(message({blocked({first})}, {from_root})) ==
          edit + "--autosquash --autostash --root\n" + kAgain);
  }
}

TEST_CASE("deeper, and the file was changed since: the commits become one") {
  Place carried = file_place('c');
  carried.origin = Origin::carried;
  carried.in_tip = true;
  CHECK(steps(message({blocked({file_place('b'), carried})},
                      {rewrite({id('b'), id('c'), id('d')}, 3)})) ==
        "hint: on the branch you pushed to main: take it out of the file, then\n"
        "hint:     git commit -m \"Take the secret out\" -- :/src/config.env\n"
        "hint: later commits change the same file; make one commit of all from\n"
        "hint: bbbbbbbbbbbb on, with its message:\n"
        "hint:     git -c \"sequence.editor=sed -i.bak -e 2,99999s/^p[a-z]*/fixup/\" rebase "
        "--interactive --autostash aaaaaaaaaaaa\n" +
            kAgain);
}

TEST_CASE("a file that is often untracked is not to be untracked only") {
  Place place = file_place('d', true);
  place.path = "web/.env";
  CHECK(
      steps(message({blocked({place})}, {rewrite({id('d')}, Rewrite::kNone)}))
          .starts_with("hint: on the branch you pushed to main: take it out of the file ('git rm\n"
                       "hint: --cached' does not), then\n"));
}

TEST_CASE("merges with changes of their own are not made anew by a rebase") {
  Rewrite merges;
  merges.tip = id('d');
  merges.own_merges = true;
  CHECK(message({blocked({file_place('b')})}, {merges}).find("filter-repo") != std::string::npos);
}

TEST_CASE("a later commit took it out: the commits up to that one become one") {
  const std::vector commits{id('b'), id('c'), id('d')};
  CHECK(steps(message({blocked({file_place('b')})}, {rewrite(commits, 2)})) ==
        "hint: on the branch you pushed to main: dddddddddddd takes it out again;\n"
        "hint: make one commit of the 3 from bbbbbbbbbbbb to that:\n"
        "hint:     git -c \"sequence.editor=sed -i.bak -e "
        "/ccccccc/,/ddddddd/s/^p[a-z]*/fixup/\" rebase --interactive --autostash aaaaaaaaaaaa\n" +
            kAgain);
  Rewrite nothing = rewrite(commits, 1);
  nothing.last_as_base = 1;
  CHECK(steps(message({blocked({file_place('b')})}, {nothing})) ==
        "hint: on the branch you pushed to main: two commits add up to nothing:\n"
        "hint: the secret comes and goes in them; leave them out:\n"
        "hint:     git -c \"sequence.editor=sed -i.bak -e /bbbbbbb/,/ccccccc/s/^p[a-z]*/drop/\" "
        "rebase --interactive --autostash aaaaaaaaaaaa\n" +
            kAgain);
}

TEST_CASE("in a deeper message: a reword, of a merge too") {
  Place text = file_place('b');
  text.kind = Place::Kind::commit;
  const std::string lead = "hint: on the branch you pushed to main: an editor opens with each\n"
                           "hint: message: take the secret out, and save:\n";
  CHECK(steps(message({blocked({text})}, {rewrite({id('b'), id('c'), id('d')}, 0)})) ==
        lead +
            "hint:     git -c \"sequence.editor=sed -i.bak -e /bbbbbbb/s/^p[a-z]*/reword/\" "
            "rebase --interactive --autostash aaaaaaaaaaaa\n" +
            kAgain);
  text.merge = true;
  CHECK(steps(message({blocked({text})}, {rewrite({}, 0)})) ==
        lead +
            "hint:     git -c \"sequence.editor=sed -i.bak -e /^m.*bbbbbbb/s/-C/-c/\" rebase "
            "--interactive --rebase-merges --autostash \"bbbbbbbbbbbb~1\"\n" +
            kAgain);
}

TEST_CASE("the author of all commits: each is made anew by a name without it") {
  std::vector<Place> places;
  for (const char commit : std::string("bcd")) {
    places.push_back(file_place(commit));
    places.back().kind = Place::Kind::commit;
    places.back().in_header = true;
  }
  CHECK(steps(message({blocked(places)}, {rewrite({id('b'), id('c'), id('d')}, 0)})) ==
        "hint: on the branch you pushed to main: set a name and an address\n"
        "hint: without the secret (git config user.name, user.email), then\n"
        "hint:     git rebase --autostash --exec "
        "\"git commit --amend --no-edit --allow-empty --reset-author\" aaaaaaaaaaaa\n" +
            kAgain);
}

TEST_CASE("a merge commit brought it, deeper: git filter-repo, beside the work tree") {
  Place merge = file_place('b');
  merge.merge = true;
  CHECK(steps(message({blocked({merge})}, {rewrite({}, 0)})) ==
        "hint: on the branch you pushed to main: in the top directory, write the\n"
        "hint: secrets into ../secrets.txt as they stand in the files, one a\n"
        "hint: line; then, with git filter-repo (a package of that name for apt,\n"
        "hint: dnf, brew and pip):\n"
        "hint:     git worktree add --detach ../without-secrets\n"
        "hint:     git -C ../without-secrets filter-repo --force --replace-text ../secrets.txt "
        "--replace-message ../secrets.txt --refs main \"^bbbbbbbbbbbb~1\" \"^111111111111\"\n"
        "hint:     git worktree remove --force ../without-secrets\n"
        "hint:     git read-tree -m -u dddddddddddd HEAD\n" +
            kAgain);
}

TEST_CASE("on two branches: each in turn; a tag on a commit that is gone is set anew") {
  Place other = file_place('c', true);
  other.ref = "refs/heads/other";
  Place tagged = file_place('d', true);
  tagged.refs = std::make_shared<const PlaceRefs>(
      PlaceRefs{{"refs/heads/main", "refs/tags/v1", "refs/tags/v2"}, true});
  Oid none;
  none.size = 20;
  Push push = push_to("refs/heads/main", id('1'), id('d'));
  push.updates.push_back({none, id('c'), "refs/heads/other"});
  push.updates.push_back({none, id('d'), "refs/tags/v1"});
  push.updates.push_back({none, id('e'), "refs/tags/v2"});
  Rewrite of_other = rewrite({id('c')}, Rewrite::kNone),
          of_tag = rewrite({id('d')}, Rewrite::kNone);
  of_other.tip = id('c');
  of_other.update = 1;
  of_tag.update = 2;
  Rewrite of_note = of_tag;
  of_note.update = 3;
  CHECK(steps(message({blocked({tagged, other})},
                      {rewrite({id('d')}, Rewrite::kNone), of_other, of_tag, of_note}, push)) ==
        "hint: on the branch you pushed to main:\n"
        "hint:     git switch main\n"
        "hint: take it out of the file, then\n"
        "hint:     git commit --amend --no-edit --allow-empty -- :/src/config.env\n"
        "hint: set the tag v1 to the new commit:\n"
        "hint:     git tag --force v1 HEAD\n"
        "hint: set the tag v2 to the new commit:\n"
        "hint:     git -c core.editor=: tag --annotate --force v2 HEAD\n"
        "hint: on the branch you pushed to other:\n"
        "hint:     git switch other\n"
        "hint: take it out of the file, then\n"
        "hint:     git commit --amend --no-edit --allow-empty -- :/src/config.env\n"
        "hint: then switch back to the branch where you were\n" +
            kAgain);
}

TEST_CASE("in a tag, in a note, in an object of a ref") {
  Place tag;
  tag.kind = Place::Kind::tag;
  tag.object = id('e');
  tag.ref = "refs/tags/v1";
  CHECK(steps(message({blocked({tag})})) ==
        "hint: an editor opens with the tag's message: take the secret out, save:\n"
        "hint:     git tag --annotate --force v1 \"v1^{}\"\n" +
            kAgain);

  Place note = file_place('b', true);
  note.ref = "refs/notes/commits";
  CHECK(steps(message({blocked({note})}, {}, push_to("refs/notes/commits", id('1'), id('b')))) ==
        "hint: the history of the notes keeps it; drop the notes of this push\n"
        "hint: (for two weeks 'git ls-tree -r bbbbbbbbbbbb' lists them):\n"
        "hint:     git update-ref refs/notes/commits 111111111111\n"
        "hint: then add those again that you need, without the secret\n" +
            kAgain);
  Oid none;
  none.size = 20;
  CHECK(steps(message({blocked({note})}, {}, push_to("refs/notes/commits", none, id('b')))) ==
        "hint: the history of the notes keeps it; drop the notes of this push\n"
        "hint: (for two weeks 'git ls-tree -r bbbbbbbbbbbb' lists them):\n"
        "hint:     git update-ref -d refs/notes/commits\n"
        "hint: then add those again that you need, without the secret\n" +
            kAgain);

  Place object;
  object.object = id('e');
  object.ref = "refs/tags/blob";
  CHECK(steps(message({blocked({object})})) ==
        "hint: the ref itself names what has the secret; drop it, and push\n"
        "hint: without it:\n"
        "hint:     git update-ref -d refs/tags/blob\n" +
            kAgain);
}

TEST_CASE("in a ref's name, in a push option, in an object that nothing reaches") {
  Place name;
  name.kind = Place::Kind::ref_name;
  name.ref = "refs/heads/sesame-window-open";
  const std::string text = message({blocked({name})});
  CHECK(text.find("    the name refs/heads/sesa********\n") != text.npos);
  CHECK(steps(text) == "hint: give the branch or tag a name without the secret, and push that\n"
                       "hint: push again, otherwise as you did\n");
  Place option;
  option.kind = Place::Kind::push_option;
  CHECK(steps(message({blocked({option})})) ==
        "hint: leave out the push option that holds the secret\n"
        "hint: push again, otherwise as you did\n");
  Place object;
  object.object = id('e');
  const std::string unreached = message({blocked({object})});
  CHECK(unreached.find("    object eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee, which no pushed ref\n"
                       "      reaches\n") != unreached.npos);
  CHECK(steps(unreached) ==
        "hint: no pushed ref reaches one of the objects: push from a fresh clone\n" + kAgain);
}

TEST_CASE("places that were there before need no step") {
  Place old = file_place('b');
  old.origin = Origin::preexisting;
  CHECK(steps(message({blocked({old, file_place('d', true)})},
                      {rewrite({id('d')}, Rewrite::kNone)})) ==
        "hint: on the branch you pushed to main: take it out of the file, then\n"
        "hint:     git commit --amend --no-edit --allow-empty -- :/src/config.env\n" +
            kAgain);
}

TEST_CASE("where all places were there before, the message says so") {
  Place old = file_place('b');
  old.origin = Origin::preexisting;
  CHECK(steps(message({blocked({old})})) ==
        "hint: it stood on this server before: take it out of the file in what\n"
        "hint: you push, or ask\n" +
            kAgain);
}

TEST_CASE("many secrets get a line each, by commit; over a hundred are counted") {
  std::vector<Judged> many;
  for (int i = 0; i < 120; ++i) {
    Place place = file_place(i < 60 ? 'c' : 'd', true);
    place.commit_order = i < 60 ? 0 : 1;
    place.line = static_cast<size_t>(i + 1);
    many.push_back(blocked({place}, "sesame-number-" + std::to_string(100 + i)));
  }
  const std::string text = message(std::move(many));
  CHECK(text.starts_with("error: push refused: it contains 120 secrets\n"
                         " commit cccccccccccccccccccccccccccccccccccccccc Add the deployment\n"
                         " by Ann Dev <ann@example.com>\n"
                         "    src/config.env:1:7 Open sesame sesa******** id 0123456789abcdef\n"
                         "    src/config.env:2:7 Open sesame sesa******** id 0123456789abcdef\n"));
  CHECK(text.find("    src/config.env:100:7 Open sesame sesa******** id 0123456789abcdef\n"
                  "  and 20 more places\n") != text.npos);
}

TEST_CASE("whatever comes with a push, the message stays small, narrow, plain and without it") {
  std::vector<Judged> many;
  for (int i = 0; i < 40; ++i) {
    const std::string secret = "sesame-number-" + std::to_string(100 + i);
    std::vector<Place> places(5, file_place(static_cast<char>('2' + i % 8)));
    for (Place& place : places) {
      place.path = std::string(3000, 'p') + secret + "\x1b[31m\r\n\xe2\x80\xae";
      place.author = secret + "\x07 <" + std::string(1000, 'a') + ">";
      place.subject = "\xff\xfe " + secret;
      place.ref = "refs/heads/" + secret + std::string(2000, 'r') + std::to_string(i);
    }
    many.push_back(blocked(std::move(places), secret));
  }
  const std::string text = message(std::move(many));
  CHECK(text.size() <= Text::kMostBytes);
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

TEST_CASE(
    "exceptions: by push option where the site grants them, else by asking; the site's words") {
  Config config;
  config.message.contact = "security@example.com";
  config.message.url = "https://wiki.example.com/secrets/{rule}";
  config.message.text = "The red phone is on the second floor.";
  const std::vector known{rewrite({id('d')}, Rewrite::kNone)};
  const std::string site = "hint: see https://wiki.example.com/secrets/sesame\n"
                           "hint: The red phone is on the second floor.\n";
  CHECK(message({blocked({file_place('d', true)})}, known, kPush, config)
            .ends_with("hint: not a secret? ask security@example.com for an exception\n" + site));
  CHECK(message({blocked({file_place('d', true)})}, known, kPush, config, true)
            .ends_with("hint: not a secret? add to the push, with a reason of 10 letters or more\n"
                       "hint: for security@example.com:\n"
                       "hint:     -o \"pushguard.allow=0123456789abcdef REASON\"\n" +
                       site));
}

}  // namespace pushguard
