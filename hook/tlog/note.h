// SPDX-License-Identifier: Apache-2.0
// Signed notes: a text, an empty line, and lines that sign the text (C2SP signed-note; Go's
// golang.org/x/mod/sumdb/note reads the same). Ed25519 alone.
//
//     example.org/audit                       the text; its last line feed is signed as well
//     5
//     /hSlQm+9cMD6c/UjQq/tDaC9I8SDhmLM9riKMHDq2Xs=
//                                             an empty line
//     - example.org/audit a0nJcqf8GCsi...     an em dash, the key's name, and base64 of the
//                                             key's id and the signature
//
// Rejected: a detached signature by ssh-keygen or minisign (no verifier of logs reads it).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pushguard {

// Which key signed: the first 4 bytes of SHA-256 of its name, a line feed, the type 1 and the
// public key.
using NoteKeyId = std::array<uint8_t, 4>;

// Whether it can be a key's name: UTF-8 without blanks, control characters and "+".
bool is_note_key_name(std::string_view name);

// The public half: "NAME+ID+BASE64" (a "vkey").
class NoteVerifier {
 public:
  // Throws Error, in which `where` names the file that `text` is from, when it is none.
  static NoteVerifier parse(std::string_view text, std::string_view where);
  NoteVerifier(std::string name, const std::array<uint8_t, 32>& key);

  const std::string& name() const { return name_; }
  const NoteKeyId& id() const { return id_; }
  bool verifies(std::string_view text, std::string_view signature) const;
  std::string str() const;

 private:
  std::string name_;
  std::array<uint8_t, 32> key_;
  NoteKeyId id_;
};

// The secret half: "PRIVATE+KEY+NAME+ID+BASE64", as Go's `note` writes it. Its memory is wiped.
class NoteSigner {
 public:
  // A new key of this name. Throws Error when `name` cannot be one.
  static NoteSigner make(std::string_view name);
  static NoteSigner parse(std::string_view text, std::string_view where);
  ~NoteSigner();
  NoteSigner(NoteSigner&&) = default;

  const NoteVerifier& verifier() const { return verifier_; }
  // The whole note. `text` ends with a line feed.
  std::string sign(std::string_view text) const;
  std::string str() const;

 private:
  NoteSigner(std::string_view name, const std::array<uint8_t, 32>& seed);

  std::array<uint8_t, 32> seed_;
  std::array<uint8_t, 64> secret_;
  NoteVerifier verifier_;
};

struct NoteSignature {
  std::string name;
  NoteKeyId id;
  std::string signature;
};

struct Note {
  std::string text;
  std::vector<NoteSignature> signatures;

  // Throws Error, in which `where` names the file, when it is no signed note.
  static Note parse(std::string_view note, std::string_view where);

  enum class Signed { yes, no, forged };
  // Whether that key signed it. `forged` where a line says so and its signature is wrong.
  Signed is_signed_by(const NoteVerifier& verifier) const;
};

}  // namespace pushguard
