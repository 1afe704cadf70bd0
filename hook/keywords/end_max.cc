// SPDX-License-Identifier: Apache-2.0
#include "keywords/end_max.h"

#include <algorithm>
#include <map>

#include "keywords/index.h"
#include "keywords/proof.h"
#include "regex/sequence.h"

namespace pushguard {
namespace {

constexpr int kDeepest = 8;  // choices in choices whose alternatives are taken apart

class EndMaxes {
 public:
  EndMaxes(std::vector<std::string> keywords, uint32_t longest_match)
      : keywords_(std::move(keywords)),
        longest_match_(longest_match),
        end_maxes_(keywords_.size()) {}

  // Raises the end_maxes until some keywords account for every match of `regex`.
  void account_for(const RegexSequence& regex, int depth) {
    size_t size = regex.size();
    uint32_t end_max = longest_match_;
    for (size_t count = 1; count <= regex.size(); ++count) {
      const auto longest = regex.longest_match(count);
      if (!longest || *longest >= longest_match_) break;
      if (*longest < KeywordIndex::kShortest) continue;
      if (!proof_of(regex.prefix(count)).holds(keywords_)) continue;
      size = count;
      end_max = static_cast<uint32_t>(*longest);
      break;
    }
    if (depth < kDeepest && regex.first_choice() < size) {
      for (const RegexSequence& one : regex.alternatives()) account_for(one, depth + 1);
      return;
    }
    const KeywordProof& proof = proof_of(regex.prefix(size));
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
    std::ranges::replace(end_maxes_, 0u, longest_match_);
    return std::move(end_maxes_);
  }

 private:
  // Alternatives share what stands before their choice, and a proof takes RE2 milliseconds.
  const KeywordProof& proof_of(const std::string& regex) {
    return proofs_.try_emplace(regex, regex).first->second;
  }

  std::map<std::string, KeywordProof> proofs_;
  const std::vector<std::string> keywords_;
  const uint32_t longest_match_;
  std::vector<uint32_t> end_maxes_;
};

}  // namespace

std::vector<uint32_t> end_maxes_of(std::string_view regex, std::span<const std::string> keywords,
                                   uint32_t longest_match) {
  std::vector<std::string> looked_for;
  for (const std::string& keyword : keywords) {
    looked_for.push_back(keyword.substr(0, KeywordIndex::kLongest));
  }
  EndMaxes end_maxes(std::move(looked_for), longest_match);
  end_maxes.account_for(RegexSequence(regex), 0);
  return std::move(end_maxes).end_maxes();
}

}  // namespace pushguard
