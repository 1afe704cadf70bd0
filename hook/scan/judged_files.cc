// SPDX-License-Identifier: Apache-2.0
#include "scan/judged_files.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "history/grade.h"
#include "history/pairs.h"

namespace pushguard {
namespace {

Place place_in(const FileFinding& found, const Entry& entry) {
  Place place = place_of(found.finding);
  place.kind = found.in_name ? Place::Kind::file_name : Place::Kind::file;
  // As in the hook: the place of a file's name is its directory.
  const size_t slash = entry.path.rfind('/');
  place.path = !found.in_name               ? entry.path
               : slash == std::string::npos ? std::string()
                                            : entry.path.substr(0, slash);
  return place;
}

// Several rules may find one secret in one place, which is one row all the same.
std::vector<FileRow> rows_of(const FileScan& scan, const Decision& decision) {
  std::map<Secret, size_t> number;  // in Decision::judged
  for (size_t i = 0; i < decision.judged.size(); ++i) {
    const Exposure& exposure = decision.judged[i].exposure;
    number[exposure.secret] = i;
    for (const Exposure& partner : exposure.partners) number[partner.secret] = i;
  }
  std::vector<FileRow> rows;
  for (const auto& [entry, in_name, finding] : scan.findings) {
    const auto judged = number.find(finding.secret);
    if (judged == number.end()) continue;  // grade() dropped it
    rows.push_back({entry, in_name, finding.line, finding.column, finding.entry, finding.encoding,
                    judged->second});
  }
  const auto position = [](const FileRow& row) {
    return std::tuple(row.entry, !row.in_name, std::string_view(row.packed), row.line, row.column,
                      row.judged);
  };
  std::ranges::stable_sort(rows, {}, position);
  const auto again = std::ranges::unique(rows, {}, position);
  rows.erase(again.begin(), again.end());
  return rows;
}

}  // namespace

JudgedFiles judge_files(const FileList& list, const FileScan& scan,
                        const std::optional<SiteKey>& key, const Config& config,
                        std::chrono::sys_days today) {
  std::vector<PlacedFinding> placed;
  for (const FileFinding& found : scan.findings) {
    placed.push_back({found.finding, {place_in(found, list.entries[found.entry])}});
  }
  std::vector<Exposure> exposures = make_exposures(std::move(placed));
  pair_exposures(exposures);
  grade(exposures);
  if (key) set_fingerprints(exposures, *key);

  JudgedFiles result;
  result.decision = decide(std::move(exposures), {}, {}, config, today);
  result.rows = rows_of(scan, result.decision);
  for (const UnscannedFile& file : scan.unscanned) {
    result.refused.push_back(file.why == UnscannedFile::Why::unreadable ||
                             file.why == UnscannedFile::Why::object_storage ||
                             (file.why == UnscannedFile::Why::too_large &&
                              config.refuse_unscanned[static_cast<size_t>(Why::too_large)]) ||
                             (file.why == UnscannedFile::Why::archive &&
                              config.refuse_unscanned[static_cast<size_t>(Why::archive)]));
  }
  return result;
}

int JudgedFiles::exit_code() const {
  if (decision.verdict == Verdict::refused) return 1;
  return std::ranges::count(refused, true) > 0 ? 2 : 0;
}

}  // namespace pushguard
