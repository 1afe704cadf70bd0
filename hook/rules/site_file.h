// SPDX-License-Identifier: Apache-2.0
// A file of a site's own rules, in our format ([[rule]]) or that of gitleaks ([[rules]]); the
// top-level keys decide which.
//
// The rules get the same lints as built-in ones. A lint about speed only is a warning: a rule
// whose keywords are not proved, or whose matches have no longest size, is run on whole
// objects. A rule that needs more context than the parts of large blobs have
// (context_needed.h) gets a warning as well.
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
