// SPDX-License-Identifier: Apache-2.0
// The standard input of the hook, which git writes.
#include "fuzz/fuzz.h"
#include "push/ref_update.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  std::vector<std::string> lines;
  for (const size_t digits : {40, 64}) {
    const std::string none(digits, '0'), a(digits, 'a'), b(digits, 'b');
    lines.push_back(none + " " + a + " refs/heads/main\n");
    lines.push_back(a + " " + none + " refs/tags/v1\n");
    lines.push_back(a + " " + b + " refs/heads/a\n" + none + " " + b + " refs/notes/commits\n");
  }
  lines.push_back(lines[0] + lines[3]);
  return lines;
}

void run(std::string_view input) {
  const auto updates = parse_ref_updates(input);
  expect(!updates.empty(), "no line at all is an error");
  for (const RefUpdate& update : updates) {
    expect(update.old_id.size == updates.front().new_id.size, "ids have one size");
    expect(update.new_id.size == updates.front().new_id.size, "ids have one size");
    expect(!update.ref.empty(), "a ref has a name");
    expect(input.find(update.ref) != input.npos, "a ref is as it was written");
  }
}

}  // namespace pushguard::fuzz
