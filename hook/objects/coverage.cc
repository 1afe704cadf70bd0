// SPDX-License-Identifier: Apache-2.0
#include "objects/coverage.h"

#include <algorithm>
#include <limits>

namespace pushguard {
namespace {

void add_to(uint64_t& sum, uint64_t more) {
  if (__builtin_add_overflow(sum, more, &sum)) sum = std::numeric_limits<uint64_t>::max();
}

void merge_names(ContentCoverage::ByName& into, const ContentCoverage::ByName& from) {
  for (const auto& [name, looked] : from) into[name].merge(looked);
}

}  // namespace

void Amount::add(const Amount& more) {
  if (more.count == 0) return;
  add_to(count, more.count);
  add_to(bytes, more.bytes);
  add_to(of_unknown_size, more.of_unknown_size);
}

Amount Looked::seen() const {
  Amount all = scanned;
  for (const Amount& amount : let_go) all.add(amount);
  return all;
}

void Looked::add(const Amount& amount, const std::optional<Cause>& cause) {
  (cause ? let_go[static_cast<size_t>(*cause)] : scanned).add(amount);
}

void Looked::merge(const Looked& other) {
  scanned.add(other.scanned);
  decoded.add(other.decoded);
  for (size_t i = 0; i < let_go.size(); ++i) let_go[i].add(other.let_go[i]);
}

void ContentCoverage::merge(const ContentCoverage& other) {
  merge_names(containers, other.containers);
  merge_names(encodings, other.encodings);
}

Amount Coverage::seen() const {
  Amount all;
  for (const Looked& looked : objects) all.add(looked.seen());
  return all;
}

void Coverage::merge(const Coverage& other) {
  for (size_t i = 0; i < objects.size(); ++i) objects[i].merge(other.objects[i]);
  contents.merge(other.contents);
  named_files.merge(other.named_files);
}

}  // namespace pushguard
