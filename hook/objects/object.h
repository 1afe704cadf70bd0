// SPDX-License-Identifier: Apache-2.0
// What the walk over a push's new objects passes to the next stage.
//
// An Object is valid during one call: its content is in a buffer that the walk reuses. For
// a delta it lists the bytes that were copied from the base, and returns what the visitor
// remembered about the base, so each byte needs to be scanned only once. What could not be
// read is passed to the same visitor as Unscanned, so it cannot be mistaken for a pass.
// Rejected: passing only the fresh bytes (a secret in copied bytes would be found in the
// base only, and not in the versions that keep it).
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/oid.h"
#include "vocabulary/range.h"

namespace pushguard {

// The values are those of git's pack format (gitformat-pack(5)); `unknown` is ours.
enum class ObjectType : uint8_t { unknown = 0, commit = 1, tree = 2, blob = 3, tag = 4 };

std::string_view to_string(ObjectType);

// A set of object types; `unknown` is the type of a delta whose base is missing.
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
// A number for each type.
using CountByType = std::array<uint64_t, 5>;
inline constexpr ObjectTypes kAllTypes{ObjectType::unknown, ObjectType::commit, ObjectType::tree,
                                       ObjectType::blob, ObjectType::tag};

// The type of that name in git; `unknown` for every other name.
ObjectType object_type(std::string_view name);

// A run of bytes that a delta copied from its base. For trees: whole entries. For other
// types: at least kShortestCopy bytes; rescanning shorter runs is cheaper than splitting
// the content around them.
struct Copy {
  size_t begin = 0;  // in the object
  size_t base = 0;   // in the base
  size_t size = 0;

  size_t end() const { return begin + size; }
  friend bool operator==(const Copy&, const Copy&) = default;
};

inline constexpr size_t kShortestCopy = 128;

// What a visitor keeps about an object until the last of its deltas has been visited.
class Remembered {
 public:
  virtual ~Remembered() = default;
  virtual uint64_t bytes() const = 0;  // that it takes, about
};

struct Object {
  Oid id;
  ObjectType type;
  std::string_view content;
  uint64_t order = 0;  // position in the push; the same for any number of threads

  // Only for a delta whose base was remembered: what the visitor stored in the base's
  // `remember`, the base's size in bytes, and the copied runs in ascending order.
  const Remembered* base = nullptr;
  size_t base_size = 0;
  std::span<const Copy> copies;
  // The visitor stores here what it needs for this object's deltas, which get it as `base`;
  // null when there are no deltas.
  std::unique_ptr<Remembered>* remember = nullptr;

  // Only for a part of an object that is too large to hold.
  struct Part {
    Range own;                                // what to scan; other parts cover the rest
    size_t offset = 0, line = 1, column = 1;  // where `content` starts in the object
    uint64_t size = 0;                        // of the whole object, in bytes
  };
  const Part* part = nullptr;
};

// The fresh bytes of an object, in ascending order: for a delta the ranges between its
// copies, for every other object the whole content.
std::vector<Range> fresh_ranges(const Object& object);

// Why something was not scanned. Each kind has its own failure policy.
enum class Why : uint8_t {
  damaged,            // does not follow git's formats
  too_large,          // over the limit for one object, or for all objects held at once
  out_of_time,        // the time for one push ran out
  too_many_findings,  // more findings than are kept
  no_quarantine,      // the host gave no quarantine
  archive,            // content of an archive that is over the limits, or encrypted
};
inline constexpr Why kAllWhys[] = {Why::damaged,           Why::too_large,     Why::out_of_time,
                                   Why::too_many_findings, Why::no_quarantine, Why::archive};

std::string_view to_string(Why);

// What was in the way: finer than Why, and without a policy.
enum class Cause : uint8_t {
  already_stored,  // the repository has it, and the push does not change it
  damaged,         // does not follow its format
  too_large,       // over a limit for bytes, or reaches over the end of a part
  too_deep,        // one in the other, over the limit for layers
  too_many,        // findings, files of an archive, streams of a file
  out_of_time,
  out_of_memory,
  no_quarantine,  // it is nowhere that the hook was shown
  no_reader,      // of a format that nothing here reads, or bytes that belong to nothing
  encrypted,
  contradictory,  // two readers find different files in it
};
inline constexpr Cause kAllCauses[] = {
    Cause::already_stored, Cause::damaged,     Cause::too_large,     Cause::too_deep,
    Cause::too_many,       Cause::out_of_time, Cause::out_of_memory, Cause::no_quarantine,
    Cause::no_reader,      Cause::encrypted,   Cause::contradictory};

std::string_view to_string(Cause);
// The usual one, where nothing more is known.
Cause cause_of(Why);

struct Unscanned {
  Oid id;  // of size 0 when it concerns no single object
  ObjectType type = ObjectType::unknown;
  uint64_t size = 0;  // in bytes; 0 when unknown
  Why why = Why::damaged;
  std::string detail;  // one line, lower case, no full stop
  uint64_t count = 1;  // of objects, or of parts of one
  Cause cause = cause_of(why);

  // Where it is, once that was looked for (history/unscanned_places.h).
  Oid commit = {};  // of size 0 when none was found
  std::string path = {};
};

class ObjectVisitor {
 public:
  virtual ~ObjectVisitor() = default;
  virtual void object(const Object&) = 0;
  virtual void unscanned(Unscanned) = 0;
};

}  // namespace pushguard
