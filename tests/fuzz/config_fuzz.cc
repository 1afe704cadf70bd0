// SPDX-License-Identifier: Apache-2.0
// The configuration file.
#include "fuzz/fuzz.h"
#include "policy/config.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  return {"[policy]\nintroduced = { possible = \"warn\", likely = \"block\" }\n"
          "preexisting = { confirmed = \"ignore\" }\n",
          "[failures]\ndamaged = \"refuse\"\ntoo-large = \"accept\"\nlog = \"accept\"\n",
          "[limits]\nobject_mib = 512\nmemory_mib = 2048\nseconds = 120\n",
          "[bypass]\nenabled = true\n[audit]\ndirectory = \"/var/log/x\"\n",
          "[message]\ncontact = \"a@example.com\"\n[rules]\nextra = [\"/etc/x.toml\"]\n",
          "[[allow]]\npath = \"tests/*\"\nref = \"refs/heads/*\"\nrule = \"x\"\n"
          "fingerprint = \"0123456789abcdef\"\nreason = \"made up for a test\"\n"
          "expires = 2027-06-30\n"};
}

void run(std::string_view input) {
  const Config config = parse_config("config.toml", std::string(input));
  expect(config.text == input, "the text is kept for its digest");
  expect(config.time.count() > 0, "a push has some time");
  expect(config.limits.object_bytes > 0, "an object may have some bytes");
  for (const Allow& allow : config.allow) {
    expect(allow.rule || allow.path || allow.ref || allow.fingerprint, "an entry asks something");
    expect(!allow.reason.empty(), "an entry has a reason");
  }
}

}  // namespace pushguard::fuzz
