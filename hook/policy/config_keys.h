// SPDX-License-Identifier: Apache-2.0
// The keys of the configuration file: one table, from which the parser knows what
// is no key, and the manual page its text.
//
// A key that is not in this table is a mistake in every file, so no key can be read without
// being documented. Rejected: a schema language that also checks values (saying what is
// wrong with a path or a date takes code).
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace pushguard {

struct ConfigKey {
  std::string_view table;          // "policy.introduced"; "allow" for [[allow]]
  std::string_view key;            // "likely"
  std::string_view type;           // for people: "\"block\", \"warn\" or \"ignore\""
  std::string_view default_value;  // as TOML; "" where nothing is set
  std::string_view meaning;        // one sentence, without its full stop
};

// A table of the file, and what it is for.
struct ConfigTable {
  std::string_view name;
  bool many;  // written [[name]], any number of times
  std::string_view meaning;
};

// Both in the order in which people read them.
std::span<const ConfigTable> config_tables();
std::span<const ConfigKey> config_keys();

// The names of the keys and tables allowed in `table`; "" is the top level of the file.
std::vector<std::string_view> keys_in(std::string_view table);

}  // namespace pushguard
