// SPDX-License-Identifier: Apache-2.0
// Push options, which the client chooses. In an input they are separated by NULs.
#include "fuzz/fuzz.h"
#include "policy/bypass.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  using namespace std::string_literals;
  return {"pushguard.allow=0123456789abcdef a reason that is long enough",
          "pushguard.allow=0123456789abcdef\0pushguard.allow=short\0ci.skip"s, "pushguard.skip"};
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
  expect(requests.wanted.size() + requests.mistakes.size() <= options.size(),
         "an option is one request or one mistake");
  for (const Bypass& bypass : requests.wanted) {
    expect(is_fingerprint(bypass.fingerprint), "a bypass names a fingerprint");
    expect(bypass.reason.size() >= 10, "a bypass has a reason");
  }
  for (const std::string& mistake : requests.mistakes) {
    expect(mistake.find('\n') == std::string::npos, "a mistake is one line");
  }
}

}  // namespace pushguard::fuzz
