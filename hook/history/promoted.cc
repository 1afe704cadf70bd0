#include "history/promoted.h"

#include <algorithm>

#include <fmt/format.h>

namespace pushguard {
namespace {

// In order, each place once, by the rule that came first.
std::vector<Match> apart(std::vector<Match> matches) {
  std::ranges::stable_sort(matches, {}, [](const Match& match) { return match.secret.begin; });
  std::vector<Match> kept;
  for (Match& match : matches) {
    if (kept.empty() || !kept.back().secret.overlaps(match.secret)) {
      kept.push_back(std::move(match));
    }
  }
  return kept;
}

}  // namespace

Promoted find_promoted(const std::unordered_set<Oid, OidHash>& environment_files,
                       ObjectStore& pushed, Scanner& scanner, const Limits& limits) {
  Promoted promoted;
  std::vector<Oid> files(environment_files.begin(), environment_files.end());
  std::ranges::sort(files);  // the same order on every machine
  for (const Oid& id : files) {
    if (limits.out_of_time()) {
      promoted.unscanned.push_back({id, ObjectType::blob, 0, Why::out_of_time,
                                    "environment files were not looked through for examples"});
      break;
    }
    const auto object = pushed.read(id);
    if (!object || object->type != ObjectType::blob) continue;
    scanner.scan(std::string_view(object->content));
    if (promoted.findings.size() + scanner.examples().size() >= Scanner::kMostExamples) {
      promoted.unscanned.push_back({id, ObjectType::blob, object->content.size(),
                                    Why::too_many_findings,
                                    fmt::format("only the first {} examples are kept",
                                                promoted.findings.size())});
      break;
    }
    std::ranges::move(findings_in(apart(scanner.examples()), Object{id, object->type, object->content}),
                      std::back_inserter(promoted.findings));
  }
  return promoted;
}

}  // namespace pushguard
