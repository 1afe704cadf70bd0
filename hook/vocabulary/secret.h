// SPDX-License-Identifier: Apache-2.0
// A secret's bytes, in a type that cannot be printed.
//
// There is no conversion to a string, no operator<< and no formatter: text for
// people goes through preview(), text for the log through a Fingerprint. The
// one door to the bytes is named so that a reader of the code sees it.
// Rejected: hashing at once (validators and comparisons need the bytes).
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace pushguard {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes) : bytes_(bytes) {}

  // For matching, hashing and redaction only, never for output.
  std::string_view reveal_for_comparison() const { return bytes_; }
  size_t size() const { return bytes_.size(); }

  // At most 4 leading characters, never more than a quarter of the secret,
  // then asterisks; control and non-ASCII bytes count as '?'.
  std::string preview() const;
  // With the last 2 characters of a secret of at least 24: it tells those apart that begin alike.
  std::string longer_preview() const;

  friend auto operator<=>(const Secret&, const Secret&) = default;
  friend bool operator==(const Secret&, const Secret&) = default;

 private:
  std::string bytes_;
};

}  // namespace pushguard
