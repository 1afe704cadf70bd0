// SPDX-License-Identifier: Apache-2.0
#include "templates/environment_file.h"

#include <algorithm>

namespace pushguard {
namespace {

using std::string_view;

constexpr string_view kExamples[] = {"example",   "examples", "sample",   "template", "tmpl", "tpl",
                                     "dist",      "default",  "defaults", "schema",   "test", "md",
                                     "encrypted", "enc",      "vault",    "age",      "gpg"};

// Extensions of files with settings. Others (`production.md`) only describe an environment.
constexpr string_view kSettings[] = {
    "env", "yml", "yaml", "json", "toml", "ini",    "properties", "conf",  "cfg", "xml",
    "rb",  "py",  "js",   "ts",   "php",  "config", "tfvars",     "local", "cnf", "exs"};

template <size_t kCount>
bool is_one_of(const string_view (&list)[kCount], string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

bool is_production(string_view part) { return part == "production" || part == "prod"; }

}  // namespace

bool is_environment_file(string_view path) {
  const string_view name = path.substr(path.rfind('/') + 1);
  bool production = false, dot_env = name == ".env" || name == ".envrc";
  string_view last;
  size_t number = 0;
  for (size_t begin = 0; begin <= name.size(); ++number) {
    const size_t end = std::min(name.find('.', begin), name.size());
    last = name.substr(begin, end - begin);
    if (is_one_of(kExamples, last)) return false;
    production = production || is_production(last);
    if (number == 1 && begin == 1 && last == "env") dot_env = true;  // ".env.local"
    begin = end + 1;
  }
  if (dot_env || last == "env") return name != "env";
  return production && is_one_of(kSettings, last);
}

}  // namespace pushguard
