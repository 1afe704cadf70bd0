// SPDX-License-Identifier: Apache-2.0
// What each fuzzer defines, and what they share. driver.cc makes libFuzzer's
// entry points of it.
//
// Seeds are made by code at run time: no stored corpus holds token-shaped text
// or a pack that nobody can read. Limits are those that ship.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "objects/object.h"
#include "rules/rule_file.h"

namespace pushguard::fuzz {

// Inputs to start from.
std::vector<std::string> seeds();

// One input. An Error is an answer; anything else that leaves it is a finding.
void run(std::string_view input);

// Ends the run, so that libFuzzer keeps the input.
void expect(bool holds, const char* what);

// The built-in rules as their files say them, for seeds.
std::vector<RawRule> raw_rules();

// Takes numbers and texts from the front of an input; zeros and "" at its end.
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

// A directory of this process, empty when it starts and gone when it ends.
const std::filesystem::path& scratch();

std::string read_whole(const std::filesystem::path& file);

// Holds what the walk hands over to its promises, and counts it.
class CheckedVisitor : public ObjectVisitor {
 public:
  void object(const Object& object) override;
  void unscanned(Unscanned what) override;

  size_t objects = 0, gaps = 0;
  std::vector<std::string> contents;
};

// Walks scratch() as a quarantine, with the limits that ship.
void walk(size_t hash_size, CheckedVisitor& visitor);

}  // namespace pushguard::fuzz
