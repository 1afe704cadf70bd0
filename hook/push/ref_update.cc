// SPDX-License-Identifier: Apache-2.0
#include "push/ref_update.h"

#include <fmt/format.h>

#include "vocabulary/error.h"

namespace pushguard {
namespace {

RefUpdate parse_line(std::string_view line, size_t number) {
  const auto fail = [number](std::string_view what) -> Error {
    return Error(fmt::format("standard input, line {}: {}", number, what));
  };
  const size_t first = line.find(' ');
  const size_t second = first == line.npos ? line.npos : line.find(' ', first + 1);
  if (second == line.npos) throw fail("expected '<old-id> <new-id> <ref>'");
  const auto old_id = Oid::from_hex(line.substr(0, first));
  const auto new_id = Oid::from_hex(line.substr(first + 1, second - first - 1));
  if (!old_id || !new_id) throw fail("an object id must be 40 or 64 hex digits");
  if (old_id->size != new_id->size) throw fail("object ids of two sizes");
  const std::string_view ref = line.substr(second + 1);
  if (ref.empty()) throw fail("the ref has no name");
  return {*old_id, *new_id, std::string(ref)};
}

}  // namespace

std::vector<RefUpdate> parse_ref_updates(std::string_view input) {
  std::vector<RefUpdate> updates;
  while (!input.empty()) {
    const size_t end = std::min(input.find('\n'), input.size());
    updates.push_back(parse_line(input.substr(0, end), updates.size() + 1));
    if (updates.back().new_id.size != updates.front().new_id.size) {
      throw Error(fmt::format("standard input, line {}: object ids of two sizes", updates.size()));
    }
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  if (updates.empty()) {
    throw Error("no ref updates on standard input (did another hook read them first?)");
  }
  return updates;
}

}  // namespace pushguard
