// SPDX-License-Identifier: Apache-2.0
// Whole records: what an auditor reads, and what a record never contains.
#include "audit/record.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "audit/leaf.h"
#include "support/redaction_of.h"
#include "vocabulary/digest.h"
#include "vocabulary/version.h"

namespace pushguard {
namespace {

using Json = nlohmann::json;

const Rule kRule{.id = "sesame",
                 .provider = "Tests",
                 .description = "Open sesame",
                 .privilege = Privilege::write,
                 .lifetime = Lifetime::long_lived,
                 .rotate = "the cave",
                 .weaknesses = "CWE-798"};
constexpr auto kTime =
    std::chrono::system_clock::time_point(std::chrono::milliseconds(1760000000123));

Oid id(char digit) { return *Oid::from_hex(std::string(40, digit)); }

Push push_of_one_ref() {
  Push push;
  push.updates.push_back({id('1'), id('2'), "refs/heads/main"});
  push.git_dir = "/srv/git/a.git";
  push.quarantine = "/srv/git/a.git/objects/tmp_objdir-incoming";
  push.repository = "group/a";
  push.pusher = {"alice", "GL_USERNAME", "10.0.0.9"};
  return push;
}

std::string render(const Push& push, const Decision& decision,
                   const std::vector<std::string_view>& secrets = {}, const LogState& log = {}) {
  Config config;
  config.source = "/etc/pushguard/config.toml";
  config.text = "x";
  Coverage coverage;
  coverage.of(ObjectType::commit).add({1, 200}, std::nullopt);
  coverage.of(ObjectType::blob).add({2, 30}, std::nullopt);
  coverage.of(ObjectType::blob).add({2, 700, 1}, Cause::too_large);
  coverage.contents.containers["zip"].add({1, 20}, Cause::encrypted);
  coverage.contents.containers["zip"].decoded.add({3, 90});
  const Redaction redaction = test::redaction_of(secrets);
  const Redacted<Push> shown = redaction.apply(push);
  const Redacted<Decision> told = redaction.apply(decision);
  return render_record(
      {shown, told, config, coverage, 9, 6, "rules", "", kTime, std::chrono::microseconds(789)},
      log);
}

Judged ruled_once() {
  Place place;
  place.kind = Place::Kind::file;
  place.object = id('e');
  place.commit = id('2');
  place.path = "a.txt";
  place.line = 3;
  place.column = 7;
  place.author = "Ann <ann@example.com>";
  place.ref = "refs/heads/main";
  Exposure exposure{&kRule,
                    Confidence::confirmed,
                    "checksum is valid",
                    Secret("sesame-window-open"),
                    Origin::introduced,
                    {place}};
  exposure.fingerprint = "0123456789abcdef";
  return {std::move(exposure), Outcome::blocked, "policy: introduced, confirmed"};
}

}  // namespace

TEST_CASE("the day on which a new rule begins to block is on record") {
  Decision decision;
  decision.judged.push_back(ruled_once());
  CHECK(render(push_of_one_ref(), decision).find("warns_until") == std::string::npos);
  decision.judged[0].warns_until = std::chrono::sys_days(std::chrono::year(2026) / 12 / 13);
  CHECK(render(push_of_one_ref(), decision)
            .find("\"why\":\"policy: introduced, confirmed\",\"warns_until\":\"2026-12-13\",") !=
        std::string::npos);
}

TEST_CASE("an accepted push: the whole line") {
  Decision decision;
  decision.verdict = Verdict::accepted;
  const std::string line = render(push_of_one_ref(), decision);
  CHECK(line ==
        "{\"format\":\"pushguard-audit/"
        "2\",\"seq\":0,\"prev\":\"\",\"time\":\"2025-10-09T08:53:20.123Z\","
        "\"verdict\":\"accepted\",\"version\":\"" +
            std::string(version()) + "\",\"pid\":" + std::to_string(getpid()) +
            ",\"uid\":" + std::to_string(geteuid()) +
            ",\"repository\":\"group/a\",\"git_dir\":\"/srv/git/a.git\","
            "\"pusher\":{\"name\":\"alice\",\"source\":\"GL_USERNAME\",\"address\":\"10.0.0.9\","
            "\"via\":\"\"},\"public\":false,"
            "\"refs\":[{\"ref\":\"refs/heads/main\",\"old\":\"" +
            std::string(40, '1') + "\",\"new\":\"" + std::string(40, '2') +
            "\"}],\"duration_us\":789,"
            "\"objects\":{\"commits\":1,\"trees\":0,\"blobs\":4,\"tags\":0,\"bytes\":930,"
            "\"new_by\":\"quarantine\"},"
            "\"coverage\":{\"objects\":["
            "{\"kind\":\"commit\",\"seen\":{\"count\":1,\"bytes\":200},"
            "\"scanned\":{\"count\":1,\"bytes\":200},\"let_go\":[]},"
            "{\"kind\":\"blob\",\"seen\":{\"count\":4,\"bytes\":730,\"of_unknown_size\":1},"
            "\"scanned\":{\"count\":2,\"bytes\":30},\"let_go\":["
            "{\"cause\":\"too-large\",\"count\":2,\"bytes\":700,\"of_unknown_size\":1}]}],"
            "\"containers\":[{\"kind\":\"zip\",\"seen\":{\"count\":1,\"bytes\":20},"
            "\"scanned\":{\"count\":0,\"bytes\":0},\"decoded\":{\"count\":3,\"bytes\":90},"
            "\"let_go\":[{\"cause\":\"encrypted\",\"count\":1,\"bytes\":20}]}],"
            "\"encodings\":[],\"named_files\":[]},"
            "\"findings\":[],\"findings_already_stored\":6,\"failed_checks\":9,\"unscanned\":[],"
            "\"bypass\":{\"granted_here\":false,\"refused_request\":false},"
            "\"rules\":\"rules\",\"site_rules\":\"\","
            "\"config\":{\"source\":\"/etc/pushguard/config.toml\",\"digest\":\"" +
            sha256_hex("x") + "\"},\"salt\":\"\"}");
}

TEST_CASE("a finding has its rule, its ruling and its places, and the secret's id alone") {
  Decision decision;
  decision.verdict = Verdict::refused;
  decision.judged.push_back(ruled_once());
  const std::string line = render(push_of_one_ref(), decision);
  CHECK(line.find("window") == line.npos);
  const Json record = Json::parse(line);
  CHECK(record.at("verdict") == "refused");
  CHECK(record.at("findings") ==
        Json::parse(R"([{"rule":"sesame","description":"Open sesame","provider":"Tests",
          "fingerprint":"0123456789abcdef","value":"sesa********","characters":18,
          "priority":"high","priority_why":")"
                    "a secret that its own check confirms; whoever holds it can read and change "
                    "what it opens, until somebody revokes it"
                    R"(","confidence":"confirmed",
          "validation":"checksum is valid","privilege":"write","lifetime":"long-lived",
          "weaknesses":"CWE-798","rotate":"the cave","affects":"",
          "origin":"introduced","ruling":"blocked",
          "why":"policy: introduced, confirmed","places_total":1,
          "places":[{"kind":"file","origin":"introduced",
            "object":"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
            "commit":"2222222222222222222222222222222222222222",
            "author":"Ann <ann@example.com>","authored":"","committer":"","committed":"",
            "path":"a.txt","line":3,"column":7,
            "ref":"refs/heads/main"}]}])"));
}

TEST_CASE("of very many places those that fit are listed, and all are counted") {
  Decision decision;
  Judged ruled = ruled_once();
  ruled.exposure.places.resize(5000, ruled.exposure.places[0]);
  decision.judged.push_back(std::move(ruled));
  const Json record = Json::parse(render(push_of_one_ref(), decision));
  const Json& places = record.at("findings")[0]["places"];
  CHECK(places.size() > 1000);
  CHECK(places.dump().size() < 510'000);
  CHECK(record.at("findings")[0]["places_total"] == 5000);
}

TEST_CASE("what was not scanned is on record, whether the push was refused or not") {
  Decision decision;
  decision.unscanned.push_back(
      {{id('e'), ObjectType::blob, 700, Why::too_large, "too many bytes"}, true});
  decision.unscanned.push_back({{{}, ObjectType::unknown, 0, Why::damaged, "not a pack"}, false});
  CHECK(Json::parse(render(push_of_one_ref(), decision))["unscanned"] ==
        Json::parse(R"([{"object":"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee","type":"blob",
          "bytes":700,"why":"too-large","cause":"too-large","detail":"too many bytes",
          "refused":true},
         {"object":"","type":"object","bytes":0,"why":"damaged","cause":"damaged",
          "detail":"not a pack","refused":false}])"));
}

TEST_CASE("what was not scanned has its place, and a path no secret") {
  Decision decision;
  Unscanned what{id('e'), ObjectType::blob, 700, Why::archive, "it is", 1, Cause::encrypted};
  what.commit = id('2');
  what.path = "dir/sesame-window-open.zip";
  decision.unscanned.push_back({what, false});
  const Json record =
      Json::parse(render(push_of_one_ref(), decision, {"sesame-window-open"}))["unscanned"][0];
  CHECK(record["cause"] == "encrypted");
  CHECK(record["commit"] == std::string(40, '2'));
  CHECK(record["path"] == "dir/sesa********.zip");
}

TEST_CASE("a finding that an entry lets in has its table and its line") {
  Decision decision;
  Judged ruled = ruled_once();
  ruled.outcome = Outcome::allowed;
  ruled.entry = "allow";
  ruled.entry_line = 12;
  decision.judged.push_back(std::move(ruled));
  CHECK(Json::parse(render(push_of_one_ref(), decision))["findings"][0]["entry"] ==
        Json::parse(R"({"table":"allow","line":12})"));
}

TEST_CASE("what comes with a push stays on one line, valid and without its secrets") {
  Push push = push_of_one_ref();
  push.updates[0].ref = "refs/heads/sesame-window-open";
  push.pusher.name = "sesame-window-open\n\"}";
  push.repository = "\xff\xfe/sesame-window-open";
  Decision decision;
  Judged ruled = ruled_once();
  Place& place = ruled.exposure.places[0];
  place.path = "dir/sesame-window-open\n\x1b\xc3";
  place.author = "sesame-window-open";
  ruled.why = "because of sesame-window-open";
  decision.judged.push_back(std::move(ruled));
  decision.unscanned.push_back(
      {{{}, ObjectType::blob, 0, Why::damaged, "sesame-window-open"}, true});
  const std::string line = render(push, decision, {"sesame-window-open"});
  CHECK(line.find("window") == line.npos);
  for (const char c : line) CHECK((c >= ' ' && c <= '~'));
  const Json record = Json::parse(line);
  CHECK(record.at("refs")[0]["ref"] == "refs/heads/sesa********");
  CHECK(record.at("pusher")["name"] == "sesa********\n\"}");
}

TEST_CASE("a request that was refused is on record") {
  Decision decision;
  decision.bypass_refused = true;
  decision.bypass_mistakes = {"the only push option is 'pushguard.allow'"};
  const Json record = Json::parse(render(push_of_one_ref(), decision));
  CHECK(record.at("bypass")["refused_request"] == true);
  CHECK(record.at("bypass")["mistakes"] == Json{"the only push option is 'pushguard.allow'"});
}

TEST_CASE("a record says where it stands in the tree, and what its writer met") {
  LogState log{.seq = 6,
               .prev = "0a",
               .edge = {"0b", "0c"},
               .salt = "00112233445566778899aabbccddeeff",
               .waited = std::chrono::milliseconds(250)};
  log.mended.rebuilt = "damaged";
  log.mended.caught_up = 1;
  log.mended.untracked = 2;
  log.mended.torn_bytes = 17;
  log.mended.emptied = LogChange{3, 400, 0};
  log.mended.altered = LogChange{5, 600, 599};
  const std::string line = render(push_of_one_ref(), {}, {}, log);
  CHECK(line.starts_with("{\"format\":\"pushguard-audit/2\",\"seq\":6,\"prev\":\"0a\","
                         "\"edge\":[\"0b\",\"0c\"],\"time\":"));
  CHECK(line.ends_with("\"torn_bytes_before\":17,\"caught_up_before\":1,\"untracked_before\":2,"
                       "\"tree_rebuilt\":\"damaged\","
                       "\"emptied_before\":{\"records\":3,\"bytes\":400,\"bytes_now\":0},"
                       "\"altered_before\":{\"records\":5,\"bytes\":600,\"bytes_now\":599},"
                       "\"waited_for_log_ms\":250,\"salt\":\"00112233445566778899aabbccddeeff\"}"));
}

TEST_CASE("a record's leaf has no name and no address in clear") {
  Decision decision;
  decision.judged.push_back(ruled_once());
  const std::string line =
      render(push_of_one_ref(), decision, {}, {.salt = "00112233445566778899aabbccddeeff"});
  const std::string leaf = leaf_text(line);
  for (const char* const personal : {"alice", "10.0.0.9", "ann@example.com"}) {
    CHECK(line.find(personal) != line.npos);
    CHECK(leaf.find(personal) == leaf.npos);
  }
  CHECK(Json::parse(leaf).at("pusher").at("source") == "GL_USERNAME");
}

TEST_CASE("a push that could not be judged is on record with what went wrong") {
  const Redaction redaction = test::redaction_of({"sesame-window-open"});
  const Redacted<Push> push = redaction.apply(push_of_one_ref());
  const Json record = Json::parse(
      render_failure_record(&push, redaction.apply("cannot read 'sesame-window-open'"), kTime, {}));
  CHECK(record.at("verdict") == "undecided");
  CHECK(record.at("error") == "cannot read 'sesa********'");
  CHECK(record.at("refs").size() == 1);
  const Json bare =
      Json::parse(render_failure_record(nullptr, redaction.apply("no push"), kTime, {}));
  CHECK(bare["error"] == "no push");
  CHECK_FALSE(bare.contains("refs"));
}

}  // namespace pushguard
