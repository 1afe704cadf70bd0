// SPDX-License-Identifier: Apache-2.0
#include "commands/import.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "rules/rule_writer.h"
#include "rules/site_file.h"
#include "vocabulary/error.h"

namespace pushguard {

int import_rules(const std::string& path, const std::string& output) {
  const SiteFile file = read_site_file(path);
  const WrittenRules written = write_rules(file.rules);
  std::FILE* report = output == "-" ? stderr : stdout;
  fmt::print(report, "format: {}\nrules: {}\n",
             file.is_gitleaks ? "gitleaks ([[rules]])" : "Pushguard ([[rule]])", file.rules.size());
  for (const RawRule& rule : file.rules) {
    fmt::print(report, "  {}:{}: {}\n", rule.file, rule.line, rule.id);
  }
  fmt::print(report, "warnings: {}\n", file.warnings.size());
  for (const std::string& warning : file.warnings) fmt::print(report, "  {}\n", warning);
  if (output.empty()) return 0;
  if (output == "-") {
    fmt::print("{}", written.text);
  } else {
    std::ofstream out(output, std::ios::binary);
    if (!(out << written.text << std::flush)) {
      throw Error(fmt::format("cannot write '{}': {}", output, std::strerror(errno)));
    }
  }
  fmt::print(report, "written: {}, each needs examples now\nnot written: {}\n",
             file.rules.size() - written.left_out.size(), written.left_out.size());
  for (const std::string& rule : written.left_out) fmt::print(report, "  {}\n", rule);
  return 0;
}

void print_warnings(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) fmt::print(stderr, "warning: {}\n", warning);
}

}  // namespace pushguard
