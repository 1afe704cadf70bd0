// SPDX-License-Identifier: Apache-2.0
#include "detect/finding.h"

#include <utility>

#include "decode/encoded_range.h"
#include "templates/environment_file.h"

namespace pushguard {

bool counts_in_file(const Finding& finding, std::string_view path) {
  if (!counts_in_file(*finding.rule, finding.yields_to, path)) return false;
  switch (finding.kind) {
    case FindingKind::anywhere:
    case FindingKind::named_file: return true;
    case FindingKind::promoted_example: return is_environment_file(path);
  }
  return true;
}

std::vector<Finding> findings_in(const std::vector<Match>& matches, const Object& object) {
  constexpr size_t kFirst = 8000;
  std::vector<Finding> findings;
  if (matches.empty()) return findings;
  const std::string_view content = object.content;
  Object::Part start;
  if (object.part) start = *object.part;
  // A column counts from where the line starts, which may be before a part.
  size_t line = start.line, position = 0;
  size_t line_start = 1 - start.column;  // may wrap around; columns do not
  const bool is_binary =
      object.type != ObjectType::tree && content.substr(0, kFirst).find('\0') != content.npos;
  for (const Match& match : matches) {
    for (; position < match.secret.begin; ++position) {
      if (content[position] != '\n') continue;
      ++line;
      line_start = position + 1;
    }
    const bool lines = object.type != ObjectType::tree;
    findings.push_back({match.rule,
                        match.confidence,
                        match.note,
                        Secret(content.substr(match.secret.begin, match.secret.size())),
                        {},
                        {},
                        object.id,
                        object.type,
                        {},
                        lines ? line : 0,
                        lines ? match.secret.begin - line_start + 1 : 0,
                        object.order});
    if (is_binary) findings.back().offset = start.offset + match.secret.begin;
    findings.back().allowlists_by_place = match.allowlists_by_place;
    findings.back().example = match.example;
    findings.back().is_strong = match.is_strong;
    findings.back().is_spent = match.is_spent;
    findings.back().since = match.since;
    findings.back().yields_to = match.yields_to;
  }
  return findings;
}

namespace {

// Columns in UTF-16 are counted in code units, as editors count them; it is text, with NULs.
void count_characters(Finding& finding, const Object& object) {
  finding.offset.reset();
  finding.column = (finding.column - 1) / 2 + 1;
  const bool has_mark =
      object.content.starts_with("\xff\xfe") || object.content.starts_with("\xfe\xff");
  const bool starts = !object.part || object.part->offset == 0;
  if (finding.line == 1 && has_mark && starts) --finding.column;
}

}  // namespace

std::vector<Finding> findings_in(const std::vector<EncodedMatch>& matches, const Object& object) {
  std::vector<Match> places;
  for (const EncodedMatch& match : matches) places.push_back(match.match);
  std::vector<Finding> findings = findings_in(places, object);
  for (size_t i = 0; i < findings.size(); ++i) {
    findings[i].written = std::exchange(findings[i].secret, matches[i].secret);
    findings[i].encoding = matches[i].encoding;
    if (findings[i].encoding.ends_with(to_string(Encoding::utf16))) {
      count_characters(findings[i], object);
    }
  }
  return findings;
}

}  // namespace pushguard
