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

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

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
  // From all findings: in objects or files, and in the names of refs and in push options.
  explicit Redaction(std::span<const Finding> found, std::span<const PlacedFinding> in_names = {});

  // With every secret replaced by its preview. Texts that are the host's or the site's
  // own stay as they are.
  Redacted<std::string> apply(std::string_view text) const;
  Redacted<Push> apply(const Push& push) const;
  Redacted<Decision> apply(Decision decision) const;

 private:
  static constexpr size_t kHead = 4;

  void add(const Secret& secret);
  // The longest secret that `text` starts with, or null.
  const Secret* at_start_of(std::string_view text) const;
  void redact(std::string& text) const;
  void redact(Exposure& exposure) const;

  // By their first bytes, at most kHead of them; longest first.
  std::unordered_map<std::string, std::vector<Secret>> by_head_;
  std::vector<bool> starts_;  // by two bytes: whether a secret may begin with them
};

// `text` as one line for a terminal: control characters and non-ASCII bytes become '?'.
std::string printable(std::string_view text);

}  // namespace pushguard
