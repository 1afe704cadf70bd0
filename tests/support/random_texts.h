// SPDX-License-Identifier: Apache-2.0
// Random contents, and new versions of them that a delta can express.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "objects/object.h"

namespace pushguard::test {

class RandomTexts {
 public:
  virtual ~RandomTexts() = default;

  // A number below `limit`; 0 when that is 0.
  size_t below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  virtual std::string piece() = 0;

  // A text of one to `most_pieces` pieces.
  std::string text(size_t most_pieces) {
    std::string all;
    for (size_t pieces = 1 + below(most_pieces); pieces-- > 0;) all += piece();
    return all;
  }

  // A version of `base`: copies from anywhere in it, and new pieces.
  std::string edited(const std::string& base, std::vector<Copy>& copies) {
    std::string text;
    copies.clear();
    size_t at = 0;
    for (size_t steps = 1 + below(10); steps-- > 0;) {
      if (below(3) == 0) {
        const std::string more = piece();
        text += below(2) == 0 ? more : more.substr(0, 1 + below(3));
      }
      if (below(4) == 0) at = below(base.size() + 1);
      if (at >= base.size()) continue;
      const size_t size = 1 + (below(3) == 0 ? below(40) : below(base.size() - at));
      const size_t length = std::min(size, base.size() - at);
      const bool joins = !copies.empty() && copies.back().end() == text.size() &&
                         copies.back().base + copies.back().size == at;
      if (joins)
        copies.back().size += length;
      else
        copies.push_back({text.size(), at, length});
      text += base.substr(at, length);
      at += length + (below(2) == 0 ? 0 : below(10));
    }
    return text;
  }

 protected:
  explicit RandomTexts(uint64_t seed) : random_(seed) {}

  std::mt19937_64 random_;
};

}  // namespace pushguard::test
