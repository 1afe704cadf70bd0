// What the walk over a push's new objects hands to the next stage.
//
// An Object is borrowed for one call: its content lives in a buffer that the
// walk uses again. What could not be looked at arrives by the same door, as
// Unscanned, so that no reader of the walk can mistake a gap for a pass.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "oid.h"
#include "range.h"

namespace pushguard {

// The numbers are git's own, from the pack format.
enum class ObjectType : uint8_t { unknown = 0, commit = 1, tree = 2, blob = 3, tag = 4 };

std::string_view to_string(ObjectType);
// `unknown` for anything but git's four names.
ObjectType object_type(std::string_view name);

struct Object {
  Oid id;
  ObjectType type;
  std::string_view content;
  // The parts that no other object of this push and none of the server's has:
  // what a scanner must look at. Ascending, not touching each other.
  std::span<const Range> fresh;
};

// Why something was not looked at. Each kind has its own failure policy.
enum class Why : uint8_t {
  damaged,            // not what git's formats allow
  too_large,          // over the limit for one object, or for all held at once
  out_of_time,        // the time for one push was spent
  too_many_findings,  // more findings than are kept
  no_quarantine,      // the host gave no quarantine to look into
};
inline constexpr Why kAllWhys[] = {Why::damaged, Why::too_large, Why::out_of_time,
                                   Why::too_many_findings, Why::no_quarantine};

std::string_view to_string(Why);

struct Unscanned {
  Oid id;                               // size 0 where no object is known
  ObjectType type = ObjectType::unknown;
  uint64_t size = 0;                    // bytes, 0 where unknown
  Why why = Why::damaged;
  std::string detail;                   // one line, lower case, no full stop
};

class ObjectVisitor {
 public:
  virtual ~ObjectVisitor() = default;
  virtual void object(const Object&) = 0;
  virtual void unscanned(Unscanned) = 0;
};

}  // namespace pushguard
