// SPDX-License-Identifier: Apache-2.0
// Products of large numbers: is an RSA key's modulus that of its primes?
//
// Schoolbook, for numbers of a few thousand bits at most. Rejected: a library
// of big numbers (one multiplication is all that is asked for).
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// Big-endian bytes, without leading zeros; "" is zero.
std::string product_of(std::string_view a, std::string_view b);
std::string_view without_leading_zeros(std::string_view number);

}  // namespace pushguard
