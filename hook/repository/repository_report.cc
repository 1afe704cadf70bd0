// SPDX-License-Identifier: Apache-2.0
#include "repository/repository_report.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "report/command.h"
#include "report/text.h"
#include "scan/progress.h"
#include "scan/table.h"
#include "vocabulary/json_writer.h"

namespace pushguard {
namespace {

constexpr Outcome kOutcomes[] = {Outcome::blocked, Outcome::warned, Outcome::allowed,
                                 Outcome::ignored};

// "src/a.env:1:2", or what else the place is.
std::string where(const Place& place) {
  std::string text;
  switch (place.kind) {
    case Place::Kind::file: text = printable(place.path); break;
    case Place::Kind::file_name:
      return place.path.empty() ? "a name at the top" : printable(place.path) + "/ (a name in it)";
    case Place::Kind::commit:
      text = place.in_header ? "(commit header)" : "(commit message)";
      break;
    case Place::Kind::tag: text = fmt::format("(tag {})", short_id(place.object)); break;
    case Place::Kind::ref_name: return "(name of the ref)";
    default: text = fmt::format("(object {})", short_id(place.object));
  }
  if (!place.entry.empty()) text += fmt::format(", entry {}", printable(place.entry));
  if (place.line != 0) text += fmt::format(":{}:{}", place.line, place.column);
  if (!place.encoding.empty()) text += fmt::format(" ({})", place.encoding);
  return text;
}

std::string refs_of(const Place& place) {
  if (place.ref.empty()) return "(no ref)";
  const std::string first = printable(place.ref);
  if (!place.refs) return first;
  return fmt::format("{} +{}{}", first, place.refs->names.size() - 1,
                     place.refs->all ? "" : " or more");
}

std::string summary(const RepositoryReport& report) {
  std::string text = told_counts(report.scan.objects, count_of(report, Outcome::blocked),
                                 count_of(report, Outcome::warned));
  for (const Outcome outcome : {Outcome::allowed, Outcome::ignored}) {
    if (const size_t count = count_of(report, outcome)) {
      text += fmt::format(", {} {}", count, to_string(outcome));
    }
  }
  if (const uint64_t count = unscanned_count(report)) {
    text += fmt::format(", {} not looked at", grouped(count));
  }
  return text + '\n';
}

void write_finding(JsonWriter& json, const RepositoryReport& report, const Judged& judged,
                   const Place& place) {
  const Exposure& exposure = judged.exposure;
  const std::string_view in = place.kind == Place::Kind::file        ? "content"
                              : place.kind == Place::Kind::file_name ? "name"
                                                                     : to_string(place.kind);
  json.begin_object().field("type", "finding").field("repository", report.repository.shown);
  json.field("path", std::string_view(place.path)).field("in", in).field("line", place.line);
  json.field("column", place.column).field("entry", std::string_view(place.entry));
  json.field("encoding", place.encoding).field("rule", exposure.rule->id);
  json.field("description", exposure.rule->description);
  json.field("confidence", to_string(exposure.confidence)).field("validation", exposure.note);
  // As in a scan of files: null without a key.
  json.key("fingerprint");
  if (exposure.fingerprint.empty()) {
    json.null();
  } else {
    json.value(exposure.fingerprint);
  }
  json.field("preview", exposure.secret.preview()).field("ruling", to_string(judged.outcome));
  json.field("why", judged.why).field("origin", to_string(place.origin));
  json.field("object", place.object.size ? place.object.hex() : "");
  json.field("commit", place.commit.size ? place.commit.hex() : "");
  json.field("author", std::string_view(place.author));
  json.field("authored", std::string_view(place.authored));
  json.field("assistant", std::string_view(place.assistant));
  json.field("subject", std::string_view(place.subject));
  json.field("owners", std::string_view(place.owners)).key("refs").begin_array();
  if (place.refs) {
    for (const std::string& ref : place.refs->names) json.value(ref);
  } else if (!place.ref.empty()) {
    json.value(std::string_view(place.ref));
  }
  json.end().field("more_refs", place.refs && !place.refs->all).end();
}

}  // namespace

size_t count_of(const RepositoryReport& report, Outcome outcome) {
  return static_cast<size_t>(
      std::ranges::count(report.scan.decision->judged, outcome, &Judged::outcome));
}

uint64_t unscanned_count(const RepositoryReport& report) {
  uint64_t count = 0;
  for (const JudgedUnscanned& one : report.scan.decision->unscanned) count += one.what.count;
  return count;
}

std::string told_counts(uint64_t objects, uint64_t blocked, uint64_t warned) {
  return fmt::format("{} {}: {} {} would block a push, {} would warn", grouped(objects),
                     objects == 1 ? "object" : "objects", grouped(blocked),
                     blocked == 1 ? "secret" : "secrets", grouped(warned));
}

std::string render_table(const RepositoryReport& report) {
  std::vector<std::vector<std::string>> rows;
  for (const Judged& judged : report.scan.decision->judged) {
    const Exposure& exposure = judged.exposure;
    if (judged.outcome == Outcome::ignored) continue;
    for (const Place& place : exposure.places) {
      if (place.origin != Origin::introduced) continue;
      if (rows.empty()) {
        rows.push_back(
            {"PLACE", "COMMIT", "AUTHOR", "REF", "RULING", "RULE", "CONFIDENCE", "VALUE", "ID"});
      }
      rows.push_back({where(place), place.commit.size ? short_id(place.commit) : "-",
                      place.author.empty() ? "-" : printable(place.author), refs_of(place),
                      std::string(to_string(judged.outcome)), std::string(exposure.rule->id),
                      std::string(to_string(exposure.confidence)), exposure.secret.preview(),
                      exposure.fingerprint});
    }
  }
  std::string text = render_columns(rows);
  if (!rows.empty()) text += '\n';
  text += summary(report);
  if (!report.no_key.empty() && !rows.empty()) {
    text += fmt::format("no ids are shown: {}\n", report.no_key);
  }
  return text;
}

std::string render_jsonl(const RepositoryReport& report) {
  std::string text;
  for (const Judged& judged : report.scan.decision->judged) {
    for (const Place& place : judged.exposure.places) {
      JsonWriter json;
      write_finding(json, report, judged, place);
      text += json.take() + '\n';
    }
  }
  for (const JudgedUnscanned& one : report.scan.decision->unscanned) {
    JsonWriter json;
    json.begin_object().field("type", "skipped").field("repository", report.repository.shown);
    json.field("object", one.what.id.size ? one.what.id.hex() : "");
    json.field("commit", one.what.commit.size ? one.what.commit.hex() : "");
    json.field("path", one.what.path).field("why", to_string(one.what.why));
    json.field("detail", one.what.detail).field("count", one.what.count);
    json.field("refused", is_error(one)).end();
    text += json.take() + '\n';
  }
  const Amount seen = report.scan.coverage.seen();
  JsonWriter json;
  json.begin_object().field("type", "summary").field("repository", report.repository.shown);
  json.field("objects", report.scan.objects).field("scanned", seen.count);
  json.field("bytes", seen.bytes).field("refs", report.scan.refs);
  for (const Outcome outcome : kOutcomes) json.field(to_string(outcome), count_of(report, outcome));
  json.field("skipped", unscanned_count(report));
  json.field("fingerprints",
             report.no_key.empty() ? "of the site's key" : "none: " + report.no_key);
  json.end();
  return text + json.take() + '\n';
}

std::string render_unscanned(const RepositoryReport& report) {
  std::string text;
  for (const JudgedUnscanned& one : report.scan.decision->unscanned) {
    const Unscanned& what = one.what;
    std::string name = what.id.size ? fmt::format("{} {}", to_string(what.type), what.id.hex())
                                    : fmt::format("'{}'", printable(report.repository.shown));
    if (!what.path.empty()) name += fmt::format(" ('{}')", printable(what.path));
    if (what.id.size && what.commit.size && what.commit != what.id) {
      name += fmt::format(" in commit {}", short_id(what.commit));
    }
    if (report.is_one_of_many && what.id.size) {
      name = fmt::format("'{}': {}", printable(report.repository.shown), name);
    }
    text += fmt::format("{}: {} was not looked at: {}\n", is_error(one) ? "error" : "note", name,
                        printable(what.detail));
  }
  return text;
}

}  // namespace pushguard
