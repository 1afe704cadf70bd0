// SPDX-License-Identifier: Apache-2.0
// Offline checks of a candidate secret: checksums, structures, dates.
//
// A validator is a pure function of the candidate's bytes and the time. It never calls the
// network: "validated" means that the value proves itself, not that the provider was asked. A
// validator can also make a value valid (`seal`), so that examples and tests are made at run
// time and no token-shaped text is stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

// The result of a check, and what becomes of the finding.
enum class Validity : uint8_t {
  valid,     // proves itself: the finding is confirmed
  unknown,   // no evidence for or against: the rule's confidence stays
  weakened,  // real in shape but worth less (expired, encrypted): possible
  invalid,   // the check that every such secret passes has failed: dropped
};

struct Validation {
  Validity validity = Validity::unknown;
  std::string note;       // for people, "" or like "checksum is valid"; never holds secret bytes
  bool is_spent = false;  // opens nothing any more, by what it says of itself
};

// How much may still be read to find where secrets of one content end, and what is known of it.
struct Effort {
  uint64_t bytes = 0;            // that may still be read
  Range line{0, 0};              // from a label to the end of its line
  Range headers{0, 0};           // lines that all look like headers of an armor
  bool headers_cut_off = false;  // they may go on behind the content
  size_t no_key_at = SIZE_MAX;   // no key begins here
};

// Where a secret ends whose regex matches its beginning only.
struct Extent {
  enum class Kind : uint8_t {
    none,     // no secret begins there
    whole,    // it ends at `end`
    cut_off,  // the content ends before that can be said
    unread,   // there was too much to read
  };
  Kind kind = Kind::none;
  size_t end = 0;
  Kind missed = Kind::none;  // of a whole one: what kept from a reading that may say more

  bool met(Kind what) const { return kind == what || missed == what; }
};

struct Validator {
  std::string_view name;     // as rule files write it: "github-crc32"
  std::string_view summary;  // one line for `pushguard rules show`
  // `now` is Unix time in seconds. Any bytes are allowed in `secret`.
  Validation (*check)(std::string_view secret, int64_t now);
  // Overwrites the check characters so that check() returns `valid`; never changes the size.
  // Null when the generator alone makes valid examples.
  void (*seal)(std::string& secret);
  // Decodes the part that a person chose; templates are tested on the result as well. Null
  // when the secret is not encoded.
  std::string (*decode)(std::string_view secret) = nullptr;
  // Whether the text before or after the secret shows that it opens nothing, such as a host
  // reserved for documentation; the finding is then at most `possible`. May be null.
  bool (*is_for_show)(std::string_view before, std::string_view after) = nullptr;
  // For a secret without a longest size: the regex matches how it begins, and this finds where
  // the one that begins at `begin` ends. Null when the regex matches all of it.
  Extent (*extend)(std::string_view content, size_t begin, Effort& effort) = nullptr;
  // For a secret that only its name tells: the regex matches the name, and this reads the places
  // of the values that belong to it, at most `values_within` bytes away. See
  // layouts/named_values.h for `bytes` and what is returned.
  bool (*values)(std::string_view content, Range name, uint64_t& bytes,
                 std::vector<Range>& values) = nullptr;
  size_t values_within = 0;
};

}  // namespace pushguard
