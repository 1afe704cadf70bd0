// SPDX-License-Identifier: Apache-2.0
// What came in because of where it was: the file `let-in` of the audit directory.
//
// An exception for a path or a ref, or a bypass, lets a secret in at its places. The object is
// stored then, and a later push that moves or copies it brings no new object. So each such
// object is remembered, and ruled anew where a push gives it another path. git also keeps the
// certificate of a push that is refused; the secrets in it are remembered in the same way.
//
// The file has a line "REPOSITORY OBJECT SECRET PATH" for each, all but the object's id as
// fingerprints, PATH "-" where no path is known to be right, SECRET "-" where all of the object
// is to be ruled anew, below a line that tells a wrong key. It is exchanged as a whole, under
// the lock of the log. Lines of objects that the repository no longer has are left out then.
// Who does not get that lock appends to `let-in.waiting`, which the next one takes in.
// Rejected: searching what is stored at each push (most repositories have no exception, and
// then the whole cost is to see that there is no file).
#pragma once

#include <compare>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "vocabulary/fingerprint.h"
#include "vocabulary/oid.h"

namespace pushguard {

struct LetIn {
  Fingerprint repository;
  Oid object;
  Fingerprint secret;  // "" for all of the object
  Fingerprint path;    // "" where any path is another one

  friend auto operator<=>(const LetIn&, const LetIn&) = default;
};

class LetInFile {
 public:
  static constexpr size_t kMost = 20'000;

  explicit LetInFile(std::filesystem::path directory)
      : directory_(std::move(directory)), file_(directory_ / "let-in") {}

  // Nothing when there is no file. Throws Error when it cannot be read, is damaged, or was written
  // under another key.
  std::vector<LetIn> read() const;
  // Adds `more`, and leaves out those lines of `more`'s repository whose object is gone. Throws
  // Error when there would be more than kMost. The caller has the lock of the log.
  void add(std::vector<LetIn> more, const std::function<bool(const Oid&)>& is_gone) const;
  // The same for a caller without the lock.
  void add_waiting(const LetIn& one) const;

 private:
  std::filesystem::path waiting() const { return directory_ / "let-in.waiting"; }
  std::vector<LetIn> read_waiting() const;

  std::filesystem::path directory_, file_;
};

}  // namespace pushguard
