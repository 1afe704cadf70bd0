// SPDX-License-Identifier: Apache-2.0
// Push options, which the client chooses. In an input they are separated by NULs.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "policy/bypass.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  using namespace std::string_literals;
  return {"pushguard.allow=0123456789abcdef a reason that is long enough",
          "pushguard.allow=0123456789abcdef\0pushguard.allow=short\0ci.skip"s, "pushguard.skip",
          "pushguard.allow=0123456789abcdef,fedcba9876543210 two of them for a reason",
          "pushguard.false-alarm=0123456789abcdef,x it is made up"};
}

void run(std::string_view input) {
  std::vector<std::string> options(1);
  for (const char c : input) {
    if (c == '\0') {
      options.emplace_back();
    } else {
      options.back() += c;
    }
  }
  const BypassRequests requests = parse_bypasses(options);
  const auto ids = static_cast<size_t>(std::ranges::count(input, ',')) + options.size();
  expect(requests.wanted.size() + requests.false_alarms.size() <= ids, "an id is one request");
  expect(requests.mistakes.size() <= options.size(), "an option is at most one mistake");
  for (const Bypass& bypass : requests.wanted) {
    expect(is_fingerprint(bypass.fingerprint), "a bypass names a fingerprint");
    expect(bypass.reason.size() >= 10, "a bypass has a reason");
  }
  for (const std::string& mistake : requests.mistakes) {
    expect(mistake.find('\n') == std::string::npos, "a mistake is one line");
  }
}

}  // namespace pushguard::fuzz
