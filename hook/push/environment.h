// The process environment as a map, so that tests hand in their own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pushguard {

class Environment {
 public:
  explicit Environment(std::map<std::string, std::string, std::less<>> variables)
      : variables_(std::move(variables)) {}
  static Environment of_process();

  // Empty values count as absent, as git's own reading of these does.
  std::optional<std::string> get(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> variables_;
};

}  // namespace pushguard
