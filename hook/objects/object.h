// SPDX-License-Identifier: Apache-2.0
// What the walk over a push's new objects hands to the next stage.
//
// An Object is borrowed for one call: its content lives in a buffer that the
// walk uses again. A delta says which of its bytes its base has too, and brings
// back what the visitor wanted remembered of the base, so that bytes need to be
// looked at once only. What could not be looked at arrives by the same door, as
// Unscanned, so that no reader of the walk can mistake a gap for a pass.
// Rejected: handing out only the fresh bytes (what stands in copied bytes would
// be known of the base alone, and not of the versions that keep it).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/oid.h"
#include "vocabulary/range.h"

namespace pushguard {

// The numbers are git's own, from the pack format.
enum class ObjectType : uint8_t { unknown = 0, commit = 1, tree = 2, blob = 3, tag = 4 };

std::string_view to_string(ObjectType);

// Some of the types; `unknown` is the type of a delta whose base is not known.
class ObjectTypes {
 public:
  constexpr ObjectTypes(std::initializer_list<ObjectType> types) {
    for (const ObjectType type : types) bits_ |= bit(type);
  }
  constexpr bool contains(ObjectType type) const { return (bits_ & bit(type)) != 0; }
  constexpr ObjectTypes without(ObjectTypes other) const {
    ObjectTypes rest(*this);
    rest.bits_ &= ~other.bits_;
    return rest;
  }

 private:
  static constexpr unsigned bit(ObjectType type) { return 1u << static_cast<unsigned>(type); }
  unsigned bits_ = 0;
};
inline constexpr ObjectTypes kAllTypes{ObjectType::unknown, ObjectType::commit, ObjectType::tree,
                                       ObjectType::blob, ObjectType::tag};

// `unknown` for anything but git's four names.
ObjectType object_type(std::string_view name);

// A run of bytes that a delta took from its base as they are. Of trees, whole entries;
// of the rest, at least kShortestCopy bytes: to look at fewer once more is less work
// than to part what stands before and behind them.
struct Copy {
  size_t begin = 0;  // in the object
  size_t base = 0;   // in the base
  size_t size = 0;

  size_t end() const { return begin + size; }
  friend bool operator==(const Copy&, const Copy&) = default;
};

inline constexpr size_t kShortestCopy = 128;

// What a visitor keeps of an object for as long as deltas of it may come.
class Remembered {
 public:
  virtual ~Remembered() = default;
};

struct Object {
  Oid id;
  ObjectType type;
  std::string_view content;
  uint64_t order = 0;  // of the object in what was pushed; the same for any number of threads

  // For a delta: what the visitor remembered of its base, the base's size, and
  // runs of bytes that both have, ascending. Null for the rest, and where nothing
  // was remembered.
  const Remembered* base = nullptr;
  size_t base_size = 0;
  std::span<const Copy> copies;
  // Where to leave what shall come back with the deltas of this object; null
  // when there are none.
  std::unique_ptr<Remembered>* remember = nullptr;

  // For a part of an object that is too large to be held: what of the content
  // is to be looked at here (other parts have the rest), and where the content
  // starts in the object.
  struct Part {
    Range own;
    size_t offset = 0, line = 1, column = 1;
    uint64_t size = 0;  // of the object
  };
  const Part* part = nullptr;
};

// The bytes of an object that are not known of its base, ascending: for a delta
// what stands between its copies, for all others everything.
std::vector<Range> fresh_ranges(const Object& object);

// Why something was not looked at. Each kind has its own failure policy.
enum class Why : uint8_t {
  damaged,            // not what git's formats allow
  too_large,          // over the limit for one object, or for all held at once
  out_of_time,        // the time for one push was spent
  too_many_findings,  // more findings than are kept
  no_quarantine,      // the host gave no quarantine to look into
  archive,            // what an archive holds beyond the limits, or encrypted
};
inline constexpr Why kAllWhys[] = {Why::damaged,           Why::too_large,     Why::out_of_time,
                                   Why::too_many_findings, Why::no_quarantine, Why::archive};

std::string_view to_string(Why);

struct Unscanned {
  Oid id;  // size 0 where no object is known
  ObjectType type = ObjectType::unknown;
  uint64_t size = 0;  // bytes, 0 where unknown
  Why why = Why::damaged;
  std::string detail;  // one line, lower case, no full stop
};

class ObjectVisitor {
 public:
  virtual ~ObjectVisitor() = default;
  virtual void object(const Object&) = 0;
  virtual void unscanned(Unscanned) = 0;
};

}  // namespace pushguard
