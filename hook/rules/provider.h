// SPDX-License-Identifier: Apache-2.0
// What is known of an issuer besides how its credentials look: rules/providers.toml.
//
// A refusal says what to use in place of a stored secret; `rules show` says the rest. The table
// is found by Rule::provider when there is a finding. It is numbers and characters only, as
// PackedRules is, so it costs nothing at start.
// Rejected: these texts in each rule (a provider has up to 30 rules, and the texts are its own).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/toml_file.h"

namespace pushguard {

// Each is plain text for a person, and "" where it is not known.
struct Provider {
  std::string_view instead;  // what to use in place of a stored secret: one line of a message
  std::string_view revoke;   // the commands or calls that end the credential
  std::string_view affects;  // what dies with it, and what stays alive after it
  std::string_view misuse;   // where its use by others can be seen
};

// One [[provider]] as written.
struct RawProvider {
  std::vector<std::string> names;
  std::string instead, revoke, affects, misuse;
};

// Throws FileErrors with one mistake for each row: an unknown or missing key, a text that is too
// long or not plain, a name that stands there twice or is none of `providers`.
std::vector<RawProvider> read_providers(const TomlFile& file,
                                        std::span<const std::string_view> providers);

// Rows without pointers, sorted by name.
struct ProviderTable {
  struct Text {
    uint32_t at, size;
  };
  struct Row {
    Text name, instead, revoke, affects, misuse;
  };

  // Nothing is known of it: all texts are "".
  Provider find(std::string_view name) const;

  std::string_view pool;
  std::span<const Row> rows;
};

}  // namespace pushguard
