// SPDX-License-Identifier: Apache-2.0
#include "objects/pack_walk.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <thread>
#include <tuple>

#include <fmt/format.h>

#include "objects/family_walk.h"

namespace pushguard {
namespace {

// Below this number of objects, a walk ends before another thread has started.
constexpr size_t kWorthAThread = 2000;
constexpr uint32_t kEntriesAtOnce = 64;

}  // namespace

// The entries of the families whose type is in `types`, by that type.
CountByType PackWalk::count(ObjectTypes types) const {
  CountByType count{};
  if (types.contains(ObjectType::unknown)) count[0] = forest_.circular().size();
  std::vector<uint32_t> family;
  for (uint32_t i = 0; i < size(); ++i) {
    const PackEntry& entry = pack_.entries()[i];
    if (!entry.is_root() || !types.contains(entry.type())) continue;
    uint64_t& of_type = count[static_cast<size_t>(entry.type())];
    for (family = {i}; !family.empty(); ++of_type) {
      const auto children = forest_.children(family.back());
      family.pop_back();
      family.insert(family.end(), children.begin(), children.end());
    }
  }
  return count;
}

uint64_t PackWalk::count_left_out(uint32_t root, const IsLeftOut& is_left_out) const {
  uint64_t count = 0;
  for (std::vector<uint32_t> family{root}; !family.empty(); ++count) {
    const uint32_t entry = family.back();
    family.pop_back();
    if (!is_left_out(pack_.oid(pack_.entries()[entry]))) return 0;
    const auto children = forest_.children(entry);
    family.insert(family.end(), children.begin(), children.end());
  }
  return count;
}

void PackWalk::run(const Limits& limits, uint64_t first, std::span<ObjectVisitor* const> visitors,
                   ObjectTypes types, const IsLeftOut& is_left_out) const {
  const size_t entries = pack_.entries().size();
  const size_t threads = std::clamp<size_t>(entries / kWorthAThread, 1, visitors.size());
  std::atomic<size_t> next = 0;
  const bool has_unknown = types.contains(ObjectType::unknown);
  std::array<std::atomic<uint64_t>, std::tuple_size_v<CountByType>> reported{};
  if (has_unknown) reported[0] = forest_.circular().size();
  std::exception_ptr failure;
  std::atomic<bool> failed = false;

  Memory memory(limits.memory_bytes, threads);
  const auto work = [&](ObjectVisitor& visitor) {
    try {
      FamilyWalk walk(pack_, forest_, first, limits, memory, visitor);
      for (size_t begin; (begin = next.fetch_add(kEntriesAtOnce)) < entries && !failed;) {
        const size_t end = std::min(begin + kEntriesAtOnce, entries);
        for (size_t i = begin; i < end; ++i) {
          const PackEntry& entry = pack_.entries()[i];
          if (!entry.is_root() || !types.contains(entry.type())) continue;
          const auto root = static_cast<uint32_t>(i);
          if (const uint64_t known = is_left_out ? count_left_out(root, is_left_out) : 0) {
            reported[static_cast<size_t>(entry.type())] += known;
            continue;
          }
          walk.walk(root);
          if (limits.out_of_time()) break;
        }
        if (limits.out_of_time()) break;
      }
      for (size_t i = 0; i < reported.size(); ++i) reported[i] += walk.reported()[i];
    } catch (...) {
      if (!failed.exchange(true)) failure = std::current_exception();
    }
  };
  for (const uint32_t entry : forest_.circular()) {
    if (!has_unknown) break;
    visitors[0]->unscanned({pack_.oid(pack_.entries()[entry]), ObjectType::unknown, 0, Why::damaged,
                            "its delta bases form a circle"});
  }
  {
    std::vector<std::jthread> others;
    for (size_t i = 1; i < threads; ++i) others.emplace_back([&, i] { work(*visitors[i]); });
    work(*visitors[0]);
  }
  if (failure) std::rethrow_exception(failure);
  if (!limits.out_of_time()) return;
  const CountByType all = count(types);
  for (size_t i = 0; i < all.size(); ++i) {
    const uint64_t left = all[i] - reported[i];
    if (left == 0) continue;
    const auto type = static_cast<ObjectType>(i);
    visitors[0]->unscanned({{},
                            type,
                            0,
                            Why::out_of_time,
                            fmt::format("{} {}s of a pack of {}", left, to_string(type), entries),
                            left});
  }
}

}  // namespace pushguard
