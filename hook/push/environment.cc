#include "push/environment.h"

#include <cstdlib>

namespace pushguard {

std::optional<std::string> Environment::get(std::string_view name) const {
  if (!variables_) {
    const char* value = std::getenv(std::string(name).c_str());
    return value && *value ? std::optional<std::string>(value) : std::nullopt;
  }
  const auto found = variables_->find(name);
  if (found == variables_->end() || found->second.empty()) return std::nullopt;
  return found->second;
}

}  // namespace pushguard
