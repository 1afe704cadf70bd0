// SPDX-License-Identifier: Apache-2.0
// What an administrator let in beforehand: the file `admitted` of the audit directory.
//
// It has a line "COMMIT UNTIL ID BY REASON" for each tip, with tabs between, below a line that
// names the format. It is exchanged as a whole, under the lock of the log; lines that are void or
// used up are left out then. A push asks for it only when it would be refused. Rejected: an entry
// of the configuration (root writes that, for good; this is for one push).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>

#include "policy/decision.h"
#include "push/ref_update.h"
#include "vocabulary/oid.h"

namespace pushguard {

class AdmissionFile {
 public:
  explicit AdmissionFile(std::filesystem::path directory)
      : file_(std::move(directory) / "admitted") {}

  // The admission of the first tip, when each tip that `updates` sets is admitted on that day;
  // nothing when one is not, or there is no file. Throws Error when the file cannot be read.
  std::optional<Admission> find(std::span<const RefUpdate> updates,
                                std::chrono::sys_days today) const;
  // The caller of both has the lock of the log. They throw Error, and then change nothing.
  void add(const Admission& admission, std::span<const Oid> tips,
           std::chrono::sys_days today) const;
  void use_up(std::span<const RefUpdate> updates, std::chrono::sys_days today) const;

 private:
  std::map<Oid, Admission> read() const;
  void write(const std::map<Oid, Admission>& admitted, std::chrono::sys_days today) const;

  std::filesystem::path file_;
};

}  // namespace pushguard
