// SPDX-License-Identifier: Apache-2.0
#include "audit/log_mend.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "audit/leaf.h"
#include "audit/log_lines.h"
#include "audit/own_file.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr std::string_view kWhat = "the audit log";

namespace fs = std::filesystem;

uint64_t size_of(int fd, const fs::path& path) {
  struct stat info {};
  if (fstat(fd, &info) != 0) throw file_error("read", kWhat, path);
  return static_cast<uint64_t>(info.st_size);
}

// Whether the bytes before `end` are `tail` and a line feed.
bool ends_with_tail(int fd, const TreeState& tree, std::string_view line_end = "\n") {
  if (tree.end == 0) return true;
  const std::string expected = tree.tail + std::string(line_end);
  char bytes[TreeState::kTailBytes + 1];
  const uint64_t begin = tree.end - tree.tail.size() - 1;
  return pread(fd, bytes, expected.size(), static_cast<off_t>(begin)) ==
             static_cast<ssize_t>(expected.size()) &&
         std::string_view(bytes, expected.size()) == expected;
}

// The size of the file up to its last line feed, inclusive.
uint64_t whole_lines(int fd, const fs::path& path, uint64_t size) {
  char chunk[4096];
  while (size > 0) {
    const uint64_t begin = size - std::min<uint64_t>(size, sizeof chunk);
    const ssize_t got = pread(fd, chunk, size - begin, static_cast<off_t>(begin));
    if (got != static_cast<ssize_t>(size - begin)) throw file_error("read", kWhat, path);
    const std::string_view text(chunk, size - begin);
    if (const size_t feed = text.rfind('\n'); feed != text.npos) return begin + feed + 1;
    size = begin;
  }
  return 0;
}

void write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw file_error("keep a torn record of", kWhat, path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

// Copies the bytes from `begin` to `end` of the log to its `.torn` file, as a line.
void keep_aside(int fd, const fs::path& path, uint64_t begin, uint64_t end) {
  const fs::path aside = path.native() + ".torn";
  const Descriptor file =
      open_own_file(aside, "the file of torn records", O_WRONLY | O_CREAT | O_APPEND);
  if (!file) throw file_error("keep a torn record of", kWhat, path);
  char chunk[65536];
  while (begin < end) {
    const size_t wanted = std::min<uint64_t>(end - begin, sizeof chunk);
    const ssize_t got = pread(fd, chunk, wanted, static_cast<off_t>(begin));
    if (got <= 0) throw file_error("read", kWhat, path);
    write_all(file.get(), {chunk, static_cast<size_t>(got)}, aside);
    begin += static_cast<uint64_t>(got);
  }
  write_all(file.get(), "\n", aside);
  if (fdatasync(file.get()) != 0) throw file_error("keep a torn record of", kWhat, path);
}

// The log's lines from the end of `mended.tree` on become leaves.
void take_in_lines(int fd, const fs::path& path, Mended& mended) {
  LogLines lines(fd, path, mended.tree.end);
  while (lines.next()) {
    const auto head = read_head(lines.line());
    if (mended.tree.edge.size() == 0 && mended.tree.end == 0 && head && head->edge) {
      mended.tree.edge = *head->edge;  // the file begins amid the log
      mended.tree.first = head->seq;
      mended.tree.last = head->prev.value_or(TreeHash{});
    }
    ++(head ? mended.caught_up : mended.untracked);
    mended.tree.append(lines.line(), lines.end());
  }
}

// Takes what stands behind the last line feed out of the log.
void take_off_torn(int fd, const fs::path& path, Mended& mended) {
  const uint64_t size = size_of(fd, path), whole = whole_lines(fd, path, size);
  if (whole == size) return;
  mended.torn_bytes = size - whole;
  keep_aside(fd, path, whole, size);
  if (ftruncate(fd, static_cast<off_t>(whole)) == 0) return;
  // A file that can only be appended to keeps them, as a line.
  if (errno != EPERM) throw file_error("mend", kWhat, path);
  write_all(fd, "\n", path);
  if (!mended.altered) take_in_lines(fd, path, mended);
}

}  // namespace

Mended mend_log(int fd, const fs::path& path, std::optional<TreeState> known,
                std::string_view damage) {
  Mended mended;
  const uint64_t size = size_of(fd, path);
  if (known && known->end == size && ends_with_tail(fd, *known)) {
    mended.tree = std::move(*known);
    return mended;
  }
  if (!known) {
    if (size > 0 || damage != "missing") mended.rebuilt = damage;
    take_in_lines(fd, path, mended);
    mended.caught_up = 0;  // all of it is
    take_off_torn(fd, path, mended);
    return mended;
  }
  mended.tree = std::move(*known);
  TreeState& tree = mended.tree;
  const LogChange change{tree.edge.size(), tree.end, size};
  if (size == 0) {
    mended.emptied = change;
    tree.first = tree.edge.size();
    tree.end = 0;
    tree.tail.clear();
  } else if (size > tree.end && ends_with_tail(fd, tree)) {
    take_in_lines(fd, path, mended);
    take_off_torn(fd, path, mended);
  } else {
    mended.altered = change;
    const bool is_feed_alone = size + 1 == tree.end && ends_with_tail(fd, tree, "");
    if (is_feed_alone) {
      write_all(fd, "\n", path);
    } else {
      take_off_torn(fd, path, mended);
    }
    tree.end = size_of(fd, path);
  }
  return mended;
}

}  // namespace pushguard
