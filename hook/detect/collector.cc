#include "detect/collector.h"

#include <algorithm>

#include <fmt/format.h>

namespace pushguard {

void Collector::object(const Object& object) {
  counts_.bytes += object.part ? object.part->own.size() : object.content.size();
  if (!object.part || object.part->offset == 0) {
    switch (object.type) {
      case ObjectType::commit: ++counts_.commits; break;
      case ObjectType::tree:
        ++counts_.trees;
        add_named_files(object, names_, named_files_);
        break;
      case ObjectType::blob: ++counts_.blobs; break;
      default: ++counts_.tags;
    }
  }
  std::vector<Finding> findings = contents_.scan(object);
  counts_.failed_checks = scanner_.failed_checks();
  if (object.part) tell_cut_short(object);
  for (const Unscanned& gap : contents_.unscanned()) unscanned(gap);
  if (findings.empty()) return;
  for (Finding& finding : findings) {
    // Parts overlap: what stands between two keywords may be found from both.
    const bool again = object.part && !findings_.empty() && findings_.back().object == finding.object &&
                       std::ranges::any_of(findings_, [&](const Finding& known) {
                         return known.object == finding.object && known.line == finding.line &&
                                known.column == finding.column && known.rule == finding.rule &&
                                known.secret == finding.secret && known.entry == finding.entry;
                       });
    if (!again) findings_.push_back(std::move(finding));
  }
  drop_overflow();
}

// One Unscanned a blob, that names every rule.
void Collector::tell_cut_short(const Object& part) {
  constexpr size_t kMostNames = 5;
  if (part.part->offset == 0) cut_short_.clear();
  const size_t known = cut_short_.size();
  for (const Rule* rule : scanner_.cut_short()) {
    if (std::ranges::find(cut_short_, rule) == cut_short_.end()) cut_short_.push_back(rule);
  }
  if (cut_short_.size() == known) return;
  if (known == 0) {
    cut_short_gap_ = unscanned_.size();
    unscanned({part.id, part.type, part.part->size, Why::too_large, {}});
  }
  std::vector<std::string> names;
  for (const Rule* rule : cut_short_) {
    if (names.size() == kMostNames) break;
    names.push_back(fmt::format("'{}'", rule->id));
  }
  std::string& detail = unscanned_[cut_short_gap_].detail;
  detail = fmt::format("looked at in parts, while more than a part may be needed for rule {}",
                       fmt::join(names, ", "));
  if (cut_short_.size() > kMostNames) {
    detail += fmt::format(" and {} more", cut_short_.size() - kMostNames);
  }
}

void Collector::merge(Collector& other) {
  std::ranges::move(other.findings_, std::back_inserter(findings_));
  std::ranges::stable_sort(findings_, {}, &Finding::order);
  std::ranges::move(other.unscanned_, std::back_inserter(unscanned_));
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
