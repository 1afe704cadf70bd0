// SPDX-License-Identifier: Apache-2.0
#include "keywords/end_max.h"

#include <algorithm>

#include "keywords/index.h"
#include "keywords/proof.h"
#include "regex/reach.h"

namespace pushguard {
namespace {

constexpr int kDeepest = 3;  // groups in groups whose alternatives are taken apart

class EndMaxes {
 public:
  EndMaxes(std::vector<std::string> keywords, uint32_t reach)
      : keywords_(std::move(keywords)), reach_(reach), end_maxes_(keywords_.size()) {}

  // Sees to it that some keywords account for every match of `regex`.
  void account_for(std::string_view regex, int depth) {
    size_t size = regex.size();
    uint32_t end_max = reach_;
    for (const Beginning& beginning : beginnings(regex)) {
      if (beginning.longest >= reach_) break;
      if (beginning.longest < KeywordIndex::kShortest) continue;
      if (!KeywordProof(regex.substr(0, beginning.size)).holds(keywords_)) continue;
      size = beginning.size;
      end_max = static_cast<uint32_t>(beginning.longest);
      break;
    }
    const Alternatives first = first_alternatives(regex);
    if (depth < kDeepest && !first.regexes.empty() && first.begin < size) {
      for (const std::string& alternative : first.regexes) account_for(alternative, depth + 1);
      return;
    }
    const KeywordProof proof(regex.substr(0, size));
    std::vector<std::string> needed = keywords_;
    for (const std::string& keyword : keywords_) {
      std::vector<std::string> fewer = needed;
      std::erase(fewer, keyword);
      if (proof.holds(fewer)) needed = std::move(fewer);
    }
    for (size_t i = 0; i < keywords_.size(); ++i) {
      if (std::ranges::find(needed, keywords_[i]) != needed.end()) {
        end_maxes_[i] = std::max(end_maxes_[i], end_max);
      }
    }
  }

  std::vector<uint32_t> end_maxes() && {
    std::ranges::replace(end_maxes_, 0u, reach_);
    return std::move(end_maxes_);
  }

 private:
  const std::vector<std::string> keywords_;
  const uint32_t reach_;
  std::vector<uint32_t> end_maxes_;
};

}  // namespace

std::vector<uint32_t> end_maxes_of(std::string_view regex, std::span<const std::string> keywords,
                                   uint32_t reach) {
  std::vector<std::string> looked_for;
  for (const std::string& keyword : keywords) {
    looked_for.push_back(keyword.substr(0, KeywordIndex::kLongest));
  }
  EndMaxes end_maxes(std::move(looked_for), reach);
  end_maxes.account_for(regex, 0);
  return std::move(end_maxes).end_maxes();
}

}  // namespace pushguard
