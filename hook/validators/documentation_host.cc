// SPDX-License-Identifier: Apache-2.0
#include "validators/documentation_host.h"

#include <algorithm>
#include <string>

#include "codec/encodings.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

bool is_host_byte(char c) {
  return kBase62UpperFirst.find(c) != kBase62UpperFirst.npos || c == '-' || c == '.' || c == '_';
}

}  // namespace

bool is_at_documentation_host(std::string_view, std::string_view after) {
  constexpr size_t kLongest = 253;  // RFC 1035
  constexpr std::string_view kNames[] = {".example", ".example.com", ".example.net", ".example.org",
                                         ".test",    ".invalid",     ".localhost"};
  constexpr std::string_view kAddresses[] = {"192.0.2.", "198.51.100.", "203.0.113."};
  if (!after.starts_with('@')) return false;
  after.remove_prefix(1);
  const auto end = std::ranges::find_if_not(after.substr(0, kLongest), is_host_byte);
  const std::string host = to_lower(std::string_view(after.begin(), end));
  const std::string rooted = "." + host;
  return host != "localhost" &&
         (std::ranges::any_of(kNames, [&](auto name) { return rooted.ends_with(name); }) ||
          std::ranges::any_of(kAddresses, [&](auto start) { return host.starts_with(start); }));
}

}  // namespace pushguard
