// SPDX-License-Identifier: Apache-2.0
// The last step before any text leaves the process: replaces every secret that was found in
// this push, wherever it is in the text.
//
// Paths, the names of refs and authors, and push options come from the pusher and can
// have a secret in them. A Redaction is made of all findings at once, and what a message
// or a record renders is a Redacted value, which only a Redaction can make: to leave a
// text out takes a change here. Rejected: trusting each writer to mask its own;
// searching each text for each secret (a push can bring thousands of both).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "detect/collector.h"
#include "history/exposure.h"
#include "policy/decision.h"
#include "push/push.h"

namespace pushguard {

// A value without a secret in any text that came with the push.
template <typename Value>
class Redacted {
 public:
  const Value& operator*() const { return value_; }
  const Value* operator->() const { return &value_; }

 private:
  friend class Redaction;
  explicit Redacted(const Value& value) : value_(value) {}
  explicit Redacted(Value&& value) : value_(std::move(value)) {}

  Value value_;
};

class Redaction {
 public:
  // From all findings: in objects or files, and in the names of refs and in push options. When
  // some of `dropped` are missing, no text that came with the push is shown.
  explicit Redaction(std::span<const Finding> found, std::span<const PlacedFinding> in_names = {},
                     const DroppedSecrets& dropped = {});

  // With every secret replaced by its preview, and what overlaps it.
  Redacted<std::string> apply(std::string_view text) const;
  Redacted<Push> apply(const Push& push) const;
  Redacted<Decision> apply(Decision decision) const;

 private:
  static constexpr size_t kHead = 4;

  // Longer texts are cut, once they are redacted.
  static constexpr size_t kMostBytes = 4096;

  // Texts that were redacted already, by their identity: all places of a commit have its author
  // and subject. The originals are kept, so that no other text gets their identity.
  struct Clean {
    SharedText original, text;
  };
  struct Known {
    std::unordered_map<const void*, Clean> texts;
    std::map<std::shared_ptr<const PlaceRefs>, std::shared_ptr<const PlaceRefs>> refs;
  };
  // Secrets with the same first bytes. A look-up costs a hash for each size, however many
  // secrets there are.
  struct Group {
    std::set<size_t, std::greater<>> sizes;
    std::unordered_set<std::string> secrets;
  };

  void add(const Secret& secret);
  void add_lines(std::string_view bytes);
  // The size of the longest secret that `text` starts with, or 0.
  size_t size_at_start_of(std::string_view text) const;
  void redact(std::string& text) const;
  void redact(SharedText& text, Known& known) const;
  void redact(Exposure& exposure, Known& known) const;

  std::unordered_map<std::string, Group> by_head_;  // by at most kHead bytes
  std::vector<bool> starts_;  // by two bytes: whether a secret may begin with them
  bool hides_all_ = false;
};

}  // namespace pushguard
