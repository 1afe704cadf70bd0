// SPDX-License-Identifier: Apache-2.0
#include "audit/tree_state.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "audit/leaf.h"
#include "codec/checksums.h"

namespace pushguard {
namespace {

constexpr std::string_view kHead = "pushguard-tree/1\nsynced ";
constexpr size_t kDigits = 20;
constexpr size_t kStateAt = kHead.size() + 3 * kDigits + 3;
// 64 hashes and the lines before them.
constexpr size_t kMostBytes = 8192;

bool write_at(int fd, std::string_view text, size_t at) {
  return pwrite(fd, text.data(), text.size(), static_cast<off_t>(at)) ==
         static_cast<ssize_t>(text.size());
}

// Takes one line that begins with `key` and a blank off `text`, and returns what follows them.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view key) {
  const size_t end = text.find('\n');
  if (end == text.npos || !text.starts_with(key)) return std::nullopt;
  std::string_view line = text.substr(key.size(), end - key.size());
  text.remove_prefix(end + 1);
  return line;
}

// Takes "KEY NUMBER" and what blank there is off `line`.
template <typename Number>
bool take_number(std::string_view& line, std::string_view key, Number& number) {
  if (!line.starts_with(key)) return false;
  line.remove_prefix(key.size());
  const char* const end = line.data() + line.size();
  const auto [stop, failure] = std::from_chars(line.data(), end, number);
  if (failure != std::errc()) return false;
  line.remove_prefix(static_cast<size_t>(stop - line.data()));
  line.remove_prefix(line.starts_with(' '));
  return true;
}

std::optional<TreeState> parse(std::string_view text) {
  const std::string_view all = text;
  TreeState state;
  uint64_t records = 0;
  auto line = take_line(text, "");
  if (!line || !take_number(*line, "records ", records) || !take_number(*line, "end ", state.end) ||
      !take_number(*line, "first ", state.first) || !take_number(*line, "began ", state.began) ||
      !line->empty()) {
    return std::nullopt;
  }
  const auto leaf = take_line(text, "last ");
  const auto last = leaf ? hash_from_hex(*leaf) : std::nullopt;
  const auto tail = last ? take_line(text, "tail ") : std::nullopt;
  if (!tail) return std::nullopt;
  state.last = *last;
  state.tail = *tail;
  std::vector<TreeHash> roots;
  while (!text.starts_with("sum ")) {
    const auto hex = take_line(text, "");
    const auto root = hex ? hash_from_hex(*hex) : std::nullopt;
    if (!root) return std::nullopt;
    roots.push_back(*root);
  }
  const std::string_view summed = all.substr(0, all.size() - text.size());
  if (take_line(text, "sum ") != fmt::format("{:08x}", crc32_of(summed))) return std::nullopt;
  auto edge = TreeEdge::from(records, std::move(roots));
  if (!edge) return std::nullopt;
  state.edge = std::move(*edge);
  return state;
}

}  // namespace

void TreeState::append(std::string_view line, uint64_t line_end) {
  last = record_leaf(line);
  edge.append(last);
  end = line_end;
  tail = line.substr(line.size() - std::min(line.size(), kTailBytes));
}

std::optional<TreeState> read_tree_state(int fd, std::string_view& damage) {
  char bytes[kMostBytes];
  const ssize_t size = pread(fd, bytes, sizeof bytes, 0);
  damage = size == 0 ? "missing" : "damaged";
  const std::string_view text(bytes, static_cast<size_t>(std::max<ssize_t>(size, 0)));
  if (!text.starts_with(kHead) || text.size() < kStateAt) return std::nullopt;
  return parse(text.substr(kStateAt));
}

bool write_tree_state(int fd, const TreeState& state) {
  std::string text =
      fmt::format("records {} end {} first {} began {}\nlast {}\ntail {}\n", state.edge.size(),
                  state.end, state.first, state.began, to_hex(state.last), state.tail);
  for (const TreeHash& root : state.edge.roots()) text += to_hex(root) + '\n';
  text += fmt::format("sum {:08x}\n", crc32_of(text));
  return write_at(fd, text, kStateAt);
}

Synced read_synced(int fd) {
  char bytes[kStateAt];
  Synced synced;
  if (pread(fd, bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) return synced;
  std::string_view text(bytes, sizeof bytes);
  uint64_t again = 0;
  if (!take_number(text, kHead, synced.records) || !take_number(text, "", synced.inode) ||
      !take_number(text, "", again) || again != synced.records) {
    return {};
  }
  return synced;
}

bool write_synced(int fd, const Synced& synced) {
  return write_at(
      fd,
      fmt::format("{}{:020} {:020} {:020}\n", kHead, synced.records, synced.inode, synced.records),
      0);
}

}  // namespace pushguard
