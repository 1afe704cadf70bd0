// SPDX-License-Identifier: Apache-2.0
#include "report/finding_json.h"

#include <fmt/format.h>

#include "report/priority.h"
#include "rules/built_in.h"

namespace pushguard {
namespace {

// A text of the push is cut here, once it is redacted.
constexpr size_t kMostTextBytes = 1000;

std::string cut(std::string_view text) {
  if (text.size() <= kMostTextBytes) return std::string(text);
  return fmt::format("{}... ({} bytes)", text.substr(0, kMostTextBytes), text.size());
}

void write_place(JsonWriter& json, const Place& place) {
  json.field("kind", to_string(place.kind)).field("origin", to_string(place.origin));
  if (place.object.size != 0) json.field("object", place.object.hex());
  if (place.commit.size != 0) {
    json.field("commit", place.commit.hex()).field("author", cut(place.author));
    json.field("authored", place.authored).field("committer", cut(place.committer));
    json.field("committed", place.committed);
    if (!place.assistant.empty()) json.field("assistant", cut(place.assistant));
  }
  if (!place.path.empty()) json.field("path", cut(place.path));
  if (place.line != 0) json.field("line", place.line).field("column", place.column);
  if (place.offset) json.field("offset", *place.offset);
  if (place.in_header) json.field("in_header", true);
  if (!place.entry.empty()) json.field("entry", cut(place.entry));
  if (!place.encoding.empty()) json.field("encoding", place.encoding);
  json.field("ref", cut(place.ref));
}

}  // namespace

void FindingJson::write_places(JsonWriter& json, const Exposure& exposure) {
  json.key("places").begin_array();
  bool is_first = true;
  for (const Place& place : exposure.places) {
    if (!is_first && bytes_ > most_bytes_) break;
    is_first = false;
    const size_t before = json.size();
    json.begin_object();
    write_place(json, place);
    if (place.refs) write_refs(json, *place.refs);
    if (reader_ == Reader::auditor && !place.owners.empty()) json.field("owners", place.owners);
    json.end();
    bytes_ += json.size() - before;
  }
  json.end();
}

void FindingJson::write_refs(JsonWriter& json, const PlaceRefs& refs) const {
  size_t bytes = bytes_, written = 0;
  json.key("refs").begin_array();
  for (const std::string& name : refs.names) {
    json.value(cut(name));
    ++written;
    bytes += name.size();
    if (bytes > most_bytes_) break;
  }
  json.end();
  if (!refs.all || written < refs.names.size()) json.field("more_refs", true);
}

void FindingJson::write(JsonWriter& json, const Judged& judged) {
  const Exposure& exposure = judged.exposure;
  const Rule& rule = *exposure.rule;
  json.begin_object().field("rule", rule.id).field("description", rule.description);
  json.field("provider", rule.provider).field("fingerprint", exposure.fingerprint);
  json.field("value", exposure.secret.preview()).field("characters", exposure.secret.size());
  if (reader_ == Reader::auditor) {
    const Rating rating = rate(exposure, is_public_);
    json.field("priority", to_string(rating.priority)).field("priority_why", rating.why);
  }
  json.field("confidence", to_string(exposure.confidence)).field("validation", exposure.note);
  json.field("privilege", to_string(rule.privilege)).field("lifetime", to_string(rule.lifetime));
  json.field("weaknesses", rule.weaknesses).field("rotate", rule.rotate);
  const Provider provider = built_in_providers().find(rule.provider);
  if (reader_ == Reader::auditor) {
    json.field("affects", provider.affects);
  } else {
    json.field("instead", provider.instead);
  }
  json.field("origin", to_string(exposure.origin)).field("ruling", to_string(judged.outcome));
  json.field("why", judged.why);
  if (judged.warns_until) json.field("warns_until", to_string(*judged.warns_until));
  json.field("places_total", exposure.places.size() + exposure.more_places);
  if (!judged.entry.empty()) {
    json.key("entry").begin_object().field("table", judged.entry);
    json.field("line", judged.entry_line).end();
  }
  if (exposure.kind == FindingKind::promoted_example) {
    json.field("promoted_example", exposure.example);
  }
  write_places(json, exposure);
  if (!exposure.partners.empty()) {
    json.key("used_with").begin_array();
    for (const Exposure& partner : exposure.partners) {
      json.begin_object().field("rule", partner.rule->id);
      json.field("fingerprint", partner.fingerprint);
      write_places(json, partner);
      json.end();
    }
    json.end();
  }
  json.end();
}

void write_json(JsonWriter& json, const JudgedUnscanned& unscanned) {
  const Unscanned& what = unscanned.what;
  json.begin_object().field("object", what.id.size == 0 ? "" : what.id.hex());
  json.field("type", to_string(what.type)).field("bytes", what.size);
  json.field("why", to_string(what.why)).field("cause", to_string(what.cause));
  json.field("detail", cut(what.detail)).field("refused", unscanned.refused);
  if (what.count > 1) json.field("count", what.count);
  if (what.commit.size != 0) json.field("commit", what.commit.hex());
  if (!what.path.empty()) json.field("path", cut(what.path));
  json.end();
}

}  // namespace pushguard
