// SPDX-License-Identifier: Apache-2.0
#include "report/redaction.h"

#include <algorithm>
#include <utility>

namespace pushguard {
namespace {

size_t start(char first, char second) {
  return static_cast<size_t>(static_cast<uint8_t>(first)) << 8 | static_cast<uint8_t>(second);
}

}  // namespace

Redaction::Redaction(std::span<const Finding> found, std::span<const PlacedFinding> in_names,
                     const DroppedSecrets& dropped)
    : hides_all_(!dropped.all) {
  const auto add_both = [&](const Finding& finding) {
    add(finding.secret);
    add(finding.written);
  };
  for (const Finding& finding : found) add_both(finding);
  for (const PlacedFinding& one : in_names) add_both(one.finding);
  for (const Secret& secret : dropped.secrets) add(secret);
}

void Redaction::add(const Secret& secret) {
  if (secret.size() == 0) return;
  const std::string_view bytes = secret.reveal_for_comparison();
  if (bytes.find('\n') != bytes.npos) add_lines(bytes);
  if (starts_.empty()) starts_.resize(size_t{1} << 16);
  if (bytes.size() > 1) {
    starts_[start(bytes[0], bytes[1])] = true;
  } else {
    for (int next = 0; next < 256; ++next) starts_[start(bytes[0], static_cast<char>(next))] = true;
  }
  Group& group = by_head_[std::string(bytes.substr(0, kHead))];
  group.sizes.insert(bytes.size());
  group.secrets.emplace(bytes);
}

// Of a key, each line alone is worth hiding; short ones and markers are in other texts, too.
void Redaction::add_lines(std::string_view bytes) {
  constexpr size_t kShortest = 16;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    if (line.size() >= kShortest && !line.starts_with("-----")) add(Secret(line));
  }
}

size_t Redaction::size_at_start_of(std::string_view text) const {
  if (starts_.empty() || (text.size() > 1 && !starts_[start(text[0], text[1])])) return 0;
  for (size_t length = std::min(kHead, text.size()); length > 0; --length) {
    const auto group = by_head_.find(std::string(text.substr(0, length)));
    if (group == by_head_.end()) continue;
    for (const size_t size : group->second.sizes) {
      if (size > text.size()) continue;
      if (group->second.secrets.contains(std::string(text.substr(0, size)))) return size;
    }
  }
  return 0;
}

void Redaction::redact(std::string& text) const {
  if (hides_all_ && !text.empty()) text = "(left out)";
  if (hides_all_) return;
  std::string clean;
  const std::string_view all = text;
  size_t at = 0;
  for (size_t end = 0; at < all.size() && (at < end || clean.size() < kMostBytes); ++at) {
    const size_t size = size_at_start_of(all.substr(at));
    // One that begins in another may go on behind it.
    if (at >= end) clean += size > 0 ? Secret(all.substr(at, size)).preview() : all.substr(at, 1);
    end = std::max(end, at + size);
  }
  if (at < all.size()) clean += "...";
  text = std::move(clean);
}

void Redaction::redact(SharedText& text, Known& known) const {
  if (text.empty()) return;
  const auto [entry, added] = known.texts.try_emplace(text.identity(), Clean{text, {}});
  if (added) {
    std::string clean = text.str();
    redact(clean);
    entry->second.text = std::move(clean);
  }
  text = entry->second.text;
}

void Redaction::redact(Exposure& exposure, Known& known) const {
  redact(exposure.note);
  for (Place& place : exposure.places) {
    for (SharedText* text : {&place.path, &place.author, &place.subject, &place.ref, &place.entry,
                             &place.owners, &place.committer, &place.assistant}) {
      redact(*text, known);
    }
    if (!place.refs) continue;
    // The key keeps it alive: no other set of refs can have its address meanwhile.
    std::shared_ptr<const PlaceRefs>& clean = known.refs[place.refs];
    if (!clean) {
      PlaceRefs refs = *place.refs;
      for (std::string& name : refs.names) redact(name);
      clean = std::make_shared<const PlaceRefs>(std::move(refs));
    }
    place.refs = clean;
  }
  for (Exposure& partner : exposure.partners) redact(partner, known);
}

Redacted<std::string> Redaction::apply(std::string_view text) const {
  Redacted clean{std::string(text)};
  redact(clean.value_);
  return clean;
}

Redacted<Push> Redaction::apply(const Push& push) const {
  Redacted clean(push);
  for (RefUpdate& update : clean.value_.updates) redact(update.ref);
  for (std::string& option : clean.value_.options) redact(option);
  redact(clean.value_.repository);
  redact(clean.value_.pusher.name);
  redact(clean.value_.pusher.address);
  redact(clean.value_.pusher.via);
  std::string git_dir = clean.value_.git_dir.native();
  redact(git_dir);
  clean.value_.git_dir = std::move(git_dir);
  return clean;
}

Redacted<Decision> Redaction::apply(Decision decision) const {
  Known known;
  for (Judged& judged : decision.judged) {
    redact(judged.exposure, known);
    redact(judged.why);
  }
  for (JudgedUnscanned& one : decision.unscanned) {
    redact(one.what.detail);
    redact(one.what.path);
  }
  for (std::string& mistake : decision.bypass_mistakes) redact(mistake);
  for (Bypass& one : decision.false_alarms) redact(one.reason);
  if (decision.admission) redact(decision.admission->reason);
  return Redacted(std::move(decision));
}

}  // namespace pushguard
