// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_list.h"

#include "validators/registry.h"

namespace pushguard {

std::vector<Rule> PackedRules::unpack(std::vector<std::string_view>& texts) const {
  const auto text = [&](Text place) { return pool.substr(place.at, place.size); };
  texts.reserve(lists.size());
  for (const Text place : lists) texts.push_back(text(place));
  const std::span<const std::string_view> all(texts);
  std::vector<Rule> unpacked;
  unpacked.reserve(rules.size());
  for (const Packed& packed : rules) {
    unpacked.push_back(
        {text(packed.id), text(packed.provider), text(packed.description), text(packed.regex),
         all.subspan(packed.keywords, packed.keyword_count), packed.reach, packed.context_needed,
         required_runs.subspan(packed.runs, packed.run_count), packed.secret_group,
         packed.min_entropy, packed.validator < 0 ? nullptr : &kValidators[packed.validator],
         Confidence(packed.confidence), Privilege(packed.privilege), Lifetime(packed.lifetime),
         text(packed.rotate), text(packed.companion), all.subspan(packed.paths, packed.path_count),
         text(packed.weaknesses)});
  }
  return unpacked;
}

}  // namespace pushguard
