#include "detect/collector.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace pushguard {

std::vector<Finding> findings_in(const std::vector<Match>& matches, const Object& object) {
  std::vector<Finding> findings;
  const std::string_view content = object.content;
  Object::Part start;
  if (object.part) start = *object.part;
  // A column counts from where the line starts, which may be before a part.
  size_t line = start.line, position = 0;
  size_t line_start = 1 - start.column;  // may wrap around; columns do not
  for (const Match& match : matches) {
    for (; position < match.secret.begin; ++position) {
      if (content[position] != '\n') continue;
      ++line;
      line_start = position + 1;
    }
    const bool lines = object.type != ObjectType::tree;
    findings.push_back({match.rule, match.confidence, match.note,
                        Secret(content.substr(match.secret.begin, match.secret.size())), {}, {}, object.id,
                        object.type, lines ? line : 0,
                        lines ? match.secret.begin - line_start + 1 : 0, object.order});
    findings.back().may_excuse = match.may_excuse;
    findings.back().example = match.example;
  }
  return findings;
}

namespace {

// Columns of UTF-16 are told in its code units, as an editor has them.
void count_characters(Finding& finding, const Object& object) {
  finding.column = (finding.column - 1) / 2 + 1;
  const bool has_mark = object.content.starts_with("\xff\xfe") || object.content.starts_with("\xfe\xff");
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
    if (findings[i].encoding.ends_with(to_string(Encoding::utf16))) count_characters(findings[i], object);
  }
  return findings;
}

std::vector<Finding> all_findings_in(const Object& object, Scanner& scanner,
                                     EncodedScanner& encoded) {
  std::vector<Match> matches = scanner.scan(object);
  const std::vector<EncodedMatch> hidden = encoded.scan(object, matches);
  if (hidden.empty()) return matches.empty() ? std::vector<Finding>() : findings_in(matches, object);
  leave_to_encoded(matches, hidden);
  std::vector<Finding> findings = findings_in(matches, object);
  std::ranges::move(findings_in(hidden, object), std::back_inserter(findings));
  return findings;
}

void Collector::object(const Object& object) {
  counts_.bytes += object.part ? object.part->own.size() : object.content.size();
  if (!object.part || object.part->offset == 0) {
    switch (object.type) {
      case ObjectType::commit:
        ++counts_.commits;
        commits_.insert(object.id);
        break;
      case ObjectType::tree:
        ++counts_.trees;
        add_named_files(object, names_, named_files_);
        break;
      case ObjectType::blob: ++counts_.blobs; break;
      default: ++counts_.tags;
    }
  }
  std::vector<Finding> findings = all_findings_in(object, scanner_, encoded_);
  counts_.failed_checks = scanner_.failed_checks();
  for (const Unscanned& gap : encoded_.unscanned()) unscanned(gap);
  if (findings.empty()) return;
  for (Finding& finding : findings) {
    // Parts overlap: what stands between two keywords may be found from both.
    const bool again = object.part && !findings_.empty() && findings_.back().object == finding.object &&
                       std::ranges::any_of(findings_, [&](const Finding& known) {
                         return known.object == finding.object && known.line == finding.line &&
                                known.column == finding.column && known.rule == finding.rule &&
                                known.secret == finding.secret;
                       });
    if (!again) findings_.push_back(std::move(finding));
  }
  drop_overflow();
}

void Collector::merge(Collector& other) {
  std::ranges::move(other.findings_, std::back_inserter(findings_));
  std::ranges::stable_sort(findings_, {}, &Finding::order);
  std::ranges::move(other.unscanned_, std::back_inserter(unscanned_));
  commits_.merge(other.commits_);
  named_files_.merge(other.named_files_);
  counts_.commits += other.counts_.commits;
  counts_.trees += other.counts_.trees;
  counts_.blobs += other.counts_.blobs;
  counts_.tags += other.counts_.tags;
  counts_.bytes += other.counts_.bytes;
  counts_.failed_checks += other.counts_.failed_checks;
  drop_overflow();
}

void Collector::drop_overflow() {
  if (findings_.size() <= kMostFindings) return;
  const Finding& first = findings_[kMostFindings];
  if (!overflowed_) {
    unscanned({first.object, first.type, 0, Why::too_many_findings,
               fmt::format("only the first {} findings are kept", kMostFindings)});
  }
  overflowed_ = true;
  findings_.resize(kMostFindings);
}

}  // namespace pushguard
