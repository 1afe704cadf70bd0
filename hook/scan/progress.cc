// SPDX-License-Identifier: Apache-2.0
#include "scan/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace pushguard {
namespace {

constexpr size_t kUsualWidth = 80;

size_t terminal_width() {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kUsualWidth;
}

// From 0 to 1, also where files grew while they were read.
double share(uint64_t done, uint64_t all) {
  if (all == 0) return 1;
  return std::min(1.0, static_cast<double>(done) / static_cast<double>(all));
}

}  // namespace

std::string grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string as_size(uint64_t bytes) {
  constexpr std::string_view kUnits[] = {"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  double value = static_cast<double>(bytes) / 1024;
  size_t unit = 0;
  for (; value >= 1024 && unit + 1 < std::size(kUnits); ++unit) value /= 1024;
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string progress_line(uint64_t done, uint64_t all, std::span<const std::string> parts,
                          size_t width) {
  constexpr size_t kBar = 24;
  const double shown = share(done, all);
  const auto filled = static_cast<size_t>(shown * kBar);
  std::string line =
      fmt::format("[{:#<{}}{:-<{}}] {:3.0f}%", "", filled, "", kBar - filled, shown * 100);
  if (line.size() > width) return "";
  for (const std::string& text : parts) {
    if (line.size() + text.size() > width) break;
    line += text;
  }
  return line;
}

std::string progress_line(const ScanState& state, size_t entries, uint64_t bytes, size_t width) {
  const uint64_t done = state.bytes;
  const std::string parts[] = {
      fmt::format("  {} of {} files", grouped(state.entries), grouped(entries)),
      fmt::format("  {}", as_size(done)), fmt::format("  {} found", grouped(state.findings))};
  return bytes > 0 ? progress_line(done, bytes, parts, width)
                   : progress_line(state.entries, entries, parts, width);
}

Progress::Progress(std::function<std::string(size_t)> line)
    : line_(std::move(line)), is_terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (drawn_) std::fputs("\r\033[K", stderr);
}

void Progress::tell(const std::string& line) const {
  if (!is_terminal_) fmt::print(stderr, "{}\n", line);
}

void Progress::draw() {
  if (!is_terminal_) return;
  // The last column stays free: a full line would wrap.
  fmt::print(stderr, "\r{}\033[K", line_(terminal_width() - 1));
  drawn_ = true;
}

}  // namespace pushguard
