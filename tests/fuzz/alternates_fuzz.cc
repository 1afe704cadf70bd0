// SPDX-License-Identifier: Apache-2.0
// GIT_ALTERNATE_OBJECT_DIRECTORIES, and the file info/alternates.
#include "fuzz/fuzz.h"
#include "push/alternates.h"
#include "support/git.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  return {"/a:/b", "\"/co:lon \\\"q\\\" \\t\\303\\244\":/b", "../b\n# comment\n\n/c\n", "\"/a\n:"};
}

void run(std::string_view input) {
  test::write_file(scratch() / "info/alternates", input);
  const auto followed = with_alternates({scratch()});
  expect(!followed.empty() && followed.front() == scratch(), "the nearest comes first");
  const auto paths = parse_alternates(input);
  for (const auto& path : paths) expect(!path.empty(), "an empty path is none");
  if (input.find('\0') == input.npos) {
    expect(parse_alternates(format_alternates(paths)) == paths, "written paths are read back");
  }
}

}  // namespace pushguard::fuzz
