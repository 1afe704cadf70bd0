// SPDX-License-Identifier: Apache-2.0
// The validators by name, as rule files write them.
//
// Above all of them, so that a validator includes validator.h and no other one.
#pragma once

#include <span>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// All validators, in a fixed order; their addresses are constants, so that
// static rules can name them.
extern const Validator kValidators[];
std::span<const Validator> all_validators();
// Null when there is none of that name.
const Validator* find_validator(std::string_view name);

}  // namespace pushguard
