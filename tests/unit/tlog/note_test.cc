// SPDX-License-Identifier: Apache-2.0
// Signed notes, checkpoints and proofs. The worked example is one that Go's
// golang.org/x/mod/sumdb/note (v0.43.0) signs with the same key, and opens.
#include "tlog/note.h"

#include <catch2/catch.hpp>

#include "codec/encodings.h"
#include "tlog/checkpoint.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

// Of the seed 00 01 02 ... 1f, put together here, so that no key stands in the tree.
std::string signing_key() {
  std::string seed(1, '\1');
  for (char c = 0; c < 32; ++c) seed += c;
  return "PRIVATE+" + ("KEY+audit.example.org/pushguard+6b49c972+" + base64_encode(seed)) + "\n";
}

constexpr const char* kVerifier =
    "audit.example.org/pushguard+6b49c972+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr const char* kText =
    "audit.example.org/pushguard\n5\n/hSlQm+9cMD6c/UjQq/tDaC9I8SDhmLM9riKMHDq2Xs=\n";
constexpr const char* kLine = "\xe2\x80\x94 audit.example.org/pushguard "
                              "a0nJcqf8GCsirFRpt0jbr47RQ5xjajwfFuHiwwowJRvNMeb9C43J7leAe9ct/"
                              "hMStzFB6fA5v6ISAFwRX1F9BN1yRQk=\n";
constexpr const char* kWitness = "\xe2\x80\x94 witness.example.org/w1 "
                                 "88CAtgAAAABpVbkARsxxeoIbh++/DFs3tAFNYC3blbbdX7QLQb/"
                                 "IOaWC/Jag2833ZPEZsgj7Ny1/6U/H6Gjll7dUuS5k9jx6aP7OCg==\n";

std::string example() { return std::string(kText) + "\n" + kLine; }

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

}  // namespace

TEST_CASE("a note is signed, and its key written, as Go's `note` does it") {
  const NoteSigner signer = NoteSigner::parse(signing_key(), "f");
  CHECK(signer.verifier().str() == kVerifier);
  CHECK(signer.str() + "\n" == signing_key());
  CHECK(signer.sign(kText) == example());
}

TEST_CASE("a note is opened by its key, and signatures of others are let pass") {
  const NoteVerifier verifier = NoteVerifier::parse(std::string(kVerifier) + "\n", "f");
  for (const std::string& text : {example(), example() + kWitness}) {
    const Note note = Note::parse(text, "f");
    CHECK(note.text == kText);
    CHECK(note.is_signed_by(verifier) == Note::Signed::yes);
  }
  const NoteSigner other = NoteSigner::make("audit.example.org/pushguard");
  CHECK(Note::parse(example(), "f").is_signed_by(other.verifier()) == Note::Signed::no);
  CHECK(Note::parse(other.sign(kText), "f").is_signed_by(other.verifier()) == Note::Signed::yes);
}

TEST_CASE("a note of which a letter is another one is forged") {
  const NoteVerifier verifier = NoteVerifier::parse(kVerifier, "f");
  CHECK(Note::parse(replaced(example(), "\n5\n", "\n6\n"), "f").is_signed_by(verifier) ==
        Note::Signed::forged);
  CHECK(Note::parse(replaced(example(), "q/tDa", "q/tDb"), "f").is_signed_by(verifier) ==
        Note::Signed::forged);
  // A good line does not outweigh a wrong one of the same key.
  CHECK(Note::parse(replaced(example(), "qf8GC", "qf8GD") + kLine, "f").is_signed_by(verifier) ==
        Note::Signed::forged);
}

TEST_CASE("what is no signed note is an error that says why") {
  const auto wrong = [](const std::string& text) {
    try {
      Note::parse(text, "f");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  CHECK(wrong("") == "'f' is no signed note: it has no signature");
  CHECK(wrong(kText) == "'f' is no signed note: it has no signature");
  CHECK(wrong(std::string(kText) + "\n") == "'f' is no signed note: it has no signature");
  CHECK(wrong(example().substr(0, example().size() - 1)) ==
        "'f' is no signed note: it has no signature");
  CHECK(wrong(replaced(example(), "\n5", "\r\n5")) ==
        "'f' is no signed note: it is not text with plain line ends");
  CHECK(wrong(replaced(example(), "a0nJ", "a0 J")) == "'f' is no signed note: a signature is none");
  CHECK(wrong(replaced(example(), "\xe2\x80\x94", "-")) ==
        "'f' is no signed note: a signature is none");
}

TEST_CASE("what is no key is an error that says why, and shows no part of a key") {
  const auto wrong = [](const auto& parse) {
    try {
      parse();
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  const auto verifier = [&](const std::string& text) {
    return wrong([&] { NoteVerifier::parse(text, "f"); });
  };
  CHECK(verifier("x") == "'f' is no public key: it is not NAME+ID+KEY");
  CHECK(verifier("a b+00000000+AAAA") == "'f' is no public key: its name is none");
  CHECK(verifier("a+00000000+AAAA") == "'f' is no public key: it is not of the kind Ed25519");
  CHECK(verifier(replaced(kVerifier, "6b49", "6b48")) ==
        "'f' is damaged: its key has the id 6b49c972, and it says 6b48c972");
  CHECK(verifier(signing_key()) ==
        "'f' is a signing key, which no verifier needs: name its public half, 'f.pub'");
  CHECK(wrong([] { NoteSigner::parse(kVerifier, "f"); }) ==
        "'f' is no signing key: pushguard audit keygen makes one, which starts with PRIVATE+KEY+");
  CHECK(wrong([] { NoteSigner::parse(replaced(signing_key(), "6b49", "6b48"), "f"); }) ==
        "'f' is damaged: its key has the id 6b49c972, and it says 6b48c972");
  CHECK(wrong([] { NoteSigner::make("a log"); }) ==
        "'a log' cannot be the name of a log: it has no blanks and no '+', as in "
        "git.example.org/pushguard");
}

TEST_CASE("a checkpoint is read as it is written, and in one spelling") {
  const Checkpoint checkpoint = Checkpoint::parse(kText, "f");
  CHECK(checkpoint.origin == "audit.example.org/pushguard");
  CHECK(checkpoint.size == 5);
  CHECK(to_hex(checkpoint.root).starts_with("fe14a542"));
  CHECK(checkpoint.text() == kText);
  CHECK(Checkpoint{"a", 0, empty_root()}.text() ==
        "a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  CHECK(Checkpoint::parse(std::string(kText) + "more\n", "f").size == 5);
  const auto wrong = [](const std::string& text, const std::string& why) {
    CHECK_THROWS_WITH(Checkpoint::parse(text, "f"), "'f' is no checkpoint: " + why);
  };
  wrong("", "its first line names no log");
  wrong("a\n05\n", "its second line is no number of records");
  wrong("a\n5\nx\n", "its third line is no hash");
  wrong(std::string(kText) + "\n", "it has an empty line");
}

TEST_CASE("a proof of a record is read as it is written") {
  const auto [extra, line] =
      GENERATE(table<std::string, std::string>({{"", ""}, {"a", "extra YQ==\n"}}));
  RecordProof proof{3, {leaf_hash("a"), leaf_hash("b")}, extra, example()};
  const std::string text = proof.text();
  CHECK(text == "c2sp.org/tlog-proof@v1\n" + line + "index 3\n" + to_base64(leaf_hash("a")) + "\n" +
                    to_base64(leaf_hash("b")) + "\n\n" + example());
  const RecordProof read = RecordProof::parse(text, "f");
  CHECK(read.index == 3);
  CHECK(read.hashes == proof.hashes);
  CHECK(read.extra == extra);
  CHECK(read.checkpoint == example());
  const auto wrong = [](const std::string& wrong_text, const std::string& why) {
    CHECK_THROWS_WITH(RecordProof::parse(wrong_text, "f"), "'f' is no proof of a record: " + why);
  };
  wrong(example(), "it does not begin with c2sp.org/tlog-proof@v1");
  wrong(replaced(text, "index 3", "index x"), "it has no index");
  wrong(replaced(text, "\n\n", "\n!\n\n"), "one of its lines is no hash");
  wrong(text.substr(0, text.find("\n\n") + 2), "it has no checkpoint");
}

}  // namespace pushguard
