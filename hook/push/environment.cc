// SPDX-License-Identifier: Apache-2.0
#include "push/environment.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace pushguard {

std::optional<std::string> Environment::get(std::string_view name) const {
  if (!variables_) {
    // Two dozen names are asked for at every push; none is long.
    std::array<char, 64> terminated{};
    if (name.size() >= terminated.size()) return std::nullopt;
    std::ranges::copy(name, terminated.begin());
    const char* value = std::getenv(terminated.data());
    return value && *value ? std::optional<std::string>(value) : std::nullopt;
  }
  const auto found = variables_->find(name);
  if (found == variables_->end() || found->second.empty()) return std::nullopt;
  return found->second;
}

}  // namespace pushguard
