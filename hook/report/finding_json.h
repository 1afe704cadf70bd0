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
  // Who reads it. An auditor gets the priority, the owners, whose names are not everybody's, and
  // what a revocation affects; a developer what to use instead.
  enum class Reader : uint8_t { auditor, developer };

  // `is_public`: everybody may read the repository, which counts for the priority.
  FindingJson(size_t most_bytes, bool is_public, Reader reader)
      : most_bytes_(most_bytes), is_public_(is_public), reader_(reader) {}

  void write(JsonWriter& json, const Judged& judged);

 private:
  void write_places(JsonWriter& json, const Exposure& exposure);
  void write_refs(JsonWriter& json, const PlaceRefs& refs) const;

  const size_t most_bytes_;
  const bool is_public_;
  const Reader reader_;
  size_t bytes_ = 0;
};

void write_json(JsonWriter& json, const JudgedUnscanned& unscanned);

}  // namespace pushguard
