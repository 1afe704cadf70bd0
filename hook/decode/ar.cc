// SPDX-License-Identifier: Apache-2.0
#include "decode/ar.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace pushguard {
namespace {

// How many bytes in front of the content are its name, which `name` says as BSD writes it, #1/N;
// none if N is no number.
std::optional<size_t> front_name(std::string_view name) {
  constexpr std::string_view kMark = "#1/";
  if (!name.starts_with(kMark)) return 0;
  name.remove_prefix(kMark.size());
  size_t size = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), size);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return size;
}

}  // namespace

// The format: ar(5). Each file has a header of 60 bytes and begins at an even place.
void read_ar(std::string_view content, ArchiveBudget& budget, const OnEntry& entry,
             const OnGap& gap) {
  constexpr size_t kHeader = 60, kSize = 48;
  content.remove_prefix(std::min(content.size(), kArMagic.size()));
  while (!content.empty()) {
    const std::string_view header = content.substr(0, kHeader);
    const std::string_view digits = header.substr(std::min(header.size(), kSize), 10);
    uint64_t size = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    const std::string_view behind = digits.substr(static_cast<size_t>(end - digits.data()));
    if (header.size() < kHeader || !header.ends_with("`\n") || error != std::errc() ||
        behind.find_first_not_of(' ') != behind.npos) {
      if (!is_readable_filler(content)) gap(Cause::damaged, "the ar archive is damaged");
      return;
    }
    if (!budget.may_go_on(gap)) return;
    content.remove_prefix(kHeader);
    const std::string_view field = header.substr(0, 16);
    std::string_view name = field.substr(0, field.find_last_not_of(' ') + 1);
    if (name.size() > 1 && name.ends_with('/') && name != "#1/") name.remove_suffix(1);
    const bool ends_early = size > content.size();
    const size_t taken = ends_early ? content.size() : static_cast<size_t>(size);
    const std::string_view file = content.substr(0, std::min(taken, budget.bounds().most));
    budget.charge(file.size(), file.size());
    if (file.size() < taken) {
      gap(Cause::too_large,
          fmt::format("{} in an ar archive has more than {} bytes", named(name), file.size()));
    }
    const auto size_of_name = front_name(name);
    if (!size_of_name || *size_of_name > file.size()) {
      gap(Cause::damaged, "the ar archive is damaged");
      entry(name, file);
    } else if (*size_of_name == 0) {
      entry(name, file);
    } else {
      const std::string_view front = file.substr(0, *size_of_name);
      entry(front.substr(0, front.find('\0')), file.substr(front.size()));
    }
    if (ends_early) return gap(Cause::damaged, "the ar archive is damaged: it ends too early");
    content.remove_prefix(std::min(content.size(), taken + taken % 2));
  }
}

}  // namespace pushguard
