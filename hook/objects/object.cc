// SPDX-License-Identifier: Apache-2.0
#include "objects/object.h"

namespace pushguard {

std::string_view to_string(ObjectType type) {
  switch (type) {
    case ObjectType::commit: return "commit";
    case ObjectType::tree: return "tree";
    case ObjectType::blob: return "blob";
    case ObjectType::tag: return "tag";
    case ObjectType::unknown: break;
  }
  return "object";
}

ObjectType object_type(std::string_view name) {
  for (const ObjectType type :
       {ObjectType::commit, ObjectType::tree, ObjectType::blob, ObjectType::tag}) {
    if (to_string(type) == name) return type;
  }
  return ObjectType::unknown;
}

std::vector<Range> fresh_ranges(const Object& object) {
  std::vector<Range> ranges;
  size_t end = 0;
  const auto add = [&](size_t next) {
    if (end < next) ranges.push_back({end, next});
  };
  for (const Copy& copy : object.copies) {
    add(copy.begin);
    end = copy.end();
  }
  add(object.content.size());
  return ranges;
}

std::string_view to_string(Why why) {
  switch (why) {
    case Why::damaged: return "damaged";
    case Why::too_large: return "too-large";
    case Why::out_of_time: return "out-of-time";
    case Why::too_many_findings: return "too-many-findings";
    case Why::no_quarantine: return "no-quarantine";
    case Why::archive: return "archive";
  }
  return "damaged";
}

}  // namespace pushguard
