// SPDX-License-Identifier: Apache-2.0
#include "audit/known_releases.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "audit/log.h"
#include "audit/own_file.h"
#include "audit/site_key.h"
#include "vocabulary/day.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;
using std::chrono::sys_days;

constexpr std::string_view kWhat = "the list of releases";
constexpr std::string_view kHead = "pushguard-releases/1\n";
constexpr size_t kMostBytes = 16'384;

Error failed(std::string_view what, const fs::path& path) {
  return Error(
      fmt::format("cannot {} {} '{}': {}", what, kWhat, path.native(), std::strerror(errno)));
}

std::optional<KnownRelease> read_line(std::string_view line) {
  const size_t blank = line.find(' ');
  if (blank == line.npos) return std::nullopt;
  const auto release = read_release(line.substr(0, blank));
  const std::string_view date = line.substr(blank + 1);
  const auto day = read_day(date);
  if (!release || (!day && date != "-")) return std::nullopt;
  return KnownRelease{*release, day};
}

bool has_all(const std::vector<KnownRelease>& known, std::span<const Release> releases) {
  return std::ranges::all_of(releases, [&](const Release& one) {
    return std::ranges::find(known, one, &KnownRelease::release) != known.end();
  });
}

}  // namespace

std::vector<KnownRelease> KnownReleases::read() const {
  std::vector<KnownRelease> known;
  const Descriptor file = open_own_file(file_, kWhat, O_RDONLY);
  if (!file) return known;
  char text[kMostBytes];
  const ssize_t size = ::read(file.get(), text, sizeof text);
  if (size < 0) throw failed("read", file_);
  std::string_view rest(text, static_cast<size_t>(size));
  bool is_right = rest.starts_with(kHead) && rest.size() < kMostBytes;
  for (rest.remove_prefix(std::min(kHead.size(), rest.size())); is_right && !rest.empty();) {
    const size_t end = rest.find('\n');
    const auto line = end == rest.npos ? std::nullopt : read_line(rest.substr(0, end));
    is_right = line.has_value();
    if (!is_right) break;
    known.push_back(*line);
    rest.remove_prefix(end + 1);
  }
  if (is_right) return known;
  throw Error(fmt::format("{} '{}' is damaged: put it back from a copy, or remove it (rules of the "
                          "newest release then warn again)",
                          kWhat, file_.native()));
}

std::vector<KnownRelease> KnownReleases::read_with(std::span<const Release> releases,
                                                   sys_days today) const {
  std::vector<KnownRelease> known = read();
  if (has_all(known, releases)) return known;
  AuditLog(directory_).under_lock([&](LockedLog&) {
    known = read();  // another push may have added them
    const bool is_new = known.empty() && is_new_site();
    for (const Release& release : releases) {
      if (has_all(known, std::span(&release, 1))) continue;
      known.push_back({release, is_new ? std::nullopt : std::optional(today)});
    }
    write(known);
  });
  return known;
}

// Whether no push was judged there yet. The log is there as soon as it is locked.
bool KnownReleases::is_new_site() const {
  std::error_code failure;
  const auto size = fs::file_size(AuditLog(directory_).file(), failure);
  return (failure || size == 0) && !fs::exists(directory_ / "key", failure);
}

void KnownReleases::write(const std::vector<KnownRelease>& known) const {
  std::string text(kHead);
  for (const KnownRelease& one : known) {
    text += fmt::format("{} {}\n", to_string(one.release),
                        one.first_push ? to_string(*one.first_push) : "-");
  }
  replace_own_file(file_, kWhat, text);
}

NewRules new_rules_at(const fs::path& directory, std::span<const Release> releases,
                      std::chrono::days days, sys_days today) {
  NewRules rules{{}, today, days, {}};
  if (days.count() == 0) return rules;
  try {
    rules.known = KnownReleases(directory).read_with(releases, today);
  } catch (const LogBusy&) {
    throw;  // the push cannot be put on record either
  } catch (const Error& error) {
    rules.unknown_because = error.what();
  }
  return rules;
}

}  // namespace pushguard
