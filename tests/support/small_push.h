// SPDX-License-Identifier: Apache-2.0
// The repository of a server and a push to it, on disk as git stores them. Objects made in
// `server()` are there before the push; objects made in `work()` are new.
//
// The secrets are words that match a rule of this class, so that no token is needed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "history/exposure.h"
#include "objects/limits.h"
#include "push/push.h"
#include "rules/site_rules.h"
#include "support/git.h"

namespace pushguard::test {

class SmallPush {
 public:
  // `format` is "sha1" or "sha256". The server starts with one commit on `main`.
  explicit SmallPush(const std::string& format);

  // "sesame-" and the word, which the scanner finds.
  static std::string secret(const std::string& word);

  // The functions below act on the server before begin(), and on the pusher's work tree after it.
  void begin();
  void write(const std::string& path, std::string_view content);
  std::string run(const std::string& arguments, const std::string& input = {});
  // Adds and commits all files; returns the id of the commit.
  Oid commit(const std::string& message);
  Oid id(const std::string& name);

  // Adds to the push: `ref` moves from its id on the server to that of `name`.
  void push(const std::string& ref, const std::string& name);

  std::filesystem::path server_objects() const { return scratch_.path() / "server/.git/objects"; }
  std::filesystem::path new_objects() const { return scratch_.path() / "work/.git/objects"; }

  // What attribute() gives, and the exposures of what it placed.
  struct Answer {
    std::vector<Exposure> exposures;
    uint64_t already_stored;
    std::vector<Unscanned> unscanned;
  };

  // Scans all new objects. `limits` apply to the attribution only.
  Answer attribute(const Limits& limits = {}) { return attribute(limits, true); }
  // The same, but no commit is skipped because of the contents of its tree.
  Answer attribute_by_comparing_all() { return attribute({}, false); }

 private:
  Answer attribute(const Limits& limits, bool skips_by_contents);
  std::filesystem::path here() const { return scratch_.path() / (begun_ ? "work" : "server"); }

  ScratchDirectory scratch_;
  std::unique_ptr<SiteRules> rules_;  // exposures have pointers into it
  bool begun_ = false;
  Push push_;
};

}  // namespace pushguard::test
