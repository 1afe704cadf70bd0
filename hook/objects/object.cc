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

std::string_view to_string(Cause cause) {
  switch (cause) {
    case Cause::already_stored: return "already-stored";
    case Cause::damaged: return "damaged";
    case Cause::too_large: return "too-large";
    case Cause::too_deep: return "too-deep";
    case Cause::too_many: return "too-many";
    case Cause::out_of_time: return "out-of-time";
    case Cause::out_of_memory: return "out-of-memory";
    case Cause::no_quarantine: return "no-quarantine";
    case Cause::no_reader: return "no-reader";
    case Cause::encrypted: return "encrypted";
    case Cause::contradictory: return "contradictory";
  }
  return "damaged";
}

Cause cause_of(Why why) {
  switch (why) {
    case Why::damaged: return Cause::damaged;
    case Why::too_large: return Cause::too_large;
    case Why::out_of_time: return Cause::out_of_time;
    case Why::too_many_findings: return Cause::too_many;
    case Why::no_quarantine: return Cause::no_quarantine;
    case Why::archive: return Cause::no_reader;
  }
  return Cause::damaged;
}

}  // namespace pushguard
