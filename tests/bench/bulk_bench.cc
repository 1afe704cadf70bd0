// SPDX-License-Identifier: Apache-2.0
// Measures the steps of reading and scanning one pack.
// usage: bulk_bench PACK THREADS     prints one JSON object; times in seconds
//
// limit: libdeflate inflates every entry once in one thread, which is the least that any reader
// of the pack must do. open: all headers are read and the deltas ordered. walk: every object is
// rebuilt. scan: every object is scanned. The times of walk and scan do not include open.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>

#include "detect/collector.h"
#include "objects/byte_reader.h"
#include "objects/inflate.h"
#include "objects/pack_walk.h"
#include "rules/built_in.h"

namespace {

using namespace pushguard;

class Counter : public ObjectVisitor {
 public:
  void object(const Object& object) override {
    ++objects;
    bytes += object.content.size();
    for (const Range& range : fresh_ranges(object)) fresh += range.size();
  }
  void unscanned(Unscanned) override { ++gaps; }

  uint64_t objects = 0, bytes = 0, fresh = 0, gaps = 0;
};

template <typename Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double limit(const PackFile& pack) {
  return seconds([&] {
    Inflater inflater;
    std::vector<uint8_t> out;
    for (uint32_t i = 0; i < pack.entries().size(); ++i) {
      const uint64_t size = pack.size(pack.entries()[i]);
      out.resize(std::max<size_t>(out.size(), size));
      if (!inflater.exactly(pack.stream(i), {out.data(), size})) throw Damaged("damaged");
    }
  });
}

template <typename Visitor>
double walk(const PackWalk& pack, std::deque<Visitor>& visitors) {
  std::vector<ObjectVisitor*> all;
  for (Visitor& visitor : visitors) all.push_back(&visitor);
  return seconds([&] { pack.run(Limits(), 0, all); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::filesystem::path path = argv[1];
  const auto threads = static_cast<unsigned>(std::stoul(argv[2]));
  const auto index = std::filesystem::path(path).replace_extension(".idx");
  const PackFile file(path, index, 20);
  const double floor = std::min(limit(file), limit(file));
  std::optional<PackWalk> opened;
  const double open = seconds([&] { opened.emplace(path, index, 20); });
  const PackWalk& pack = *opened;
  std::deque<Counter> counters(1);
  const double rebuilt = walk(pack, counters);
  const auto scan = [&](unsigned count, size_t& findings) {
    std::deque<Scanner> scanners;
    std::deque<Collector> collectors;
    for (unsigned i = 0; i < count; ++i) {
      if (i > 0) {
        scanners.push_back(scanners.front().another());
      } else {
        scanners.emplace_back(std::vector{&built_in_rules()}, built_in_templates(), 1767225600);
      }
      collectors.emplace_back(scanners.back(), built_in_file_names(), Limits());
    }
    const double time = walk(pack, collectors);
    findings = 0;
    for (Collector& collector : collectors) findings += collector.collected().findings.size();
    return time;
  };
  size_t one = 0, many = 0;
  const double one_thread = scan(1, one), all_threads = scan(threads, many);
  const Counter& seen = counters[0];
  fmt::print("{{\"objects\": {}, \"rebuilt_bytes\": {}, \"fresh_bytes\": {}, \"open\": {:.3f}, "
             "\"limit\": {:.3f}, \"walk\": {:.3f}, \"scan_1\": {:.3f}, \"scan_{}\": {:.3f}, "
             "\"findings_1\": {}, \"findings_{}\": {}}}\n",
             seen.objects, seen.bytes, seen.fresh, open, floor, rebuilt, one_thread, threads,
             all_threads, one, threads, many);
  return one == many && seen.gaps == 0 ? 0 : 1;
}
