// SPDX-License-Identifier: Apache-2.0
// How much of hand-made packs is counted as scanned, and as let go.
#include "objects/coverage.h"

#include <limits>

#include <catch2/catch.hpp>

#include "detect/collector.h"
#include "objects/quarantine.h"
#include "rules/built_in.h"
#include "support/git.h"
#include "support/pack_writer.h"

namespace pushguard::test {
namespace {

constexpr unsigned kCommit = 1, kTree = 2, kBlob = 3;

struct Counted {
  Coverage coverage;
  uint64_t in_quarantine = 0;

  const Amount& let_go(ObjectType type, Cause cause) const {
    return coverage.of(type).let_go[static_cast<size_t>(cause)];
  }
};

Counted count(const PackWriter& pack, const Limits& limits = {}) {
  const ScratchDirectory scratch;
  std::filesystem::create_directories(scratch.path() / "pack");
  pack.write(scratch.path() / "pack");
  Scanner scanner({&built_in_rules()}, built_in_templates(), 0, limits);
  Collector collector(scanner, built_in_file_names(), limits);
  Quarantine quarantine(scratch.path(), 20);
  quarantine.visit(limits, collector);
  return {collector.finish().coverage, quarantine.size()};
}

}  // namespace

TEST_CASE("sums of claimed sizes stop at the largest number") {
  constexpr uint64_t kMost = std::numeric_limits<uint64_t>::max();
  Amount amount{1, kMost - 1};
  amount.add({1, 5});
  CHECK(amount == Amount{2, kMost});
}

TEST_CASE("what is seen is what is scanned and what is let go, also of two threads") {
  Looked one, two;
  one.add({1, 10}, std::nullopt);
  one.add({1, 7}, Cause::damaged);
  two.add({2, 5, 1}, Cause::damaged);
  two.add({1, 1}, Cause::encrypted);
  two.decoded.add({3, 30});
  one.merge(two);
  CHECK(one.scanned == Amount{1, 10});
  CHECK(one.decoded == Amount{3, 30});
  CHECK(one.let_go[static_cast<size_t>(Cause::damaged)] == Amount{3, 12, 1});
  CHECK(one.seen() == Amount{5, 23, 1});
}

TEST_CASE("deltas that cannot be made count with the size that they claim") {
  PackWriter pack;
  const std::string base(3000, 'a'), changed = base + "b";
  const size_t first = pack.whole(kBlob, base);
  pack.delta(first, PackWriter::delta_of(base, changed));
  const size_t wrong = pack.delta(first, PackWriter::delta_of(base.substr(1), base));
  pack.delta(wrong, PackWriter::delta_of(base, changed));
  pack.foreign_delta(PackWriter::delta_of(base, changed));
  const Counted counted = count(pack);
  CHECK(counted.coverage.of(ObjectType::blob).scanned == Amount{2, 6001});
  CHECK(counted.let_go(ObjectType::blob, Cause::damaged) == Amount{2, 6001});
  CHECK(counted.let_go(ObjectType::unknown, Cause::damaged) == Amount{1, 3001});
  CHECK(counted.coverage.seen().count == counted.in_quarantine);
}

TEST_CASE("over the limit for one object, and for all of them") {
  PackWriter pack;
  pack.whole(kBlob, std::string(3000, 'a'));
  pack.whole(kBlob, std::string(5000, 'a'));
  Limits limits;
  limits.object_bytes = 4000;
  CHECK(count(pack, limits).let_go(ObjectType::blob, Cause::too_large) == Amount{1, 5000});
  limits.object_bytes = 10'000;
  limits.memory_bytes = 4000;
  const Counted counted = count(pack, limits);
  CHECK(counted.let_go(ObjectType::blob, Cause::out_of_memory).count > 0);
  CHECK(counted.coverage.seen() == Amount{2, 8000});
}

TEST_CASE("what time does not suffice for is counted by its type") {
  PackWriter pack;
  const size_t base = pack.whole(kBlob, std::string(3000, 'a'));
  pack.delta(base, PackWriter::delta_of(std::string(3000, 'a'), std::string(3000, 'b')));
  for (int i = 0; i < 3; ++i) pack.whole(kTree, "");
  pack.whole(kCommit, "tree " + std::string(40, '1') + "\n\nx\n");
  Limits limits;
  limits.deadline = std::chrono::steady_clock::time_point::min();
  const Counted counted = count(pack, limits);
  CHECK(counted.coverage.seen().count == 6);
  CHECK(counted.coverage.seen().count == counted.in_quarantine);
  CHECK(counted.let_go(ObjectType::tree, Cause::out_of_time) == Amount{3, 0, 3});
  CHECK(counted.let_go(ObjectType::commit, Cause::out_of_time) == Amount{1, 0, 1});
}

TEST_CASE("of a large blob whose end is damaged, all is let go, once") {
  const std::string large(size_t{9} << 20, 'a');
  for (const int wrong : {-5, 5}) {
    PackWriter pack;
    pack.raw(kBlob, static_cast<uint64_t>(static_cast<int64_t>(large.size()) + wrong),
             PackWriter::deflate(large));
    pack.whole(kBlob, "small");
    const Counted counted = count(pack);
    CHECK(counted.coverage.of(ObjectType::blob).scanned == Amount{1, 5});
    CHECK(counted.let_go(ObjectType::blob, Cause::damaged).count == 1);
    CHECK(counted.coverage.seen().count == 2);
  }
}

}  // namespace pushguard::test
