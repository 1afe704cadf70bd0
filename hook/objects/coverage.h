// SPDX-License-Identifier: Apache-2.0
// How much was looked at: of each kind of object, container and encoding the number and the
// bytes, scanned, decoded, and let go for a cause.
//
// A thing is scanned when all of it was. Else it is let go, as a whole, for the first cause: what
// was seen is the sum of both. What is decoded of a thing (the files of a zip, the text of a
// range in base64) is counted there, and scanned like the thing itself. Each thread counts for
// itself; the sums are added at the end.
// Rejected: the exact bytes of what was let go in part (a damage does not say how much is
// behind it).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "objects/object.h"

namespace pushguard {

struct Amount {
  uint64_t count = 0;
  uint64_t bytes = 0;
  uint64_t of_unknown_size = 0;  // of `count`; `bytes` has none of them

  // A size may be what a header claims: sums stop at the largest number.
  void add(const Amount& more);
  friend bool operator==(const Amount&, const Amount&) = default;
};

struct Looked {
  Amount scanned, decoded;
  std::array<Amount, std::size(kAllCauses)> let_go{};  // by Cause

  Amount seen() const;
  // Counts what was scanned, or let go for `cause`.
  void add(const Amount& amount, const std::optional<Cause>& cause);
  void merge(const Looked& other);
  friend bool operator==(const Looked&, const Looked&) = default;
};

// Of what is in contents.
struct ContentCoverage {
  // By name, which lives for ever.
  using ByName = std::map<std::string_view, Looked>;

  ByName containers;  // "zip", "gzip"
  ByName encodings;   // "base64"

  void merge(const ContentCoverage& other);
};

struct Coverage {
  std::array<Looked, 5> objects{};  // by ObjectType
  ContentCoverage contents;
  Looked named_files;  // that are scanned once more, because of their names

  Looked& of(ObjectType type) { return objects[static_cast<size_t>(type)]; }
  const Looked& of(ObjectType type) const { return objects[static_cast<size_t>(type)]; }
  // Of objects of all types.
  Amount seen() const;
  void merge(const Coverage& other);
};

}  // namespace pushguard
