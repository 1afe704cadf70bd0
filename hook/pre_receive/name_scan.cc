// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/name_scan.h"

#include <algorithm>
#include <iterator>

#include "detect/content_scanner.h"

namespace pushguard {

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
      result.findings.push_back({std::move(finding), {std::move(place)}});
    }
    std::ranges::copy(contents.unscanned(), std::back_inserter(result.unscanned));
  };
  for (const RefUpdate& update : push.updates) {
    if (!update.deletes()) scan(update.ref, Place::Kind::ref_name, update.ref);
  }
  for (const std::string& option : push.options) scan(option, Place::Kind::push_option, {});
  return result;
}

}  // namespace pushguard
