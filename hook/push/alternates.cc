// SPDX-License-Identifier: Apache-2.0
#include "push/alternates.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>

#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 5;

// One C-quoted string at the start of `text`, which is moved behind it.
std::string unquote(std::string_view& text) {
  static constexpr std::string_view kEscapes = "abfnrtv\"\\";
  static constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\"\\";
  std::string path;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return path;
    }
    if (text[i] != '\\') {
      path += text[i];
      continue;
    }
    if (++i == text.size()) break;
    if (const size_t known = kEscapes.find(text[i]); known != kEscapes.npos) {
      path += kMeanings[known];
      continue;
    }
    int value = 0;
    size_t digits = 0;
    while (digits < 3 && i + digits < text.size() && text[i + digits] >= '0' &&
           text[i + digits] <= '7') {
      value = 8 * value + (text[i + digits++] - '0');
    }
    if (digits != 3) break;
    path += static_cast<char>(value);
    i += 2;
  }
  throw Error("GIT_ALTERNATE_OBJECT_DIRECTORIES has a quoted path that does not end");
}

// None of a file that cannot be read. Not by a stream: the first one of a program
// sets up its locales.
std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "re"),
                                                             std::fclose);
  if (!file) return lines;
  char* line = nullptr;
  size_t room = 0;
  for (ssize_t size; (size = getline(&line, &room, file.get())) >= 0;) {
    const std::string_view text(line, static_cast<size_t>(size));
    lines.emplace_back(text.substr(0, text.size() - text.ends_with('\n')));
  }
  std::free(line);
  return lines;
}

void add(const fs::path& directory, int depth, std::vector<fs::path>& found) {
  std::error_code failure;
  const fs::path real = fs::canonical(directory, failure);
  if (failure || std::ranges::find(found, real) != found.end()) return;
  found.push_back(real);
  if (depth == kDeepest) return;
  for (const std::string& line : lines_of(real / "info" / "alternates")) {
    if (line.empty() || line[0] == '#') continue;
    std::string_view rest = line;
    const fs::path next = line[0] == '"' ? unquote(rest) : line;
    add(next.is_absolute() ? next : real / next, depth + 1, found);
  }
}

}  // namespace

std::vector<fs::path> parse_alternates(std::string_view value) {
  std::vector<fs::path> paths;
  while (!value.empty()) {
    std::string path;
    if (value[0] == '"') {
      path = unquote(value);
      value.remove_prefix(std::min(value.find(':'), value.size()));
    } else {
      const size_t end = std::min(value.find(':'), value.size());
      path = value.substr(0, end);
      value.remove_prefix(end);
    }
    if (!value.empty()) value.remove_prefix(1);
    if (!path.empty()) paths.emplace_back(path);
  }
  return paths;
}

std::string format_alternates(const std::vector<fs::path>& directories) {
  std::string value;
  for (const fs::path& directory : directories) {
    const std::string& path = directory.native();
    if (!value.empty()) value += ':';
    if (path.find(':') == path.npos && path[0] != '"') {
      value += path;
      continue;
    }
    value += '"';
    for (const char c : path) {
      if (c == '"' || c == '\\') value += '\\';
      value += c;
    }
    value += '"';
  }
  return value;
}

std::vector<fs::path> with_alternates(const std::vector<fs::path>& directories) {
  std::vector<fs::path> found;
  for (const fs::path& directory : directories) add(directory, 0, found);
  return found;
}

}  // namespace pushguard
