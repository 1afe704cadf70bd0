// SPDX-License-Identifier: Apache-2.0
#include "history/named_file_scan.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace pushguard {
namespace {

// Reads the blob `id`. If it cannot be scanned, returns nothing and appends the reason to
// `unscanned`. Returns nothing for an object that is not a blob.
std::optional<StoredObject> read_blob(const Oid& id, ObjectStore& store, const Limits& limits,
                                      std::vector<Unscanned>& unscanned) {
  const auto header = store.header(id);
  if (header && header->type != ObjectType::blob) return std::nullopt;
  const uint64_t size = header ? header->size : 0;
  if (size > limits.object_bytes) {
    unscanned.push_back(
        {id, ObjectType::blob, size, Why::too_large,
         fmt::format("told by its name, to be held whole: {} bytes, and the limit is {}", size,
                     limits.object_bytes)});
    return std::nullopt;
  }
  auto object = header ? store.read(id) : std::nullopt;
  if (!object) {
    unscanned.push_back({id, ObjectType::blob, size, Why::damaged,
                         header ? "told by its name, and it cannot be read"
                                : "told by its name, and it is neither pushed nor stored"});
  }
  return object;
}

}  // namespace

NamedFileScan scan_named_files(const OidSet& named_files, ObjectStore& pushed,
                               const NamedFileScanners& scanners, const Limits& limits,
                               const UnscannedList& known) {
  NamedFileScan result;
  std::vector<Oid> files(named_files.begin(), named_files.end());
  std::ranges::sort(files);  // the same order on every machine
  const auto leave = [&](size_t first, Cause cause) {
    const uint64_t count = files.size() - first;
    result.looked.add({count, 0, count}, cause);
  };
  for (size_t i = 0; i < files.size(); ++i) {
    const Oid& id = files[i];
    if (limits.out_of_time()) {
      leave(i, Cause::out_of_time);
      result.unscanned.push_back({id, ObjectType::blob, 0, Why::out_of_time,
                                  "files told by their names were not looked through"});
      break;
    }
    std::vector<Unscanned> unscanned;
    const auto object = read_blob(id, pushed, limits, unscanned);
    const bool again = known.names(id, Why::archive);  // which says less, and refuses less
    if (!again) std::ranges::copy(unscanned, std::back_inserter(result.unscanned));
    for (const Unscanned& what : unscanned) {
      result.looked.add({1, what.size, what.size == 0}, what.cause);
    }
    if (!object) continue;
    std::vector<Finding> found = scan_named_file({id, object->type, object->content}, scanners);
    if (result.findings.size() + found.size() >= Scanner::kMostExamples) {
      result.unscanned.push_back(
          {id, ObjectType::blob, object->content.size(), Why::too_many_findings,
           fmt::format("only the first {} examples are kept", result.findings.size())});
      leave(i, Cause::too_many);
      break;
    }
    result.looked.add({1, object->content.size()}, std::nullopt);
    std::ranges::move(found, std::back_inserter(result.findings));
  }
  return result;
}

}  // namespace pushguard
