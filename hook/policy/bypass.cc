// SPDX-License-Identifier: Apache-2.0
#include "policy/bypass.h"

#include <string_view>

namespace pushguard {
namespace {

constexpr std::string_view kNamespace = "pushguard.";
constexpr std::string_view kAllow = "pushguard.allow=";
constexpr size_t kShortestReason = 10;

}  // namespace

BypassRequests parse_bypasses(const std::vector<std::string>& options) {
  BypassRequests requests;
  for (const std::string_view option : options) {
    if (!option.starts_with(kNamespace)) continue;
    if (!option.starts_with(kAllow)) {
      requests.mistakes.emplace_back("the only push option is 'pushguard.allow'");
      continue;
    }
    const std::string_view value = option.substr(kAllow.size());
    const std::string_view name = value.substr(0, value.find(' '));
    std::string_view reason = value.substr(name.size());
    reason.remove_prefix(std::min(reason.find_first_not_of(' '), reason.size()));
    if (!is_fingerprint(name)) {
      requests.mistakes.emplace_back("'pushguard.allow' needs the 16 digits of a secret's id");
    } else if (reason.size() < kShortestReason) {
      requests.mistakes.emplace_back("'pushguard.allow' needs a reason of 10 letters or more");
    } else {
      requests.wanted.push_back({std::string(name), std::string(reason)});
    }
  }
  return requests;
}

}  // namespace pushguard
