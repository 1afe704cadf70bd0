// SPDX-License-Identifier: Apache-2.0
// One push, as git handed it to the hook: the first stage's whole answer.
//
// Everything is read from standard input and the environment; the repository's
// own configuration is not read, since whoever writes it is not the admin.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "push/environment.h"
#include "push/pusher.h"
#include "push/ref_update.h"

namespace pushguard {

struct Push {
  std::vector<RefUpdate> updates;
  std::vector<std::string> options;  // git push -o, as sent by the client
  std::filesystem::path git_dir;     // absolute
  std::filesystem::path common_dir;  // the same, or that of the main work tree
  // The blob in which git stored the certificate of a signed push, whatever the hook says.
  std::optional<Oid> certificate;
  // The new objects' directory; none for a push that only deletes, and on hosts
  // that store objects before they ask (history/new_objects.h).
  std::optional<std::filesystem::path> quarantine;
  std::vector<std::filesystem::path> stored;  // object directories the server has already
  std::string repository;                     // as people name it
  bool is_public = false;  // everybody may read it: the host says so, or git-daemon(1) exports it
  Pusher pusher;

  size_t hash_size() const { return updates.front().new_id.size; }
  bool only_deletes() const;
};

// Where, and the certificate: what is known when standard input cannot be read. Throws Error as
// read_push() does.
Push read_place(const Environment& environment);

// Who pushes what where. Throws Error when git did not start this as a hook, or the input is not
// what githooks(5) says.
Push read_push(std::string_view input, const Environment& environment);

// Adds what the client sent: its options, and the object directories. Throws Error when there are
// too many options, or a directory is not where git says; what is known by then is enough to put
// the failure on record.
void read_content(Push& push, const Environment& environment);

}  // namespace pushguard
