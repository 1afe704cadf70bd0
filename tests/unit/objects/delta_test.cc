// SPDX-License-Identifier: Apache-2.0
// Deltas and their copies, compared with a simple implementation of git's format.
#include "objects/delta.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>

namespace pushguard::test {
namespace {

// Random instructions and their target, made byte by byte.
class Delta {
 public:
  Delta(const std::string& base, uint64_t seed) : base_(base), random_(seed) {
    for (size_t i = below(60); i > 0; --i) below(4) == 0 ? insert() : copy();
  }

  std::string instructions, target;
  std::vector<int64_t> from;  // for each byte of the target: its place in the base, or -1

  size_t below(size_t end) { return random_() % end; }

 private:
  void insert() {
    const size_t size = 1 + below(127);
    instructions += static_cast<char>(size);
    for (size_t i = 0; i < size; ++i) {
      instructions += static_cast<char>('A' + below(26));
      target += instructions.back();
      from.push_back(-1);
    }
  }

  void copy() {
    size_t size = 1 + below(below(2) ? 40 : 400), offset = below(base_.size() - size);
    if (below(8) == 0 && base_.size() > 0x10000) size = 0x10000, offset = below(3);
    // Sometimes the copy starts where the last one ended, so that the two are one.
    if (below(6) == 0 && !from.empty() && from.back() >= 0) {
      offset = std::min(static_cast<size_t>(from.back()) + 1, base_.size() - size);
    }
    std::string fields;
    unsigned code = 0x80;
    const auto field = [&](size_t value, unsigned bit) {
      if (value == 0) return;  // git omits zero bytes
      code |= bit;
      fields += static_cast<char>(value);
    };
    for (unsigned i = 0; i < 4; ++i) field(offset >> 8 * i & 0xff, 1u << i);
    for (unsigned i = 0; i < 3; ++i) field(size == 0x10000 ? 0 : size >> 8 * i & 0xff, 16u << i);
    instructions += static_cast<char>(code) + fields;
    target += base_.substr(offset, size);
    for (size_t i = 0; i < size; ++i) from.push_back(static_cast<int64_t>(offset + i));
  }

  const std::string& base_;
  std::mt19937_64 random_;
};

// The longest copies, those of at least `shortest` bytes.
std::vector<Copy> copies_of(const std::vector<int64_t>& from, size_t shortest) {
  std::vector<Copy> copies;
  for (size_t begin = 0, end; begin < from.size(); begin = end) {
    for (end = begin + 1;
         end < from.size() && from[end] == from[end - 1] + 1 && from[begin] >= 0;) {
      ++end;
    }
    if (from[begin] < 0 || end - begin < shortest) continue;
    copies.push_back({begin, static_cast<size_t>(from[begin]), end - begin});
  }
  return copies;
}

struct Applied {
  std::string target;
  std::vector<Copy> copies;
};
std::vector<uint8_t> with_slack(const std::string& text) {
  std::vector<uint8_t> padded(text.size() + kSlack, 0xff);
  std::ranges::copy(text, padded.begin());
  return padded;
}

// All buffers have exactly the size that apply_delta() requires, so that a sanitizer finds an
// access to one byte more.
Applied apply(const std::string& instructions, const std::string& base, size_t size,
              size_t shortest) {
  const std::vector<uint8_t> delta = with_slack(instructions), old = with_slack(base);
  std::vector<uint8_t> made(size + kSlack);
  Applied result;
  apply_delta(std::span(delta).first(instructions.size()), std::span(old).first(base.size()),
              std::span(made).first(size), shortest, result.copies);
  result.target.assign(made.begin(), made.end() - kSlack);
  return result;
}

std::string random_base(uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string base(seed % 5 == 0 ? 70000 : 401 + random() % 2000, ' ');
  for (char& c : base) c = static_cast<char>('a' + random() % 26);
  return base;
}

}  // namespace

TEST_CASE("random deltas give the same target as a simple implementation, and their long copies") {
  size_t told = 0, all = 0;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    const std::string base = random_base(seed);
    const Delta delta(base, seed);
    INFO("seed " << seed);
    for (const size_t shortest : {size_t{1}, kShortestCopy}) {
      const Applied made = apply(delta.instructions, base, delta.target.size(), shortest);
      REQUIRE(made.target == delta.target);
      REQUIRE(made.copies == copies_of(delta.from, shortest));
      (shortest == 1 ? all : told) += made.copies.size();
    }
  }
  CHECK(told > 1000);
  CHECK(all > 2 * told);
}

using Catch::Equals;

TEST_CASE("a delta that is cut off anywhere, or of another base or size, is damaged") {
  const std::string base = random_base(1);
  const Delta delta(base, 7);
  REQUIRE(delta.target.size() > 1000);
  for (size_t size = 0; size < delta.instructions.size(); ++size) {
    INFO("cut to " << size << " bytes");
    CHECK_THROWS_WITH(apply(delta.instructions.substr(0, size), base, delta.target.size(), 1),
                      Equals("data ends too early") || Equals("a delta makes less than it says"));
  }
  const size_t size = delta.target.size();
  CHECK_THROWS_AS(apply(delta.instructions, base.substr(0, 200), size, 1), Damaged);
  CHECK_THROWS_AS(apply(delta.instructions, base, size - 1, 1), Damaged);
  CHECK_THROWS_AS(apply(delta.instructions, base, size + 1, 1), Damaged);
  CHECK(apply("", base, 0, 1).target.empty());
}

}  // namespace pushguard::test
