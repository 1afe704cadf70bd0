// SPDX-License-Identifier: Apache-2.0
#include "audit/let_in.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "audit/own_file.h"
#include "audit/site_key.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWhat = "the list of what was let in";
constexpr std::string_view kFormat = "pushguard-let-in/1 ";
constexpr size_t kMostBytes = LetInFile::kMost * 128;

Error failed(std::string_view what, const fs::path& path) {
  return Error(
      fmt::format("cannot {} {} '{}': {}", what, kWhat, path.native(), std::strerror(errno)));
}

Error damaged(const fs::path& path, size_t line) {
  return Error(fmt::format("{} '{}' is damaged in line {}: put it back from a copy, or remove it "
                           "(secrets in it may then be moved to other paths unseen)",
                           kWhat, path.native(), line));
}

std::string head_line(const fs::path& directory) {
  return fmt::format("{}{}\n", kFormat, fingerprint(Secret(kFormat), site_key(directory)));
}

std::string line_of(const LetIn& entry) {
  return fmt::format("{} {} {} {}\n", entry.repository, entry.object.hex(),
                     entry.secret.empty() ? "-" : entry.secret,
                     entry.path.empty() ? "-" : entry.path);
}

// Nothing when it is no such line.
std::optional<LetIn> parse(std::string_view line) {
  std::string_view words[4];
  for (size_t i = 0; i < 4; ++i) {
    const size_t end = line.find(' ');
    if ((end == line.npos) != (i == 3)) return std::nullopt;
    words[i] = line.substr(0, end);
    line.remove_prefix(i == 3 ? line.size() : end + 1);
  }
  const auto object = Oid::from_hex(words[1]);
  const auto is_known = [](std::string_view word) { return word == "-" || is_fingerprint(word); };
  if (!object || !is_fingerprint(words[0]) || !is_known(words[2]) || !is_known(words[3])) {
    return std::nullopt;
  }
  const auto value = [](std::string_view word) { return word == "-" ? "" : std::string(word); };
  return LetIn{std::string(words[0]), *object, value(words[2]), value(words[3])};
}

}  // namespace

std::vector<LetIn> LetInFile::read() const {
  std::vector<LetIn> list = read_waiting();  // first: what waits may be taken in meanwhile
  const size_t waiting = list.size();
  const Descriptor file = open_own_file(file_, kWhat, O_RDONLY);
  if (!file) return list;
  const std::string text = read_own_file(file, file_, kWhat, kMostBytes);
  std::string_view rest = text;
  const std::string_view head = rest.substr(0, rest.find('\n') + 1);
  if (!head.starts_with(kFormat)) throw damaged(file_, 1);
  if (head != head_line(directory_)) {
    throw Error(fmt::format("{} '{}' was written under another key: put '{}' back from a copy",
                            kWhat, file_.native(), (directory_ / "key").native()));
  }
  rest.remove_prefix(head.size());
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    auto entry = end == rest.npos ? std::nullopt : parse(rest.substr(0, end));
    if (!entry) throw damaged(file_, list.size() - waiting + 2);
    list.push_back(std::move(*entry));
    rest.remove_prefix(end + 1);
  }
  return list;
}

std::vector<LetIn> LetInFile::read_waiting() const {
  std::vector<LetIn> list;
  const Descriptor file = open_own_file(waiting(), kWhat, O_RDONLY);
  if (!file) return list;
  const std::string text = read_own_file(file, waiting(), kWhat, kMostBytes);
  for (std::string_view rest = text; !rest.empty();) {
    const size_t end = rest.find('\n');
    auto entry = end == rest.npos ? std::nullopt : parse(rest.substr(0, end));
    if (!entry) throw damaged(waiting(), list.size() + 1);
    list.push_back(std::move(*entry));
    rest.remove_prefix(end + 1);
  }
  return list;
}

void LetInFile::add_waiting(const LetIn& one) const {
  make_audit_directory(directory_);
  const Descriptor file = open_own_file(waiting(), kWhat, O_WRONLY | O_CREAT | O_APPEND);
  const std::string line = line_of(one);
  if (!file || flock(file.get(), LOCK_EX) != 0 ||
      write(file.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    throw failed("write", waiting());
  }
}

void LetInFile::add(std::vector<LetIn> more, const std::function<bool(const Oid&)>& is_gone) const {
  if (more.empty()) return;
  const Fingerprint repository = more.front().repository;
  // Its lock keeps others from adding what would be cut off unread.
  const Descriptor taken_in = open_own_file(waiting(), kWhat, O_RDWR);
  if (taken_in && flock(taken_in.get(), LOCK_EX) != 0) throw failed("lock", waiting());
  std::vector<LetIn> list = read();
  std::erase_if(list, [&](const LetIn& entry) {
    return entry.repository == repository && is_gone(entry.object);
  });
  std::ranges::move(more, std::back_inserter(list));
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
  if (list.size() > kMost) {
    throw Error(fmt::format("{} '{}' has no room: {} entries are the most; remove the lines of "
                            "repositories that are gone",
                            kWhat, file_.native(), kMost));
  }
  std::string text = head_line(directory_);
  for (const LetIn& entry : list) text += line_of(entry);
  make_audit_directory(directory_);
  replace_own_file(file_, kWhat, text);
  if (taken_in && ftruncate(taken_in.get(), 0) != 0) throw failed("write", waiting());
}

}  // namespace pushguard
