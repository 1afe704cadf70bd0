// SPDX-License-Identifier: Apache-2.0
// Who pushed, and to which repository, as the hosting system says it.
//
// The variable that named them is part of the answer: some transports let a
// user set variables, and an auditor must see which one was believed. Author
// and committer fields are never asked, since the pusher writes those.
#pragma once

#include <string>

#include "push/environment.h"

namespace pushguard {

struct Pusher {
  std::string name;     // "alice"
  std::string source;   // "GL_USERNAME"; "uid" when no variable named anyone
  std::string address;  // of the client, where the host gives it, else ""
  // How the operation came, in the host's own word: "ssh", "http", "web", "pull-request-merge"; or
  // "".
  std::string via;
};

Pusher find_pusher(const Environment& environment);

// As the host names it ("group/project"), or else the repository's path.
std::string find_repository_name(const Environment& environment, const std::string& git_dir);

}  // namespace pushguard
