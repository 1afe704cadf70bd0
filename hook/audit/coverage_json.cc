// SPDX-License-Identifier: Apache-2.0
#include "audit/coverage_json.h"

namespace pushguard {
namespace {

constexpr ObjectType kTypes[] = {ObjectType::commit, ObjectType::tree, ObjectType::blob,
                                 ObjectType::tag, ObjectType::unknown};

void write_fields(JsonWriter& json, const Amount& amount) {
  json.field("count", amount.count).field("bytes", amount.bytes);
  if (amount.of_unknown_size > 0) json.field("of_unknown_size", amount.of_unknown_size);
}

void write_amount(JsonWriter& json, std::string_view name, const Amount& amount) {
  json.key(name).begin_object();
  write_fields(json, amount);
  json.end();
}

void write_looked(JsonWriter& json, std::string_view kind, const Looked& looked, bool has_decoded) {
  const Amount seen = looked.seen();
  if (seen.count == 0) return;
  json.begin_object().field("kind", kind);
  write_amount(json, "seen", seen);
  write_amount(json, "scanned", looked.scanned);
  if (has_decoded) write_amount(json, "decoded", looked.decoded);
  json.key("let_go").begin_array();
  for (const Cause cause : kAllCauses) {
    const Amount& amount = looked.let_go[static_cast<size_t>(cause)];
    if (amount.count == 0) continue;
    json.begin_object().field("cause", to_string(cause));
    write_fields(json, amount);
    json.end();
  }
  json.end().end();
}

void write_names(JsonWriter& json, std::string_view name, const ContentCoverage::ByName& kinds) {
  json.key(name).begin_array();
  for (const auto& [kind, looked] : kinds) write_looked(json, kind, looked, true);
  json.end();
}

}  // namespace

void write_objects(JsonWriter& json, const Coverage& coverage, std::string_view new_by) {
  json.key("objects").begin_object();
  json.field("commits", coverage.of(ObjectType::commit).seen().count);
  json.field("trees", coverage.of(ObjectType::tree).seen().count);
  json.field("blobs", coverage.of(ObjectType::blob).seen().count);
  json.field("tags", coverage.of(ObjectType::tag).seen().count);
  json.field("bytes", coverage.seen().bytes).field("new_by", new_by).end();
}

void write_coverage(JsonWriter& json, const Coverage& coverage) {
  json.key("coverage").begin_object().key("objects").begin_array();
  for (const ObjectType type : kTypes) {
    const bool is_known = type != ObjectType::unknown;
    write_looked(json, is_known ? to_string(type) : "unknown", coverage.of(type), false);
  }
  json.end();
  write_names(json, "containers", coverage.contents.containers);
  write_names(json, "encodings", coverage.contents.encodings);
  json.key("named_files").begin_array();
  write_looked(json, "named file", coverage.named_files, false);
  json.end().end();
}

}  // namespace pushguard
