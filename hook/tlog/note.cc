// SPDX-License-Identifier: Apache-2.0
#include "tlog/note.h"

#include <cstring>

#include <fmt/format.h>
#include <sodium.h>

#include "codec/encodings.h"
#include "vocabulary/characters.h"
#include "vocabulary/digest.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";
constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr char kEd25519 = 1;
constexpr size_t kMostSignatures = 100;  // as in Go's `note`

static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_SECRETKEYBYTES == 64);
static_assert(crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_BYTES == 64);

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <size_t kSize>
std::string_view view(const std::array<uint8_t, kSize>& of) {
  return {reinterpret_cast<const char*>(of.data()), kSize};
}

void start_sodium() {
  if (sodium_init() < 0) throw Error("no random numbers on this machine");
}

NoteKeyId key_id(std::string_view name, const std::array<uint8_t, 32>& key) {
  Digest digest;
  digest.add(name);
  digest.add(std::string{'\n', kEd25519});
  digest.add(view(key));
  const auto hash = digest.finish();
  return {hash[0], hash[1], hash[2], hash[3]};
}

std::string id_hex(const NoteKeyId& id) {
  return fmt::format("{:02x}{:02x}{:02x}{:02x}", id[0], id[1], id[2], id[3]);
}

// Whether it is UTF-8, and `holds` for the code of each character.
bool consists_of_characters(std::string_view text, bool (*holds)(uint32_t)) {
  while (!text.empty()) {
    const Character character = first_character(text);
    const bool is_utf8 =
        character.code != Character::kReplacement || text.starts_with("\xef\xbf\xbd");
    if (!is_utf8 || !holds(character.code)) return false;
    text.remove_prefix(character.size);
  }
  return true;
}

bool may_be_in_note(uint32_t code) { return code >= ' ' || code == '\n'; }

// A key as text: "NAME+ID+BASE64 of the type and 32 bytes".
struct KeyText {
  std::string_view name, id;
  std::array<uint8_t, 32> key;
};

std::string write_key(std::string_view name, const NoteKeyId& id,
                      const std::array<uint8_t, 32>& key) {
  return fmt::format("{}+{}+{}", name, id_hex(id),
                     base64_encode(std::string(1, kEd25519).append(view(key))));
}

KeyText read_key(std::string_view text, std::string_view what, std::string_view where) {
  const auto wrong = [&](std::string_view why) {
    return Error(fmt::format("'{}' is no {}: {}", where, what, why));
  };
  while (text.ends_with('\n')) text.remove_suffix(1);
  const size_t id = text.find('+'), key = id == text.npos ? id : text.find('+', id + 1);
  if (key == text.npos) throw wrong("it is not NAME+ID+KEY");
  KeyText read{text.substr(0, id), text.substr(id + 1, key - id - 1), {}};
  if (!is_note_key_name(read.name)) throw wrong("its name is none");
  const auto decoded = base64_decode(text.substr(key + 1));
  if (!decoded || decoded->size() != 33 || (*decoded)[0] != kEd25519)
    throw wrong("it is not of the kind Ed25519");
  std::memcpy(read.key.data(), decoded->data() + 1, read.key.size());
  return read;
}

void expect_id(std::string_view id, const NoteKeyId& expected, std::string_view where) {
  if (id == id_hex(expected)) return;
  throw Error(fmt::format("'{}' is damaged: its key has the id {}, and it says {}", where,
                          id_hex(expected), id));
}

}  // namespace

bool is_note_key_name(std::string_view name) {
  return !name.empty() && name.find('+') == name.npos && consists_of_characters(name, is_visible);
}

NoteVerifier::NoteVerifier(std::string name, const std::array<uint8_t, 32>& key)
    : name_(std::move(name)), key_(key), id_(key_id(name_, key_)) {}

NoteVerifier NoteVerifier::parse(std::string_view text, std::string_view where) {
  if (text.starts_with(kPrivate)) {
    throw Error(fmt::format("'{}' is a signing key, which no verifier needs: name its public "
                            "half, '{}.pub'",
                            where, where));
  }
  const KeyText read = read_key(text, "public key", where);
  NoteVerifier verifier(std::string(read.name), read.key);
  expect_id(read.id, verifier.id(), where);
  return verifier;
}

bool NoteVerifier::verifies(std::string_view text, std::string_view signature) const {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(bytes(signature), bytes(text), text.size(), key_.data()) == 0;
}

std::string NoteVerifier::str() const { return write_key(name_, id_, key_); }

NoteSigner::NoteSigner(std::string_view name, const std::array<uint8_t, 32>& seed)
    : seed_(seed), verifier_("", {}) {
  std::array<uint8_t, 32> key;
  crypto_sign_seed_keypair(key.data(), secret_.data(), seed_.data());
  verifier_ = NoteVerifier(std::string(name), key);
}

NoteSigner::~NoteSigner() {
  sodium_memzero(seed_.data(), seed_.size());
  sodium_memzero(secret_.data(), secret_.size());
}

NoteSigner NoteSigner::make(std::string_view name) {
  if (!is_note_key_name(name)) {
    throw Error(fmt::format("'{}' cannot be the name of a log: it has no blanks and no '+', as in "
                            "git.example.org/pushguard",
                            name));
  }
  start_sodium();
  std::array<uint8_t, 32> seed;
  randombytes_buf(seed.data(), seed.size());
  return {name, seed};
}

NoteSigner NoteSigner::parse(std::string_view text, std::string_view where) {
  if (!text.starts_with(kPrivate)) {
    throw Error(fmt::format(
        "'{}' is no signing key: pushguard audit keygen makes one, which starts with {}", where,
        kPrivate));
  }
  start_sodium();
  const KeyText read = read_key(text.substr(kPrivate.size()), "signing key", where);
  NoteSigner signer(read.name, read.key);
  expect_id(read.id, signer.verifier_.id(), where);
  return signer;
}

std::string NoteSigner::sign(std::string_view text) const {
  std::array<uint8_t, crypto_sign_BYTES> signature;
  crypto_sign_detached(signature.data(), nullptr, bytes(text), text.size(), secret_.data());
  std::string blob(view(verifier_.id()));
  blob += view(signature);
  return fmt::format("{}\n{}{} {}\n", text, kDash, verifier_.name(), base64_encode(blob));
}

std::string NoteSigner::str() const {
  return fmt::format("{}{}", kPrivate, write_key(verifier_.name(), verifier_.id(), seed_));
}

Note Note::parse(std::string_view note, std::string_view where) {
  const auto wrong = [&](std::string_view why) {
    return Error(fmt::format("'{}' is no signed note: {}", where, why));
  };
  if (!consists_of_characters(note, may_be_in_note))
    throw wrong("it is not text with plain line ends");
  const size_t empty = note.rfind("\n\n");
  if (empty == note.npos || !note.ends_with('\n')) throw wrong("it has no signature");
  Note read{std::string(note.substr(0, empty + 1)), {}};
  for (std::string_view rest = note.substr(empty + 2); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    const size_t blank = line.find(' ', kDash.size());
    if (!line.starts_with(kDash) || blank == line.npos) throw wrong("a signature is none");
    const std::string_view name = line.substr(kDash.size(), blank - kDash.size());
    const auto blob = base64_decode(line.substr(blank + 1));
    if (!is_note_key_name(name) || !blob || blob->size() < 5 ||
        base64_encode(*blob) != line.substr(blank + 1) ||
        read.signatures.size() == kMostSignatures) {
      throw wrong("a signature is none");
    }
    NoteSignature& signature = read.signatures.emplace_back();
    signature.name = name;
    std::memcpy(signature.id.data(), blob->data(), signature.id.size());
    signature.signature = blob->substr(signature.id.size());
  }
  if (read.signatures.empty()) throw wrong("it has no signature");
  return read;
}

Note::Signed Note::is_signed_by(const NoteVerifier& verifier) const {
  Signed result = Signed::no;
  for (const NoteSignature& one : signatures) {
    if (one.name != verifier.name() || one.id != verifier.id()) continue;
    if (!verifier.verifies(text, one.signature)) return Signed::forged;
    result = Signed::yes;
  }
  return result;
}

}  // namespace pushguard
