// SPDX-License-Identifier: Apache-2.0
#include "history/pairs.h"

#include <algorithm>
#include <map>
#include <memory>

#include <re2/re2.h>

#include "regex/regex.h"

namespace pushguard {

void pair_exposures(std::vector<Exposure>& exposures) {
  // Few exposures have a companion; each regex is compiled once.
  std::map<std::string_view, std::unique_ptr<RE2>> companions;
  for (const Exposure& exposure : exposures) {
    const std::string_view regex = exposure.rule->companion;
    if (regex.empty() || companions.contains(regex)) continue;
    companions[regex] =
        std::make_unique<RE2>(re2::StringPiece(regex.data(), regex.size()), regex_options());
  }
  if (companions.empty()) return;
  std::vector<bool> taken(exposures.size());
  for (size_t i = 0; i < exposures.size(); ++i) {
    Exposure& exposure = exposures[i];
    if (exposure.rule->companion.empty() || taken[i]) continue;
    const RE2& companion = *companions[exposure.rule->companion];
    // One of them, and rather one in the same file.
    size_t partner = exposures.size();
    for (size_t j = 0; j < exposures.size(); ++j) {
      const Exposure& other = exposures[j];
      const std::string_view secret = other.secret.reveal_for_comparison();
      // What is surer stays a finding of its own: an exception for the one secret
      // must not let the other through.
      const bool pairs = j != i && !taken[j] && other.confidence == Confidence::possible &&
                         other.partners.empty() && other.rule->companion.empty() &&
                         other.origin == exposure.origin &&
                         RE2::FullMatch(re2::StringPiece(secret.data(), secret.size()), companion);
      if (!pairs) continue;
      const bool beside = other.places.front().path == exposure.places.front().path;
      if (beside || partner == exposures.size()) partner = j;
      if (beside) break;
    }
    if (partner == exposures.size()) continue;
    taken[partner] = true;
    exposure.confidence = std::max(exposure.confidence, Confidence::likely);
    exposure.partners.push_back(std::move(exposures[partner]));
  }
  size_t next = 0;
  std::erase_if(exposures, [&](const Exposure&) { return taken[next++]; });
}

}  // namespace pushguard
