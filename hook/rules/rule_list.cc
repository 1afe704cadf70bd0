// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_list.h"

#include "validators/registry.h"

namespace pushguard {

void RuleUnpacker::unpack(size_t number) {
  const std::lock_guard guard(lock_);
  if (ready_[number].load(std::memory_order_relaxed)) return;
  const PackedRules::Packed& packed = packed_.rules[number];
  const auto text = [&](PackedRules::Text place) {
    return packed_.pool.substr(place.at, place.size);
  };
  const auto list = [&](size_t first, size_t count) {
    for (size_t i = first; i < first + count; ++i) texts_[i] = text(packed_.lists[i]);
    return std::span<const std::string_view>(texts_.subspan(first, count));
  };
  const auto program = [&](const PackedRules::Program& of) -> RegexProgram {
    return {packed_.code.subspan(of.at, of.size), packed_.sets, of.first, of.second, of.memos};
  };
  Rule& rule = rules_[number];
  rule.id = text(packed.id);
  rule.provider = text(packed.provider);
  rule.description = text(packed.description);
  rule.regex = text(packed.regex);
  rule.keywords = list(packed.keywords, packed.keyword_count);
  rule.reach = packed.reach;
  rule.context_needed = packed.context_needed;
  rule.secret_group = packed.secret_group;
  rule.min_entropy = packed.min_entropy;
  rule.validator = packed.validator < 0 ? nullptr : &kValidators[packed.validator];
  rule.confidence = Confidence(packed.confidence);
  rule.privilege = Privilege(packed.privilege);
  rule.lifetime = Lifetime(packed.lifetime);
  rule.rotate = text(packed.rotate);
  rule.companion = text(packed.companion);
  rule.paths = list(packed.paths, packed.path_count);
  rule.weaknesses = text(packed.weaknesses);
  rule.program = program(packed.program);
  rule.companion_program = program(packed.companion_program);
  rule.companion_only = packed.companion_only;
  rule.since = packed.since;
  rule.begins_text = !rule.program.empty() && rule.program.begins_text();
  ready_[number].store(true, std::memory_order_release);
}

std::span<const Rule> RuleUnpacker::all() {
  for (size_t number = 0; number < rules_.size(); ++number) rule(number);
  return rules_;
}

}  // namespace pushguard
