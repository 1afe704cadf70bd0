// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/let_in_scan.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "audit/site_key.h"
#include "detect/content_scanner.h"
#include "history/returned.h"

namespace pushguard {
namespace {

void add(const Exposure& exposure, const Judged& judged, bool accepted, const SiteKey& key,
         const Fingerprint& repository, std::vector<LetIn>& list) {
  const bool let_in = accepted && judged.for_places &&
                      (judged.outcome == Outcome::allowed || judged.outcome == Outcome::bypassed);
  for (const Place& place : exposure.places) {
    const bool in_certificate = accepted && place.kind == Place::Kind::push_certificate &&
                                judged.outcome != Outcome::ignored;
    // A commit is at no path, and comes back as itself alone.
    const bool has_place = place.object.size != 0 && place.kind != Place::Kind::commit;
    if (!in_certificate && !(let_in && has_place)) continue;
    const bool has_path = place.kind == Place::Kind::file && !judged.for_refs;
    list.push_back({repository, place.object, exposure.fingerprint,
                    has_path ? fingerprint(Secret(place.path), key) : ""});
  }
}

}  // namespace

LetInList::LetInList(const std::filesystem::path& directory) {
  for (LetIn& entry : LetInFile(directory).read()) {
    if (entry.secret.empty()) {
      unread_.insert(entry.object);
    } else {
      secrets_.insert(entry.secret);
    }
    objects_[entry.object].emplace(std::move(entry.secret), std::move(entry.path));
  }
  if (!objects_.empty()) key_ = site_key(directory);
}

OidSet LetInList::objects() const {
  OidSet ids;
  for (const auto& [id, known] : objects_) ids.insert(id);
  return ids;
}

bool LetInList::knows(const Secret& secret) const {
  return secrets_.contains(fingerprint(secret, key_));
}

bool LetInList::knows(const Oid& object, const Secret& secret) const {
  const auto known = objects_.find(object);
  if (known == objects_.end()) return false;
  const auto first = known->second.lower_bound({fingerprint(secret, key_), ""});
  return first != known->second.end() && first->first == fingerprint(secret, key_);
}

bool LetInList::knows(const Oid& object, const Secret& secret, const std::string& path) const {
  const auto known = objects_.find(object);
  return known != objects_.end() &&
         known->second.contains({fingerprint(secret, key_), fingerprint(Secret(path), key_)});
}

LetInBefore scan_returned(const LetInList& list, const Push& push, const PushGraph& graph,
                          ObjectStore& objects, Scanner& scanner, const Limits& limits,
                          Collected& seen) {
  LetInBefore before;
  before.knows = [&](const Secret& secret) { return list.knows(secret); };
  before.stands_at = [&](const Finding& finding, const std::string& path) {
    return list.knows(finding.object, finding.secret, path);
  };
  before.objects = returned_objects(list.objects(), push, graph, objects, limits, seen.unscanned);
  OidSet scanned;
  for (const Finding& finding : seen.findings) scanned.insert(finding.object);
  std::vector<Oid> ids(before.objects.begin(), before.objects.end());
  std::ranges::sort(ids);
  ContentScanner contents(scanner, limits);
  for (const Oid& id : ids) {
    if (scanned.contains(id)) continue;
    const auto header = objects.header(id);
    const auto unscanned = [&](Why why, std::string detail) {
      seen.unscanned.add({id, header ? header->type : ObjectType::unknown,
                          header ? header->size : 0, why, std::move(detail)});
    };
    if (limits.out_of_time()) {
      unscanned(Why::out_of_time, "an exception let it in, and the push moves it elsewhere");
      continue;
    }
    if (header && header->size > limits.object_bytes) {
      unscanned(Why::too_large,
                fmt::format("an exception let it in, and the push moves it elsewhere: {} bytes, "
                            "and the limit is {}",
                            header->size, limits.object_bytes));
      continue;
    }
    const auto object = header ? objects.read(id) : std::nullopt;
    if (!header) continue;  // gone, and with it what was let in
    if (!object) {
      unscanned(Why::damaged,
                "an exception let it in, the push moves it elsewhere, and it cannot be read");
      continue;
    }
    for (Finding& finding : contents.scan({id, object->type, object->content})) {
      const bool counts = list.is_unread(id) || list.knows(id, finding.secret);
      if (counts) seen.findings.push_back(std::move(finding));
    }
    for (const Unscanned& what : contents.unscanned()) seen.unscanned.add(what);
  }
  seen.drop_overflow();
  return before;
}

LetIn unread_certificate(const Push& push, const std::filesystem::path& directory) {
  return {fingerprint(Secret(push.git_dir.native()), site_key(directory)), *push.certificate, "",
          ""};
}

std::vector<LetIn> let_in_by(const Decision& decision, const std::filesystem::path& directory,
                             const Push& push) {
  std::vector<LetIn> list;
  std::optional<SiteKey> key;
  Fingerprint repository;
  const bool accepted = decision.verdict == Verdict::accepted;
  const auto is_of_certificate = [&](const JudgedUnscanned& one) {
    return push.certificate && one.what.id == *push.certificate;
  };
  bool is_unread = std::ranges::any_of(decision.unscanned, is_of_certificate);
  for (const Judged& judged : decision.judged) {
    const bool in_certificate = std::ranges::any_of(judged.exposure.places, [](const Place& place) {
      return place.kind == Place::Kind::push_certificate;
    });
    if (in_certificate && !accepted && judged.outcome != Outcome::ignored) is_unread = true;
    if ((!in_certificate || !accepted) && !judged.for_places) continue;
    if (!key) {
      key = site_key(directory);
      repository = fingerprint(Secret(push.git_dir.native()), *key);
    }
    add(judged.exposure, judged, accepted, *key, repository, list);
    for (const Exposure& partner : judged.exposure.partners)
      add(partner, judged, accepted, *key, repository, list);
  }
  if (is_unread) list.push_back(unread_certificate(push, directory));
  return list;
}

}  // namespace pushguard
