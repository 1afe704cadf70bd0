// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/name_scan.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "detect/content_scanner.h"

namespace pushguard {

namespace {

void keep(NameScan& names, Finding finding, Place place) {
  if (names.findings.size() < Collected::kMostFindings) {
    names.findings.push_back({std::move(finding), {std::move(place)}});
    return;
  }
  if (!names.overflowed) {
    names.overflowed = true;
    names.unscanned.push_back(
        {{},
         ObjectType::unknown,
         0,
         Why::too_many_findings,
         fmt::format("only the first {} findings in names are kept", Collected::kMostFindings)});
  }
  names.dropped.add(finding.secret);
  names.dropped.add(finding.written);
}

}  // namespace

NameScan scan_names(const Push& push, Scanner& scanner, const Limits& limits) {
  ContentScanner contents(scanner, limits);
  NameScan result;
  const auto scan = [&](std::string_view text, Place::Kind kind, std::string_view ref) {
    for (Finding& finding : contents.scan({{}, ObjectType::unknown, text})) {
      if (!is_about_all(*finding.rule)) continue;
      finding.allowlists_by_place = 0;  // no file and no commit, that a list could speak of
      Place place;
      place.kind = kind;
      place.ref = ref;
      place.encoding = finding.encoding;
      keep(result, std::move(finding), std::move(place));
    }
    std::ranges::copy(contents.unscanned(), std::back_inserter(result.unscanned));
  };
  for (const RefUpdate& update : push.updates) {
    if (limits.out_of_time()) {
      result.dropped.all = false;  // what was not found cannot be masked
      result.unscanned.push_back({{},
                                  ObjectType::unknown,
                                  0,
                                  Why::out_of_time,
                                  "the names of refs were not looked through to the end"});
      break;
    }
    if (!update.deletes()) scan(update.ref, Place::Kind::ref_name, update.ref);
  }
  // The host's own words are no place of a finding.
  std::string words = push.pusher.name + '\n' + push.pusher.address + '\n' + push.git_dir.native();
  if (push.repository != push.git_dir.native()) words += '\n' + push.repository;
  for (const Finding& finding : contents.scan({{}, ObjectType::unknown, words})) {
    result.dropped.add(finding.secret);
    result.dropped.add(finding.written);
  }
  for (const std::string& option : push.options) scan(option, Place::Kind::push_option, {});
  return result;
}

void scan_certificate(const Push& push, ObjectStore& objects, Scanner& scanner,
                      const Limits& limits, NameScan& names) {
  const Oid& id = *push.certificate;
  const auto header = objects.header(id);
  const auto unscanned = [&](Why why, std::string detail) {
    names.unscanned.push_back(
        {id, ObjectType::blob, header ? header->size : 0, why, std::move(detail)});
  };
  if (header && header->size > limits.object_bytes) {
    return unscanned(Why::too_large,
                     fmt::format("the push certificate: {} bytes, and the limit is {}",
                                 header->size, limits.object_bytes));
  }
  const auto certificate = header ? objects.read(id) : std::nullopt;
  if (!certificate) return unscanned(Why::damaged, "the push certificate cannot be read");
  ContentScanner contents(scanner, limits);
  for (Finding& finding : contents.scan({id, certificate->type, certificate->content})) {
    if (!is_about_all(*finding.rule)) continue;
    finding.allowlists_by_place = 0;
    Place place = place_of(finding);
    place.kind = Place::Kind::push_certificate;
    keep(names, std::move(finding), std::move(place));
  }
  std::ranges::copy(contents.unscanned(), std::back_inserter(names.unscanned));
}

}  // namespace pushguard
