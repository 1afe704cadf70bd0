// SPDX-License-Identifier: Apache-2.0
#include "policy/bypass.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "vocabulary/characters.h"

namespace pushguard {
namespace {

constexpr std::string_view kNamespace = "pushguard.";
constexpr std::string_view kAllow = "pushguard.allow", kFalseAlarm = "pushguard.false-alarm",
                           kFormat = "pushguard.format";
constexpr size_t kShortestReason = 10;
constexpr size_t kMostIds = 10'000;

// A reason as people see it: what shows nothing becomes one blank, and none at its ends. How
// many characters it has.
std::pair<std::string, size_t> as_seen(std::string_view text) {
  std::string seen;
  size_t characters = 0;
  bool blank = false;
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::string_view bytes = text.substr(0, character.size);
    text.remove_prefix(character.size);
    if (!is_visible(character.code)) {
      blank = !seen.empty();
      continue;
    }
    if (std::exchange(blank, false)) {
      seen += ' ';
      ++characters;
    }
    seen += character.code == Character::kReplacement ? "?" : bytes;
    ++characters;
  }
  return {seen, characters};
}

}  // namespace

BypassRequests parse_bypasses(const std::vector<std::string>& options) {
  BypassRequests requests;
  const auto mistake = [&](std::string_view key, std::string_view what) {
    requests.mistakes.push_back(fmt::format("'{}' {}", key, what));
  };
  for (const std::string_view option : options) {
    if (!option.starts_with(kNamespace)) continue;
    const std::string_view key = option.substr(0, option.find('='));
    const std::string_view value = option.substr(std::min(option.size(), key.size() + 1));
    if (key == kFormat) {
      requests.json = value == "json";
      if (!requests.json) mistake(kFormat, "can only be 'json'");
      continue;
    }
    if (key != kAllow && key != kFalseAlarm) {
      requests.mistakes.push_back(
          fmt::format("the push options are '{}', '{}' and '{}'", kAllow, kFalseAlarm, kFormat));
      continue;
    }
    std::string_view names = value.substr(0, value.find(' '));
    auto [reason, characters] = as_seen(value.substr(names.size()));
    if (characters < kShortestReason) {
      mistake(key, "needs the ids and then a reason of 10 letters or more");
      continue;
    }
    auto& list = key == kAllow ? requests.wanted : requests.false_alarms;
    while (!names.empty()) {
      const std::string_view name = names.substr(0, names.find(','));
      names.remove_prefix(std::min(names.size(), name.size() + 1));
      if (!is_fingerprint(name)) {
        mistake(key, "needs the 16 digits of a secret's id");
        break;
      }
      if (list.size() >= kMostIds) {
        mistake(key, fmt::format("takes at most {} ids in all", kMostIds));
        break;
      }
      list.push_back({std::string(name), reason});
    }
  }
  return requests;
}

}  // namespace pushguard
