// SPDX-License-Identifier: Apache-2.0
#include "scan/judged_files.h"

#include <algorithm>
#include <map>

#include "history/pairs.h"

namespace pushguard {
namespace {

Place place_of(const FileFinding& found, const Entry& entry) {
  Place place;
  place.kind = found.in_name ? Place::Kind::file_name : Place::Kind::file;
  // As the hook has it: a name stands in its directory.
  const size_t slash = entry.path.rfind('/');
  place.path = !found.in_name               ? entry.path
               : slash == std::string::npos ? std::string()
                                            : entry.path.substr(0, slash);
  place.entry = found.finding.entry;
  place.encoding = found.finding.encoding;
  place.line = found.finding.line;
  place.column = found.finding.column;
  return place;
}

}  // namespace

JudgedFiles judge_files(const FileList& list, FileScan& scan, const std::optional<SiteKey>& key,
                        const Config& config, std::chrono::sys_days today) {
  std::vector<Exposure> exposures;
  std::map<Secret, size_t> known;
  for (const FileFinding& found : scan.findings) {
    const Finding& finding = found.finding;
    const auto [place, added] = known.try_emplace(finding.secret, exposures.size());
    if (added) exposures.emplace_back();
    Exposure& exposure = exposures[place->second];
    add_finding(exposure, finding);
    exposure.places.push_back(place_of(found, list.entries[found.entry]));
  }
  pair_exposures(exposures);
  std::vector<Fingerprint> fingerprints;
  const auto id_of = [&](const Secret& secret) {
    return key ? fingerprint(secret, *key) : Fingerprint();
  };
  for (Exposure& exposure : exposures) {
    fingerprints.push_back(id_of(exposure.secret));
    for (Partner& partner : exposure.partners) {
      partner.fingerprint = id_of(partner.exposure.secret);
    }
  }

  JudgedFiles result;
  result.decision = decide(std::move(exposures), std::move(fingerprints), {}, {}, config, today);
  for (size_t i = 0; i < result.decision.judged.size(); ++i) {
    const Exposure& exposure = result.decision.judged[i].exposure;
    known[exposure.secret] = i;
    for (const Partner& partner : exposure.partners) known[partner.exposure.secret] = i;
  }
  for (const FileFinding& found : scan.findings) {
    result.rows.push_back({found.entry, found.in_name, found.finding.line, found.finding.column,
                           found.finding.entry, found.finding.encoding,
                           known.at(found.finding.secret)});
  }
  for (const Skipped& skipped : scan.skipped) {
    result.refused.push_back(skipped.why == Skipped::Why::unreadable ||
                             (skipped.why == Skipped::Why::too_large &&
                              config.refuse_unscanned[static_cast<size_t>(Why::too_large)]) ||
                             (skipped.why == Skipped::Why::archive &&
                              config.refuse_unscanned[static_cast<size_t>(Why::archive)]));
  }
  return result;
}

int JudgedFiles::exit_code() const {
  if (decision.verdict == Verdict::refused) return 1;
  return std::ranges::count(refused, true) > 0 ? 2 : 0;
}

}  // namespace pushguard
