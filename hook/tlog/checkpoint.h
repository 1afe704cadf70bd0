// SPDX-License-Identifier: Apache-2.0
// What a log signs, and what it hands out (C2SP tlog-checkpoint and tlog-proof).
//
// A checkpoint is a signed note of three lines: the log's name (its origin, which is its key's
// name as well), the number of its records, and the root of their tree in base64. A proof of a
// record is a text of its own, with the checkpoint that it leads to.
// Rejected: extension lines, such as a time (witnesses cannot check them).
#pragma once

#include <string>
#include <string_view>

#include "tlog/note.h"
#include "tlog/proof.h"

namespace pushguard {

struct Checkpoint {
  std::string origin;
  uint64_t size = 0;
  TreeHash root = empty_root();

  std::string text() const;
  // Of the text of a note; lines behind the third are let pass. Throws Error, in which `where`
  // names the file, when it is none.
  static Checkpoint parse(std::string_view text, std::string_view where);
};

// That a record is number `index` of the tree of `checkpoint`, a signed note. `extra` goes with it
// and is not proved: here the record itself, whose leaf is.
struct RecordProof {
  uint64_t index = 0;
  Proof hashes;
  std::string extra;
  std::string checkpoint;

  std::string text() const;
  static RecordProof parse(std::string_view text, std::string_view where);
};

}  // namespace pushguard
