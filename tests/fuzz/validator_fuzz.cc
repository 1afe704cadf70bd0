// SPDX-License-Identifier: Apache-2.0
// Every validator on any bytes, as validator.h promises.
//
// An input is the number of the validator, the sizes of the texts before and after the secret,
// these two texts, and the secret.
#include "examples/rule_example.h"
#include "fuzz/fuzz.h"
#include "rules/built_in.h"
#include "validators/registry.h"

namespace pushguard::fuzz {
namespace {

constexpr int64_t kNow = 1767225600;

}  // namespace

std::vector<std::string> seeds() {
  std::vector<std::string> inputs;
  for (const RawRule& rule : raw_rules()) {
    if (!rule.validator) continue;
    const auto number = static_cast<char>(rule.validator - all_validators().data());
    inputs.push_back(std::string(1, number) + "\1\1='" + make_example(rule, 0).secret);
  }
  return inputs;
}

void run(std::string_view input) {
  Taker taker(input);
  const Validator& validator = all_validators()[taker.byte() % all_validators().size()];
  const uint8_t before_size = taker.byte(), behind_size = taker.byte();
  const std::string_view before = taker.text(before_size), behind = taker.text(behind_size);
  const std::string secret(taker.rest());
  const Validation validation = validator.check(secret, kNow);
  expect(validation.note.find('\n') == std::string::npos, "a note is one line");
  if (validator.decode) validator.decode(secret);
  if (validator.is_for_show) validator.is_for_show(before, behind);
  if (!validator.seal) return;
  std::string sealed = secret;
  validator.seal(sealed);
  expect(sealed.size() == secret.size(), "a seal changes no size");
  expect(validation.validity != Validity::valid ||
             validator.check(sealed, kNow).validity == Validity::valid,
         "what was valid is so when it is sealed");
}

}  // namespace pushguard::fuzz
