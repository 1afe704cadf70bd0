// SPDX-License-Identifier: Apache-2.0
#include "tlog/checkpoint.h"

#include <fmt/format.h>

#include "codec/encodings.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr std::string_view kProofHead = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kExtra = "extra ", kIndex = "index ";
constexpr size_t kMostHashes = 64;

// The next line of `rest` without its line feed; `rest` then starts behind it.
std::string_view take_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  return line;
}

}  // namespace

std::string Checkpoint::text() const {
  return fmt::format("{}\n{}\n{}\n", origin, size, to_base64(root));
}

Checkpoint Checkpoint::parse(std::string_view text, std::string_view where) {
  const auto wrong = [&](std::string_view why) {
    return Error(fmt::format("'{}' is no checkpoint: {}", where, why));
  };
  std::string_view rest = text;
  Checkpoint checkpoint;
  checkpoint.origin = take_line(rest);
  if (checkpoint.origin.empty()) throw wrong("its first line names no log");
  const auto size = read_number(take_line(rest));
  if (!size) throw wrong("its second line is no number of records");
  const auto root = hash_from_base64(take_line(rest));
  if (!root) throw wrong("its third line is no hash");
  while (!rest.empty()) {
    if (take_line(rest).empty()) throw wrong("it has an empty line");
  }
  checkpoint.size = *size;
  checkpoint.root = *root;
  return checkpoint;
}

std::string RecordProof::text() const {
  std::string text(kProofHead);
  if (!extra.empty()) text += fmt::format("{}{}\n", kExtra, base64_encode(extra));
  text += fmt::format("{}{}\n", kIndex, index);
  for (const TreeHash& hash : hashes) text += to_base64(hash) + '\n';
  return text + '\n' + checkpoint;
}

RecordProof RecordProof::parse(std::string_view text, std::string_view where) {
  const auto wrong = [&](std::string_view why) {
    return Error(fmt::format("'{}' is no proof of a record: {}", where, why));
  };
  if (!text.starts_with(kProofHead))
    throw wrong(
        fmt::format("it does not begin with {}", kProofHead.substr(0, kProofHead.size() - 1)));
  std::string_view rest = text.substr(kProofHead.size());
  std::string_view line = take_line(rest);
  RecordProof proof;
  if (line.starts_with(kExtra)) {
    auto extra = base64_decode(line.substr(kExtra.size()));
    if (!extra) throw wrong("its extra line is no base64");
    proof.extra = std::move(*extra);
    line = take_line(rest);
  }
  const auto index =
      line.starts_with(kIndex) ? read_number(line.substr(kIndex.size())) : std::nullopt;
  if (!index) throw wrong("it has no index");
  proof.index = *index;
  for (line = take_line(rest); !line.empty(); line = take_line(rest)) {
    const auto hash = hash_from_base64(line);
    if (!hash || proof.hashes.size() == kMostHashes) throw wrong("one of its lines is no hash");
    proof.hashes.push_back(*hash);
  }
  if (rest.empty()) throw wrong("it has no checkpoint");
  proof.checkpoint = rest;
  return proof;
}

}  // namespace pushguard
