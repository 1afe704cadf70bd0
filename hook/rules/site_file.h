// SPDX-License-Identifier: Apache-2.0
// A file of a site's own rules, in either of two formats: ours ([[rule]]) or
// gitleaks' ([[rules]]), told apart by their top-level keys.
//
// The rules get the lints of the built-in ones. Those that cost only speed are
// warnings: a rule whose keywords are not proved, or whose matches have no
// longest length, is run on whole objects. One that sees too far for the parts
// of large blobs (context_needed.h) has a warning too.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "rules/rule_file.h"

namespace pushguard {

struct RuleText {
  std::string name, text;
};

struct SiteFile {
  bool is_gitleaks = false;
  std::vector<RawRule> rules;         // at least one
  std::vector<std::string> warnings;  // "rules.toml:12: ...", one line each
  std::vector<RuleText> texts;        // the file, then those it extends

  // At the [[rule]] or [[rules]] of one of `rules`.
  FileError error_at(const RawRule& rule, std::string_view message) const;
};

// Throws FileErrors or FileError for mistakes, Error for a file that cannot be read.
SiteFile read_site_file(const std::filesystem::path& path);

}  // namespace pushguard
