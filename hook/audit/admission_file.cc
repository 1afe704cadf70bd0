// SPDX-License-Identifier: Apache-2.0
#include "audit/admission_file.h"

#include <fcntl.h>

#include <algorithm>

#include <fmt/format.h>

#include "audit/own_file.h"
#include "vocabulary/day.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

using std::chrono::sys_days;

constexpr std::string_view kWhat = "the list of admitted pushes";
constexpr std::string_view kHead = "pushguard-admitted/1\n";
constexpr size_t kMostBytes = 16 << 20;

// Cuts the text up to the next tab, or all of it, off `rest`.
std::string_view next(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find('\t'));
  rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  return word;
}

std::optional<std::pair<Oid, Admission>> parse(std::string_view line) {
  const auto tip = Oid::from_hex(next(line));
  const auto until = read_day(next(line));
  const std::string_view id = next(line), by = next(line);
  if (!tip || !until || id.empty() || by.empty() || line.empty()) return std::nullopt;
  return std::pair(*tip, Admission{std::string(id), std::string(by), std::string(line), *until});
}

}  // namespace

std::map<Oid, Admission> AdmissionFile::read() const {
  std::map<Oid, Admission> admitted;
  const Descriptor file = open_own_file(file_, kWhat, O_RDONLY);
  if (!file) return admitted;
  const std::string text = read_own_file(file, file_, kWhat, kMostBytes);
  std::string_view rest = text;
  bool is_right = rest.starts_with(kHead);
  for (rest.remove_prefix(std::min(kHead.size(), rest.size())); is_right && !rest.empty();) {
    const size_t end = rest.find('\n');
    const auto entry = end == rest.npos ? std::nullopt : parse(rest.substr(0, end));
    is_right = entry.has_value();
    if (!is_right) break;
    admitted.insert(*entry);
    rest.remove_prefix(end + 1);
  }
  if (is_right) return admitted;
  throw Error(fmt::format("{} '{}' is damaged: remove it, and admit again what is still to come",
                          kWhat, file_.native()));
}

void AdmissionFile::write(const std::map<Oid, Admission>& admitted, sys_days today) const {
  std::string text(kHead);
  for (const auto& [tip, one] : admitted) {
    if (today >= one.until) continue;
    text += fmt::format("{}\t{}\t{}\t{}\t{}\n", tip.hex(), to_string(one.until), one.id, one.by,
                        one.reason);
  }
  replace_own_file(file_, kWhat, text);
}

std::optional<Admission> AdmissionFile::find(std::span<const RefUpdate> updates,
                                             sys_days today) const {
  const std::map<Oid, Admission> admitted = read();
  if (admitted.empty()) return std::nullopt;
  std::optional<Admission> first;
  for (const RefUpdate& update : updates) {
    if (update.deletes()) continue;
    const auto entry = admitted.find(update.new_id);
    if (entry == admitted.end() || today >= entry->second.until) return std::nullopt;
    if (!first) first = entry->second;
  }
  return first;
}

void AdmissionFile::add(const Admission& admission, std::span<const Oid> tips,
                        sys_days today) const {
  std::map<Oid, Admission> admitted = read();
  for (const Oid& tip : tips) admitted[tip] = admission;
  write(admitted, today);
}

void AdmissionFile::use_up(std::span<const RefUpdate> updates, sys_days today) const {
  std::map<Oid, Admission> admitted = read();
  for (const RefUpdate& update : updates) admitted.erase(update.new_id);
  write(admitted, today);
}

}  // namespace pushguard
