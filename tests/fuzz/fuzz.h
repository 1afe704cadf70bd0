// SPDX-License-Identifier: Apache-2.0
// What each fuzzer defines, and what all share. driver.cc has the entry points for libFuzzer.
//
// Code makes the seeds at run time, so that no stored corpus contains token-shaped text or a
// pack that nobody can read. The limits are those of the release.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "objects/object.h"
#include "support/raw_rules.h"

namespace pushguard::fuzz {

// The inputs to start from.
std::vector<std::string> seeds();

// Runs one input. It may throw Error; any other exception is a fault.
void run(std::string_view input);

// Unless `holds`: prints `what` and aborts, so that libFuzzer keeps the input.
void expect(bool holds, const char* what);

using test::raw_rules;  // for seeds

// Takes numbers and texts from the start of an input; zeros and "" after its end.
class Taker {
 public:
  explicit Taker(std::string_view input) : rest_(input) {}

  bool empty() const { return rest_.empty(); }
  uint8_t byte();
  uint16_t number() { return static_cast<uint16_t>(byte() | byte() << 8); }
  std::string_view text(size_t size);
  std::string_view rest() { return text(rest_.size()); }

 private:
  std::string_view rest_;
};

// A directory for this process: empty at its start, deleted at its end.
const std::filesystem::path& scratch();

std::string read_whole(const std::filesystem::path& file);

// Checks that the walk keeps the promises of ObjectVisitor, and counts what it passes.
class CheckedVisitor : public ObjectVisitor {
 public:
  void object(const Object& object) override;
  void unscanned(Unscanned what) override;

  size_t objects = 0, gaps = 0;
  std::vector<std::string> contents;
};

// Walks scratch() as a quarantine, with the limits of the release.
void walk(size_t hash_size, CheckedVisitor& visitor);

}  // namespace pushguard::fuzz
