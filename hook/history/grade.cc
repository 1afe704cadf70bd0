// SPDX-License-Identifier: Apache-2.0
#include "history/grade.h"

#include <algorithm>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr string_view kKinds[] = {
    "env",    "yml",    "yaml", "json", "toml", "ini",    "properties", "conf",  "cfg",   "cnf",
    "xml",    "plist",  "tf",   "hcl",  "sh",   "tfvars", "config",     "bash",  "zsh",   "ps1",
    "bat",    "cmd",    "py",   "js",   "ts",   "jsx",    "tsx",        "mjs",   "cjs",   "rb",
    "go",     "java",   "kt",   "kts",  "cs",   "swift",  "php",        "rs",    "scala", "c",
    "cc",     "cpp",    "h",    "hpp",  "m",    "dart",   "ex",         "exs",   "pl",    "lua",
    "groovy", "gradle", "sql",  "vue",  "r",    "svelte", "npmrc",      "local", "prod"};

// Whole words of paths: "test_client.py", "docs/", "ClientTest.java".
constexpr string_view kMadeUp[] = {
    "test",       "tests",    "testing",    "testdata", "spec",      "specs",     "fixture",
    "fixtures",   "example",  "examples",   "sample",   "samples",   "demo",      "demos",
    "mock",       "mocks",    "stub",       "stubs",    "doc",       "docs",      "documentation",
    "guide",      "guides",   "tutorial",   "tmpl",     "tutorials", "template",  "dist",
    "min",        "lock",     "snapshots",  "e2e",      "fuzz",      "golden",    "benchmark",
    "vendor",     "vendored", "locale",     "locales",  "i18n",      "cassettes", "recordings",
    "testserver", "fstest",   "playground", "openapi",  "swagger",   "suites"};

template <size_t kCount>
bool is_one_of(const string_view (&list)[kCount], string_view word) {
  return std::ranges::any_of(list, [&](string_view one) {
    return std::ranges::equal(one, word, [](char a, char b) { return a == to_lower(b); });
  });
}

}  // namespace

bool says_made_up(string_view path) {
  for (const string_view folder : {"node_modules/", "third_party/", "site-packages/"}) {
    if (path.find(folder) != path.npos) return true;
  }
  for (size_t begin = 0; begin < path.size();) {
    if (!is_alnum(path[begin])) {
      ++begin;
      continue;
    }
    size_t end = begin + 1;
    while (end < path.size() && is_alnum(path[end]) &&
           !(is_upper(path[end]) && is_lower(path[end - 1]))) {
      ++end;
    }
    if (is_one_of(kMadeUp, path.substr(begin, end - begin))) return true;
    begin = end;
  }
  return false;
}

bool is_settings_or_code(string_view path) {
  const string_view name = path.substr(path.rfind('/') + 1);
  const size_t dot = name.rfind('.');
  const bool is_known = dot != name.npos && is_one_of(kKinds, name.substr(dot + 1));
  const bool is_env = name.starts_with(".env") || name == "Dockerfile" || name == "Jenkinsfile" ||
                      name == "Makefile" || name == ".npmrc";
  return (is_known || is_env) && !says_made_up(path);
}

void grade(std::vector<Exposure>& exposures) {
  std::erase_if(exposures, [](const Exposure& exposure) {
    return exposure.is_spent && exposure.confidence == Confidence::possible &&
           exposure.more_places == 0 &&
           std::ranges::all_of(exposure.places, [](const Place& place) {
             return place.kind == Place::Kind::file && says_made_up(place.path);
           });
  });
  for (Exposure& exposure : exposures) {
    if (exposure.confidence != Confidence::possible || !exposure.is_strong ||
        !exposure.approved_in.empty()) {
      continue;
    }
    const auto is_real = [](const Place& place) {
      return place.kind == Place::Kind::file && place.entry.empty() &&
             is_settings_or_code(place.path);
    };
    if (std::ranges::any_of(exposure.places, is_real)) exposure.confidence = Confidence::likely;
  }
}

}  // namespace pushguard
