// SPDX-License-Identifier: Apache-2.0
#include "report/refusal.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/exception.h"
#include "report/finding_json.h"

namespace pushguard {
namespace {

constexpr size_t kMostBytesOfPlaces = 12 << 10, kMostBytesOfFindings = 32 << 10,
                 kMostBytesInAll = 36 << 10;

bool is_told(Outcome outcome) { return outcome != Outcome::ignored && outcome != Outcome::allowed; }

void write_steps(JsonWriter& json, const std::vector<Step>& steps) {
  json.key("steps").begin_array();
  for (const Step& step : steps) {
    json.begin_object().field("do", to_string(step.kind)).field("text", step.text);
    if (step.kind == Step::Kind::run) {
      json.key("words").begin_array();
      for (const std::string& word : step.words) json.value(word);
      json.end();
    }
    if (step.kind == Step::Kind::edit) {
      json.key("files").begin_array();
      size_t left_out = 0;
      for (const std::string& file : step.files) {
        if (json.size() < kMostBytesInAll) {
          json.value(file);
        } else {
          ++left_out;
        }
      }
      json.end().field("more_files", left_out);
    }
    json.end();
  }
  json.end();
}

}  // namespace

std::string render_refusal(const Redacted<Decision>& decision, const Config& config,
                           const WaysOut& ways_out, bool is_public) {
  const bool has_findings =
      std::ranges::any_of(decision->judged, [](const Judged& one) { return is_told(one.outcome); });
  if (!has_findings && decision->unscanned.empty()) return {};
  JsonWriter json;
  json.begin_object().field("format", "pushguard-refusal/1");
  json.field("verdict", to_string(decision->verdict));
  json.key("findings").begin_array();
  FindingJson findings(kMostBytesOfPlaces, is_public, FindingJson::Reader::developer);
  std::vector<const Judged*> blocked;
  size_t left_out = 0;
  for (const Judged& one : decision->judged) {
    if (!is_told(one.outcome)) continue;
    if (one.outcome == Outcome::blocked) blocked.push_back(&one);
    if (json.size() < kMostBytesOfFindings) {
      findings.write(json, one);
    } else {
      ++left_out;
    }
  }
  json.end().field("more_findings", left_out);
  json.key("unscanned").begin_array();
  size_t unscanned_left_out = 0;
  for (const JudgedUnscanned& one : decision->unscanned) {
    if (json.size() < kMostBytesOfFindings) {
      write_json(json, one);
    } else {
      ++unscanned_left_out;
    }
  }
  json.end().field("more_unscanned", unscanned_left_out);
  write_steps(json, ways_out.steps);
  if (ways_out.exceptions) json.field("exception", exception_option(blocked));
  const SiteMessage& site = config.message;
  json.key("site").begin_object().field("contact", site.contact).field("url", site.url);
  json.field("text", site.text).end();
  return fmt::format("{}\n{}\n{}\n", kRefusalBegin, json.end().take(), kRefusalEnd);
}

}  // namespace pushguard
