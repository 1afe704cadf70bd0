// SPDX-License-Identifier: Apache-2.0
#include "support/small_push.h"

#include "detect/collector.h"
#include "history/attribution.h"
#include "objects/quarantine.h"
#include "rules/built_in.h"

namespace pushguard::test {
namespace {

constexpr const char* kRule = R"(provider = "Tests"
[[rule]]
id = "sesame"
description = "open sesame"
regex = '''\bsesame-[a-z]{4,20}\b'''
keywords = ["sesame-"]
confidence = "likely"
privilege = "write"
lifetime = "long-lived"
rotate = "the cave"
examples = ['sesame-{lower:6}']
negatives = ['sesame-{lower:2}', 'sesam']
)";

}  // namespace

SmallPush::SmallPush(const std::string& format) {
  std::filesystem::create_directories(scratch_.path() / "server");
  run("init -q -b main --object-format=" + format + " .");
  write("README", "a repository for tests\n");
  commit("Start");
  write_file(scratch_.path() / "rule.toml", kRule);
  const std::filesystem::path files[] = {scratch_.path() / "rule.toml"};
  rules_ = std::make_unique<SiteRules>(files, std::span<const OwnPrefixes>(), built_in_rules());
}

std::string SmallPush::secret(const std::string& word) {
  return "sesame"
         "-" +
         word;
}

void SmallPush::begin() {
  // The clone uses the server's objects and stores only new ones itself.
  git(scratch_.path(), "clone -q --shared server work");
  begun_ = true;
}

void SmallPush::write(const std::string& path, std::string_view content) {
  write_file(here() / path, content);
}

std::string SmallPush::run(const std::string& arguments, const std::string& input) {
  return git(here(), arguments, input);
}

Oid SmallPush::commit(const std::string& message) {
  run("add -A");
  run("commit -q --allow-empty --cleanup=verbatim -F -", message);
  return id("HEAD");
}

Oid SmallPush::id(const std::string& name) {
  const std::string hex = run("rev-parse '" + name + "'");
  return *Oid::from_hex(std::string_view(hex).substr(0, hex.find('\n')));
}

void SmallPush::push(const std::string& ref, const std::string& name) {
  const Oid to = id(name);
  const std::string old =
      git(scratch_.path() / "server", "for-each-ref --format='%(objectname)' '" + ref + "'");
  Oid from;
  from.size = to.size;
  if (!old.empty()) from = *Oid::from_hex(std::string_view(old).substr(0, old.find('\n')));
  push_.updates.push_back({from, to, ref});
}

SmallPush::Answer SmallPush::attribute(const Limits& limits, bool skips_by_contents) {
  Scanner scanner({&rules_->set()}, built_in_templates(), 1767225600);
  Collector seen(scanner, built_in_file_names(), Limits());
  Quarantine(new_objects(), push_.hash_size()).visit({}, seen);
  const auto git_dir = scratch_.path() / "server/.git";
  const auto pushed =
      open_object_store({new_objects(), server_objects()}, push_.hash_size(), git_dir);
  const auto stored = open_object_store({server_objects()}, push_.hash_size(), git_dir);
  OidSet held;
  for (const Finding& finding : seen.collected().findings) held.insert(finding.object);
  PushGraph graph(std::move(held), push_.hash_size());
  ObjectVisitor* const visitors[] = {&graph};
  Quarantine(new_objects(), push_.hash_size()).visit({}, visitors, PushGraph::kTypes);
  if (skips_by_contents) graph.resolve({});
  Attribution placed = pushguard::attribute(std::move(seen.collected().findings), push_,
                                            {*pushed, *stored, graph, {}}, scanner, limits);
  return {make_exposures(std::move(placed.placed)), placed.already_stored,
          std::move(placed.unscanned)};
}

}  // namespace pushguard::test
