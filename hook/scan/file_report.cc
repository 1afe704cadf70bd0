// SPDX-License-Identifier: Apache-2.0
#include "scan/file_report.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/redaction.h"
#include "report/text.h"
#include "scan/progress.h"
#include "scan/table.h"

namespace pushguard {
namespace {

using Json = nlohmann::ordered_json;

// The names of files, without those secrets that were found in names.
class Names {
 public:
  explicit Names(const FileReport& report) : report_(report), redaction_(found_in_names(report)) {}

  std::string of(const FileRow& row) const { return masked(report_.list.entries[row.entry].shown); }
  std::string masked(std::string_view text) const { return *redaction_.apply(text); }

 private:
  static std::vector<Finding> found_in_names(const FileReport& report) {
    std::vector<Finding> found;
    for (const FileFinding& one : report.scan.findings) {
      if (one.in_name) found.push_back(one.finding);
    }
    return found;
  }

  const FileReport& report_;
  const Redaction redaction_;
};

// By Outcome, in places.
std::array<size_t, 5> counts(const FileReport& report) {
  std::array<size_t, 5> counts{};
  for (const FileRow& row : report.rulings.rows) {
    ++counts[static_cast<size_t>(report.rulings.decision.judged[row.judged].outcome)];
  }
  return counts;
}

size_t number_of(const std::array<size_t, 5>& counts, Outcome outcome) {
  return counts[static_cast<size_t>(outcome)];
}

std::string summary(const FileReport& report) {
  const auto places = counts(report);
  std::string text =
      fmt::format("{} {}, {}: {} would block a push, {} would warn", grouped(report.scan.files),
                  report.scan.files == 1 ? "file" : "files", as_size(report.scan.bytes),
                  number_of(places, Outcome::blocked), number_of(places, Outcome::warned));
  for (const Outcome outcome : {Outcome::allowed, Outcome::ignored}) {
    if (const size_t count = number_of(places, outcome)) {
      text += fmt::format(", {} {}", count, to_string(outcome));
    }
  }
  const auto is_history = [](const UnscannedFile& file) {
    return file.why == UnscannedFile::Why::history;
  };
  const auto histories = std::ranges::count_if(report.scan.unscanned, is_history);
  const auto others = std::ssize(report.scan.unscanned) - histories;
  if (others > 0) text += fmt::format(", {} not looked at", others);
  if (histories > 0) {
    text += fmt::format(", {} not looked at",
                        histories == 1 ? "1 history" : fmt::format("{} histories", histories));
  }
  return text + '\n';
}

// What one rule reports, by Outcome in places.
struct RuleCount {
  std::array<size_t, 5> places{};
  std::set<size_t> entries;
};

// By the rule that describes the secret: of several at a place the surest.
RuleCount count_of(const FileReport& report, const Rule& rule) {
  RuleCount count;
  for (const FileRow& row : report.rulings.rows) {
    const Judged& judged = report.rulings.decision.judged[row.judged];
    if (judged.exposure.rule != &rule) continue;
    ++count.places[static_cast<size_t>(judged.outcome)];
    count.entries.insert(row.entry);
  }
  return count;
}

std::string rule_counts(const FileReport& report) {
  constexpr std::string_view kRule = "RULE";
  size_t width = kRule.size();
  for (const Rule& rule : report.counted) width = std::max(width, rule.id.size());
  std::string text;
  for (const Rule& rule : report.counted) {
    if (text.empty()) {
      text = fmt::format("{:<{}}  WOULD BLOCK  WOULD WARN  ALLOWED  FILES\n", kRule, width);
    }
    const RuleCount count = count_of(report, rule);
    text += fmt::format("{:<{}}  {:>11}  {:>10}  {:>7}  {:>5}\n", rule.id, width,
                        number_of(count.places, Outcome::blocked),
                        number_of(count.places, Outcome::warned),
                        number_of(count.places, Outcome::allowed), count.entries.size());
  }
  return text.empty() ? text : text + '\n';
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string render_table(const FileReport& report) {
  const Names names(report);
  std::vector<std::vector<std::string>> lines;
  for (const FileRow& row : report.rulings.rows) {
    const Judged& judged = report.rulings.decision.judged[row.judged];
    if (judged.outcome == Outcome::ignored) continue;
    if (lines.empty()) lines.push_back({"PLACE", "RULING", "RULE", "CONFIDENCE", "VALUE", "ID"});
    const std::string place =
        row.in_name          ? " (its name)"
        : row.packed.empty() ? fmt::format(":{}:{}", row.line, row.column)
                             : fmt::format(", entry {}:{}:{}", printable(names.masked(row.packed)),
                                           row.line, row.column);
    const std::string encoding = row.encoding.empty() ? "" : fmt::format(" ({})", row.encoding);
    lines.push_back({printable(names.of(row)) + place + encoding,
                     std::string(to_string(judged.outcome)), std::string(judged.exposure.rule->id),
                     std::string(to_string(judged.exposure.confidence)),
                     judged.exposure.secret.preview(), judged.exposure.fingerprint});
  }
  std::string text = render_columns(lines);
  if (!lines.empty()) text += '\n';
  text += rule_counts(report) + summary(report);
  if (!report.no_key.empty() && !lines.empty()) {
    text += fmt::format("no ids are shown: {}\n", report.no_key);
  }
  return text;
}

std::string render_jsonl(const FileReport& report) {
  const Names names(report);
  std::string text;
  for (const FileRow& row : report.rulings.rows) {
    const Judged& judged = report.rulings.decision.judged[row.judged];
    const Exposure& exposure = judged.exposure;
    text +=
        dump({{"type", "finding"},
              {"path", names.of(row)},
              {"in", row.in_name ? "name" : "content"},
              {"line", row.line},
              {"column", row.column},
              {"entry", names.masked(row.packed)},
              {"encoding", row.encoding},
              {"rule", exposure.rule->id},
              {"description", exposure.rule->description},
              {"confidence", to_string(exposure.confidence)},
              {"validation", exposure.note},
              {"fingerprint", exposure.fingerprint.empty() ? Json() : Json(exposure.fingerprint)},
              {"preview", exposure.secret.preview()},
              {"ruling", to_string(judged.outcome)},
              {"why", judged.why}});
  }
  for (size_t i = 0; i < report.scan.unscanned.size(); ++i) {
    const UnscannedFile& file = report.scan.unscanned[i];
    text += dump({{"type", "skipped"},
                  {"path", names.masked(file.shown)},
                  {"why", to_string(file.why)},
                  {"detail", names.masked(file.detail)},
                  {"refused", static_cast<bool>(report.rulings.refused[i])}});
  }
  for (const Rule& rule : report.counted) {
    const RuleCount count = count_of(report, rule);
    text += dump({{"type", "rule"},
                  {"rule", rule.id},
                  {"blocked", number_of(count.places, Outcome::blocked)},
                  {"warned", number_of(count.places, Outcome::warned)},
                  {"allowed", number_of(count.places, Outcome::allowed)},
                  {"ignored", number_of(count.places, Outcome::ignored)},
                  {"files", count.entries.size()}});
  }
  const auto places = counts(report);
  text += dump(
      {{"type", "summary"},
       {"files", report.scan.files},
       {"bytes", report.scan.bytes},
       {"blocked", number_of(places, Outcome::blocked)},
       {"warned", number_of(places, Outcome::warned)},
       {"allowed", number_of(places, Outcome::allowed)},
       {"ignored", number_of(places, Outcome::ignored)},
       {"skipped", report.scan.unscanned.size()},
       {"fingerprints", report.no_key.empty() ? "of the site's key" : "none: " + report.no_key}});
  return text;
}

std::string render_unscanned(const FileReport& report) {
  const Names names(report);
  std::string text;
  for (size_t i = 0; i < report.scan.unscanned.size(); ++i) {
    const UnscannedFile& file = report.scan.unscanned[i];
    const std::string path = printable(names.masked(file.shown));
    const std::string_view word = report.rulings.refused[i] ? "error" : "note";
    if (file.why == UnscannedFile::Why::unreadable) {
      text += fmt::format("{}: cannot read '{}': {}\n", word, path, file.detail);
    } else {
      text += fmt::format("{}: '{}' was not looked at: {}\n", word, path,
                          printable(names.masked(file.detail)));
    }
  }
  return text;
}

}  // namespace pushguard
