// SPDX-License-Identifier: Apache-2.0
// A server's repository and a push to it, on disk as git itself stores them:
// what is made in `server()` is there before, what is made in `work()` is new.
//
// The secrets are words of a rule of its own, so that no token is needed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "history/exposure.h"
#include "objects/limits.h"
#include "push/push.h"
#include "rules/rule_set.h"
#include "support/git.h"

namespace pushguard::test {

class SmallPush {
 public:
  // `format` is "sha1" or "sha256". The server starts with one commit on `main`.
  explicit SmallPush(const std::string& format);

  // "sesame-" and the word: what the scanner finds.
  static std::string secret(const std::string& word);

  // Before begin() they act on the server, after it on the work tree of the pusher.
  void begin();
  void write(const std::string& path, std::string_view content);
  std::string run(const std::string& arguments, const std::string& input = {});
  // Adds all files; the id of the commit.
  Oid commit(const std::string& message);
  Oid id(const std::string& name);

  // The push of `ref` from what the server has under it to `name`.
  void push(const std::string& ref, const std::string& name);

  std::filesystem::path server_objects() const { return scratch_.path() / "server/.git/objects"; }
  std::filesystem::path new_objects() const { return scratch_.path() / "work/.git/objects"; }

  // What attribute() gives, and the exposures of what it placed.
  struct Answer {
    std::vector<Exposure> exposures;
    uint64_t already_stored;
    bool merges;
    std::vector<Unscanned> unscanned;
  };

  // All new objects are scanned; `limits` are those of the attribution alone.
  Answer attribute(const Limits& limits = {}) { return attribute(limits, true); }
  // The same, and no commit is passed over for what its tree holds.
  Answer attribute_by_comparing_all() { return attribute({}, false); }

 private:
  Answer attribute(const Limits& limits, bool settled);
  std::filesystem::path here() const { return scratch_.path() / (begun_ ? "work" : "server"); }

  ScratchDirectory scratch_;
  std::unique_ptr<SiteRules> rules_;  // exposures point into it
  bool begun_ = false;
  Push push_;
};

}  // namespace pushguard::test
