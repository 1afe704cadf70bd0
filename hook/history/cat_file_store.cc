// SPDX-License-Identifier: Apache-2.0
#include "history/cat_file_store.h"

#include <charconv>

#include <fmt/format.h>

#include "push/alternates.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

struct Ended {};

std::vector<std::string> environment_for(const std::vector<std::filesystem::path>& directories,
                                         const std::filesystem::path& git_dir) {
  std::vector<std::string> variables = git_environment(git_dir);
  variables.push_back("GIT_OBJECT_DIRECTORY=" + directories.front().native());
  variables.push_back("GIT_ALTERNATE_OBJECT_DIRECTORIES=" +
                      format_alternates({directories.begin() + 1, directories.end()}));
  return variables;
}

}  // namespace

CatFileStore::CatFileStore(const std::vector<std::filesystem::path>& directories,
                           const std::filesystem::path& git_dir)
    : environment_(environment_for(directories, git_dir)) {
  start();
}

void CatFileStore::start() {
  buffer_.clear();
  used_ = 0;
  git_.emplace(std::vector<std::string>{"cat-file", "--batch-command"}, environment_);
}

template <typename Answer>
std::optional<Answer> CatFileStore::unless_it_ends(
    std::optional<Answer> (CatFileStore::*question)(const Oid&), const Oid& id) {
  try {
    return (this->*question)(id);
  } catch (const Ended&) {
  }
  start();
  try {
    Oid none;  // the id of no object, to test whether git answers at all
    none.size = id.size;
    ask_header(none);
  } catch (const Ended&) {
    throw Error("git cat-file ended without an answer");
  }
  return std::nullopt;
}

std::optional<StoredObject> CatFileStore::read(const Oid& id) {
  return unless_it_ends(&CatFileStore::ask_content, id);
}

std::optional<StoredHeader> CatFileStore::header(const Oid& id) {
  return unless_it_ends(&CatFileStore::ask_header, id);
}

bool CatFileStore::contains(const Oid& id) { return header(id).has_value(); }

std::optional<StoredObject> CatFileStore::ask_content(const Oid& id) {
  const auto header = ask("contents", id);
  if (!header) return std::nullopt;
  StoredObject object{header->type, read_bytes(header->size)};
  read_bytes(1);  // the line feed after the content
  return object;
}

std::optional<StoredHeader> CatFileStore::ask_header(const Oid& id) { return ask("info", id); }

std::optional<StoredHeader> CatFileStore::ask(std::string_view command, const Oid& id) {
  if (!git_->write(fmt::format("{} {}\n", command, id.hex()))) throw Ended();
  // "<id> <type> <size>", or "<id> missing"
  const std::string answer = read_line();
  const size_t first = answer.find(' '), last = answer.rfind(' ');
  if (first == last) return std::nullopt;
  StoredHeader header{object_type(std::string_view(answer).substr(first + 1, last - first - 1)), 0};
  std::from_chars(answer.data() + last + 1, answer.data() + answer.size(), header.size);
  return header;
}

std::string CatFileStore::read_line() {
  while (buffer_.find('\n', used_) == buffer_.npos) fill();
  std::string line = read_bytes(buffer_.find('\n', used_) + 1 - used_);
  line.pop_back();
  return line;
}

std::string CatFileStore::read_bytes(size_t count) {
  while (buffer_.size() - used_ < count) fill();
  std::string bytes = buffer_.substr(used_, count);
  used_ += count;
  return bytes;
}

void CatFileStore::fill() {
  buffer_.erase(0, used_);
  used_ = 0;
  char chunk[65536];
  const size_t got = git_->read(chunk);
  if (got == 0) throw Ended();
  buffer_.append(chunk, got);
}

}  // namespace pushguard
