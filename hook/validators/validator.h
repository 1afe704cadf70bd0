// SPDX-License-Identifier: Apache-2.0
// Offline checks of a candidate secret: checksums, structures, dates.
//
// A validator is a pure function of the candidate's bytes and the day. It
// never calls the network: "validated" here means that the value proves itself,
// not that the provider was asked. Each one can also make a value right
// (`seal`), so that examples and tests are made at run time and no
// token-shaped text is ever stored.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pushguard {

// What a check says of the candidate, and what becomes of the finding.
enum class Validity : uint8_t {
  valid,     // proves itself: the finding is confirmed
  unknown,   // nothing speaks for or against: the rule's confidence stays
  weakened,  // real in shape but worth less (expired, encrypted): possible
  invalid,   // the check that every such secret passes has failed: dropped
};

struct Validation {
  Validity validity = Validity::unknown;
  std::string note;  // for people, "" or like "checksum is valid"; never holds secret bytes
};

struct Validator {
  std::string_view name;     // as rule files write it: "github-crc32"
  std::string_view summary;  // one line for `pushguard rules show`
  // `now` is Unix time in seconds. Any bytes are allowed in `secret`.
  Validation (*check)(std::string_view secret, int64_t now);
  // Overwrites the check characters so that check() says `valid`; the size
  // never changes. Null where an example is valid by its generator alone.
  void (*seal)(std::string& secret);
  // What a person chose, out of its encoding: templates are judged by this as
  // well. Null where that is the secret as it stands.
  std::string (*decode)(std::string_view secret) = nullptr;
  // Whether the text before or behind the secret says that it opens nothing, as a
  // host reserved for documentation does: at most `possible`. Null: it cannot.
  bool (*is_for_show)(std::string_view before, std::string_view after) = nullptr;
};

}  // namespace pushguard
