// SPDX-License-Identifier: Apache-2.0
#include "detect/collector.h"

#include <algorithm>

#include <fmt/format.h>

namespace pushguard {

void Collector::object(const Object& object) {
  collected_.counts.bytes += object.part ? object.part->own.size() : object.content.size();
  if (!object.part || object.part->offset == 0) {
    switch (object.type) {
      case ObjectType::commit:
        ++collected_.counts.commits;
        if (collected_.commits.size() <= Collected::kMostCommits) {
          collected_.commits.push_back(object.id);
        }
        break;
      case ObjectType::tree: ++collected_.counts.trees; break;
      case ObjectType::blob: ++collected_.counts.blobs; break;
      default: ++collected_.counts.tags;
    }
  }
  // One that was scanned has what its deltas inherit.
  const bool is_settled = object.type == ObjectType::tree &&
                          !names_.look_at(object, collected_.named_files) && !object.base;
  std::vector<Finding> findings;
  if (!is_settled) findings = contents_.scan(object);
  collected_.counts.failed_checks = scanner_.failed_checks();
  if (is_settled) return;
  if (object.part) note_rules_unscanned(object);
  for (const Unscanned& what : contents_.unscanned()) unscanned(what);
  if (findings.empty()) return;
  for (Finding& finding : findings) {
    // Parts overlap: a secret between two keywords may be found from both.
    const std::vector<Finding>& all = collected_.findings;
    const bool again = object.part && !all.empty() && all.back().object == finding.object &&
                       std::ranges::any_of(all, [&](const Finding& known) {
                         return known.object == finding.object && known.line == finding.line &&
                                known.column == finding.column && known.rule == finding.rule &&
                                known.secret == finding.secret && known.entry == finding.entry;
                       });
    if (!again) collected_.findings.push_back(std::move(finding));
  }
  collected_.drop_overflow();
}

void Collector::note_rules_unscanned(const Object& part) {
  if (part.part->offset == 0) tell_rules_unscanned();
  of_rules_ = {part.id, part.type, part.part->size, Why::too_large, {}};
  for (const Rule* rule : scanner_.unscanned_rules()) {
    if (std::ranges::find(unscanned_rules_, rule) == unscanned_rules_.end())
      unscanned_rules_.push_back(rule);
  }
}

// One Unscanned a blob, that names every rule.
void Collector::tell_rules_unscanned() {
  constexpr size_t kMostNames = 5;
  if (unscanned_rules_.empty()) return;
  std::vector<std::string> names;
  for (const Rule* rule : unscanned_rules_) {
    if (names.size() == kMostNames) break;
    names.push_back(fmt::format("'{}'", rule->id));
  }
  std::string& detail = of_rules_.detail;
  detail = fmt::format("looked at in parts, while more than a part may be needed for rule {}",
                       fmt::join(names, ", "));
  if (unscanned_rules_.size() > kMostNames) {
    detail += fmt::format(" and {} more", unscanned_rules_.size() - kMostNames);
  }
  unscanned_rules_.clear();
  unscanned(std::move(of_rules_));
}

void Collected::merge(Collected& other) {
  std::ranges::move(other.findings, std::back_inserter(findings));
  std::ranges::stable_sort(findings, {}, &Finding::order);
  unscanned.merge(std::move(other.unscanned));
  named_files.merge(other.named_files);
  commits.insert(commits.end(), other.commits.begin(), other.commits.end());
  for (const Secret& secret : other.dropped.secrets) dropped.add(secret);
  dropped.all = dropped.all && other.dropped.all;
  counts.commits += other.counts.commits;
  counts.trees += other.counts.trees;
  counts.blobs += other.counts.blobs;
  counts.tags += other.counts.tags;
  counts.bytes += other.counts.bytes;
  counts.failed_checks += other.counts.failed_checks;
  drop_overflow();
}

void DroppedSecrets::add(const Secret& secret) {
  if (secret.size() == 0) return;
  all = all && bytes + secret.size() <= kMostBytes;
  if (!all) return;
  bytes += secret.size();
  secrets.push_back(secret);
}

void Collected::drop_overflow() {
  if (findings.size() <= kMostFindings) return;
  const Finding& first = findings[kMostFindings];
  if (!overflowed_) {
    unscanned.add({first.object, first.type, 0, Why::too_many_findings,
                   fmt::format("only the first {} findings are kept", kMostFindings)});
  }
  overflowed_ = true;
  for (size_t i = kMostFindings; i < findings.size(); ++i) {
    dropped.add(findings[i].secret);
    dropped.add(findings[i].written);
  }
  findings.resize(kMostFindings);
}

}  // namespace pushguard
