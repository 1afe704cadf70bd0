#include "detect/environment_file.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace pushguard {
namespace {

using std::string_view;

// The longest name that is looked at, with its mode: a fresh id may stand
// behind bytes that are not fresh.
constexpr size_t kLongestEntry = 300;

// What all such names contain, in the case in which they are written.
constexpr string_view kMarks[] = {".env", "prod"};

constexpr string_view kExamples[] = {"example", "examples", "sample", "template", "tmpl", "tpl",
                                     "dist",    "default",  "defaults", "schema", "test", "md",
                                     "encrypted", "enc",    "vault",   "age",     "gpg"};

// Forms of files that hold settings; others (`production.md`) are about one.
constexpr string_view kSettings[] = {"env", "yml", "yaml", "json", "toml",   "ini",  "properties",
                                     "conf", "cfg", "xml",  "rb",   "py",     "js",   "ts",
                                     "php",  "config", "tfvars", "local", "cnf", "exs"};

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

void add_environment_files(string_view content, std::span<const Range> fresh, size_t hash_size,
                           std::unordered_set<Oid, OidHash>& files) {
  const bool marked = std::ranges::any_of(fresh, [&](const Range& range) {
    const size_t begin = range.begin - std::min(range.begin, kLongestEntry);
    const string_view part = content.substr(begin, range.end - begin);
    return std::ranges::any_of(kMarks, [&](string_view mark) {
      return memmem(part.data(), part.size(), mark.data(), mark.size()) != nullptr;
    });
  });
  if (!marked) return;
  auto next = fresh.begin();
  for (size_t begin = 0; begin < content.size();) {
    const size_t space = content.find(' ', begin), null = content.find('\0', begin);
    if (null == string_view::npos || space > null || content.size() - null <= hash_size) return;
    const size_t end = null + 1 + hash_size;
    while (next != fresh.end() && next->end <= begin) ++next;
    if (next == fresh.end()) return;
    const bool is_file = content[begin] == '1' && content.substr(begin, 3) != "160";
    if (is_file && next->begin < end &&
        is_environment_file(content.substr(space + 1, null - space - 1))) {
      const auto* id = reinterpret_cast<const uint8_t*>(content.data()) + null + 1;
      files.insert(Oid::from_raw({id, hash_size}));
    }
    begin = end;
  }
}

}  // namespace pushguard
