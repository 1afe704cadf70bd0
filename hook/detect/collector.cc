// SPDX-License-Identifier: Apache-2.0
#include "detect/collector.h"

#include <algorithm>

#include <fmt/format.h>

namespace pushguard {

void Collector::keep_as(const Collected& other) {
  collected_.most_findings = other.most_findings;
  collected_.notes_unclean = other.notes_unclean;
}

void Collector::note_unclean(const Oid& id) {
  if (collected_.notes_unclean && id.size != 0) collected_.unclean.insert(id);
}

void Collector::object(const Object& object) {
  if (object.type == ObjectType::commit && collected_.commits.size() <= Collected::kMostCommits) {
    collected_.commits.push_back(object.id);
  }
  const uint64_t named_before = collected_.named_files.added;
  // One that was scanned has what its deltas inherit.
  const bool is_settled = object.type == ObjectType::tree &&
                          !names_.look_at(object, collected_.named_files) && !object.base;
  std::vector<Finding> findings;
  if (!is_settled) findings = contents_.scan(object);
  count(object, is_settled ? std::nullopt : contents_.cut_off());
  collected_.failed_checks = scanner_.failed_checks();
  if (collected_.named_files.added != named_before) note_unclean(object.id);
  if (is_settled) return;
  if (!findings.empty() || !contents_.unscanned().empty() ||
      (object.part && !scanner_.unscanned_rules().empty())) {
    note_unclean(object.id);
  }
  if (object.part) note_rules_unscanned(object);
  for (const Unscanned& what : contents_.unscanned()) collected_.unscanned.add(what);
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

void Collector::unscanned(Unscanned what) {
  note_unclean(what.id);
  if (large_ && large_->id == what.id) {
    if (!large_->cause) large_->cause = what.cause;
  } else {
    const uint64_t unknown = what.size == 0 ? what.count : 0;
    collected_.coverage.of(what.type).add({what.count, what.size, unknown}, what.cause);
  }
  collected_.unscanned.add(std::move(what));
}

void Collector::count(const Object& object, const std::optional<Cause>& cut_off) {
  if (!object.part) {
    collected_.coverage.of(object.type).add({1, object.content.size()}, cut_off);
    return;
  }
  if (object.part->offset == 0) {
    count_large();
    large_ = {object.id, object.part->size, std::nullopt};
  }
  if (!large_->cause) large_->cause = cut_off;
}

void Collector::count_large() {
  if (!large_) return;
  collected_.coverage.of(ObjectType::blob).add({1, large_->size}, large_->cause);
  large_.reset();
}

Collected& Collector::finish() {
  tell_rules_unscanned();
  count_large();
  collected_.coverage.contents.merge(contents_.take_coverage());
  return collected_;
}

void Collector::note_rules_unscanned(const Object& part) {
  if (part.part->offset == 0) tell_rules_unscanned();
  of_rules_ = {part.id, part.type, part.part->size, Why::too_large, {}};
  for (const Rule* rule : scanner_.unscanned_rules()) {
    if (std::ranges::find(unscanned_rules_, rule) == unscanned_rules_.end())
      unscanned_rules_.push_back(rule);
    if (large_ && !large_->cause) large_->cause = Cause::too_large;
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
  collected_.unscanned.add(std::move(of_rules_));
}

void Collected::merge(Collected& other) {
  std::ranges::move(other.findings, std::back_inserter(findings));
  std::ranges::stable_sort(findings, {}, &Finding::order);
  unscanned.merge(std::move(other.unscanned));
  named_files.merge(other.named_files);
  commits.insert(commits.end(), other.commits.begin(), other.commits.end());
  for (const Secret& secret : other.dropped.secrets) dropped.add(secret);
  dropped.all = dropped.all && other.dropped.all;
  unclean.merge(other.unclean);
  coverage.merge(other.coverage);
  failed_checks += other.failed_checks;
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
  if (findings.size() <= most_findings) return;
  const Finding& first = findings[most_findings];
  if (!overflowed_) {
    unscanned.add({first.object, first.type, 0, Why::too_many_findings,
                   fmt::format("only the first {} findings are kept", most_findings)});
  }
  overflowed_ = true;
  for (size_t i = most_findings; i < findings.size(); ++i) {
    dropped.add(findings[i].secret);
    dropped.add(findings[i].written);
  }
  findings.resize(most_findings);
}

}  // namespace pushguard
