// SPDX-License-Identifier: Apache-2.0
// Findings, their places and what was not looked at as JSON: the same in the record of a push
// (audit/record.h) and in a refusal for programs (report/refusal.h).
//
// Fields are only ever added. README.md describes them.
#pragma once

#include "policy/decision.h"
#include "vocabulary/json_writer.h"

namespace pushguard {

// Lists the first place of each secret, and more, with all refs that reach them, until the places
// of all findings take `most_bytes`; all are counted. All texts must be redacted.
class FindingJson {
 public:
  explicit FindingJson(size_t most_bytes) : most_bytes_(most_bytes) {}

  // One object. With `preview` it has the masked value as well.
  void write(JsonWriter& json, const Judged& judged, bool preview = false);

 private:
  void write_places(JsonWriter& json, const Exposure& exposure);
  void write_refs(JsonWriter& json, const PlaceRefs& refs) const;

  const size_t most_bytes_;
  size_t bytes_ = 0;
};

void write_json(JsonWriter& json, const JudgedUnscanned& unscanned);

}  // namespace pushguard
