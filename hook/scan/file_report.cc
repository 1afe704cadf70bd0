// SPDX-License-Identifier: Apache-2.0
#include "scan/file_report.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/redaction.h"
#include "scan/progress.h"

namespace pushguard {
namespace {

using Json = nlohmann::ordered_json;

class Paths {
 public:
  explicit Paths(const FileReport& report) : report_(report) {
    for (const FileRow& row : report.rulings.rows) {
      if (row.in_name) names_.add(report.rulings.decision.ruled[row.ruled].exposure.secret);
    }
  }

  std::string of(const FileRow& row) const { return masked(report_.list.entries[row.entry].shown); }
  std::string masked(const std::string& path) const { return names_.apply(path); }

 private:
  const FileReport& report_;
  Redaction names_;
};

// By Ruling, in places.
std::array<size_t, 5> counts(const FileReport& report) {
  std::array<size_t, 5> counts{};
  for (const FileRow& row : report.rulings.rows) {
    ++counts[static_cast<size_t>(report.rulings.decision.ruled[row.ruled].ruling)];
  }
  return counts;
}

size_t number_of(const std::array<size_t, 5>& counts, Ruling ruling) {
  return counts[static_cast<size_t>(ruling)];
}

std::string summary(const FileReport& report) {
  const auto places = counts(report);
  std::string text =
      fmt::format("{} {}, {}: {} would block a push, {} would warn", grouped(report.scan.files),
                  report.scan.files == 1 ? "file" : "files", as_size(report.scan.bytes),
                  number_of(places, Ruling::blocked), number_of(places, Ruling::warned));
  for (const Ruling ruling : {Ruling::allowed, Ruling::ignored}) {
    if (const size_t count = number_of(places, ruling)) {
      text += fmt::format(", {} {}", count, to_string(ruling));
    }
  }
  if (!report.scan.skipped.empty()) {
    text += fmt::format(", {} not looked at", report.scan.skipped.size());
  }
  return text + '\n';
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string render_table(const FileReport& report) {
  constexpr size_t kColumns = 6, kWidest = 60;
  using Cells = std::array<std::string, kColumns>;
  const Paths paths(report);
  std::vector<Cells> lines;
  for (const FileRow& row : report.rulings.rows) {
    const Ruled& ruled = report.rulings.decision.ruled[row.ruled];
    if (ruled.ruling == Ruling::ignored) continue;
    if (lines.empty()) lines.push_back({"PLACE", "RULING", "RULE", "CONFIDENCE", "VALUE", "ID"});
    const std::string place =
        row.in_name          ? " (its name)"
        : row.packed.empty() ? fmt::format(":{}:{}", row.line, row.column)
                             : fmt::format(", entry {}:{}:{}", printable(paths.masked(row.packed)),
                                           row.line, row.column);
    const std::string encoding = row.encoding.empty() ? "" : fmt::format(" ({})", row.encoding);
    lines.push_back({printable(paths.of(row)) + place + encoding,
                     std::string(to_string(ruled.ruling)), std::string(ruled.exposure.rule->id),
                     std::string(to_string(ruled.exposure.confidence)),
                     ruled.exposure.secret.preview(), ruled.fingerprint});
  }
  // A place that is longer than most stands out of its column: it is never cut.
  std::array<size_t, kColumns> widths{};
  for (const Cells& cells : lines) {
    for (size_t i = 0; i < kColumns; ++i) {
      widths[i] = std::max(widths[i], std::min(cells[i].size(), kWidest));
    }
  }
  std::string text;
  for (const Cells& cells : lines) {
    std::string line;
    for (size_t i = 0; i < kColumns; ++i) line += fmt::format("{:<{}}  ", cells[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  if (!lines.empty()) text += '\n';
  text += summary(report);
  if (!report.no_key.empty() && !lines.empty()) {
    text += fmt::format("no ids are shown: {}\n", report.no_key);
  }
  return text;
}

std::string render_jsonl(const FileReport& report) {
  const Paths paths(report);
  std::string text;
  for (const FileRow& row : report.rulings.rows) {
    const Ruled& ruled = report.rulings.decision.ruled[row.ruled];
    const Exposure& exposure = ruled.exposure;
    text += dump({{"type", "finding"},
                  {"path", paths.of(row)},
                  {"in", row.in_name ? "name" : "content"},
                  {"line", row.line},
                  {"column", row.column},
                  {"entry", paths.masked(row.packed)},
                  {"encoding", row.encoding},
                  {"rule", exposure.rule->id},
                  {"description", exposure.rule->description},
                  {"confidence", to_string(exposure.confidence)},
                  {"validation", exposure.note},
                  {"fingerprint", ruled.fingerprint.empty() ? Json() : Json(ruled.fingerprint)},
                  {"preview", exposure.secret.preview()},
                  {"ruling", to_string(ruled.ruling)},
                  {"why", ruled.why}});
  }
  for (size_t i = 0; i < report.scan.skipped.size(); ++i) {
    const Skipped& skipped = report.scan.skipped[i];
    text += dump({{"type", "skipped"},
                  {"path", paths.masked(skipped.shown)},
                  {"why", to_string(skipped.why)},
                  {"detail", skipped.detail},
                  {"refused", static_cast<bool>(report.rulings.refused[i])}});
  }
  const auto places = counts(report);
  text += dump(
      {{"type", "summary"},
       {"files", report.scan.files},
       {"bytes", report.scan.bytes},
       {"blocked", number_of(places, Ruling::blocked)},
       {"warned", number_of(places, Ruling::warned)},
       {"allowed", number_of(places, Ruling::allowed)},
       {"ignored", number_of(places, Ruling::ignored)},
       {"skipped", report.scan.skipped.size()},
       {"fingerprints", report.no_key.empty() ? "of the site's key" : "none: " + report.no_key}});
  return text;
}

std::string render_skipped(const FileReport& report) {
  const Paths paths(report);
  std::string text;
  for (size_t i = 0; i < report.scan.skipped.size(); ++i) {
    const Skipped& skipped = report.scan.skipped[i];
    const std::string path = printable(paths.masked(skipped.shown));
    const std::string_view word = report.rulings.refused[i] ? "error" : "note";
    if (skipped.why == Skipped::Why::unreadable) {
      text += fmt::format("{}: cannot read '{}': {}\n", word, path, skipped.detail);
    } else {
      text += fmt::format("{}: '{}' was not looked at: {}\n", word, path,
                          printable(paths.masked(skipped.detail)));
    }
  }
  return text;
}

}  // namespace pushguard
