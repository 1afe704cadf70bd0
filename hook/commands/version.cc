// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/version.h"

#include <fmt/format.h>

#include "commands/cli.h"
#include "commands/groups.h"
#include "keywords/filter.h"
#include "rules/built_in.h"

namespace pushguard {

std::string render_version() {
  const bool avx2 = filter_scan() != portable_filter_scan();
  return fmt::format("pushguard {}\ncommit:    {}\nrules:     {}, digest {}\nprocessor: {}\n",
                     version(), commit(), built_in_rules().rules.size(), built_in_digest(),
                     avx2 ? "with AVX2" : "without AVX2");
}

void add_version_command(CLI::App& app, int& result) {
  app.add_subcommand("version", "name the version, the commit and the rules")->callback([&result] {
    fmt::print("{}", render_version());
    result = 0;
  });
}

}  // namespace pushguard
