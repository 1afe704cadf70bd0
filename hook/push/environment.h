// SPDX-License-Identifier: Apache-2.0
// Environment variables: the process's, or a map, so that tests hand in their own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pushguard {

class Environment {
 public:
  using Variables = std::map<std::string, std::string, std::less<>>;

  explicit Environment(Variables variables) : variables_(std::move(variables)) {}
  static Environment of_process() { return Environment(); }

  // Empty values count as absent, as git's own reading of these does.
  std::optional<std::string> get(std::string_view name) const;

 private:
  Environment() = default;

  std::optional<Variables> variables_;  // none: the process's own
};

}  // namespace pushguard
