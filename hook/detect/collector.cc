#include "detect/collector.h"

#include <algorithm>

#include <fmt/format.h>

#include "detect/environment_file.h"

namespace pushguard {

std::vector<Finding> findings_in(const std::vector<Match>& matches, const Oid& object,
                                 ObjectType type, std::string_view content) {
  std::vector<Finding> findings;
  size_t line = 1, line_start = 0, position = 0;
  for (const Match& match : matches) {
    for (; position < match.secret.begin; ++position) {
      if (content[position] != '\n') continue;
      ++line;
      line_start = position + 1;
    }
    const bool lines = type != ObjectType::tree;
    findings.push_back({match.rule, match.confidence, match.note,
                        Secret(content.substr(match.secret.begin, match.secret.size())), object,
                        type, lines ? line : 0, lines ? match.secret.begin - line_start + 1 : 0,
                        match.example});
  }
  return findings;
}

void Collector::object(const Object& object) {
  counts_.bytes += object.content.size();
  switch (object.type) {
    case ObjectType::commit:
      ++counts_.commits;
      commits_.insert(object.id);
      break;
    case ObjectType::tree:
      ++counts_.trees;
      add_environment_files(object.content, object.fresh, object.id.size, environment_files_);
      break;
    case ObjectType::blob: ++counts_.blobs; break;
    default: ++counts_.tags;
  }
  const auto matches = scanner_.scan(object.content, object.fresh);
  if (matches.empty()) return;
  if (findings_.size() + matches.size() > kMostFindings) {
    if (!overflowed_) {
      unscanned({object.id, object.type, object.content.size(), Why::too_many_findings,
                 fmt::format("only the first {} findings are kept", findings_.size())});
    }
    overflowed_ = true;
    return;
  }
  std::ranges::move(findings_in(matches, object.id, object.type, object.content),
                    std::back_inserter(findings_));
}

}  // namespace pushguard
