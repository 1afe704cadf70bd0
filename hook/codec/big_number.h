// SPDX-License-Identifier: Apache-2.0
// Products of large numbers, to check that an RSA modulus is the product of its primes.
//
// Schoolbook multiplication, for numbers of up to a few thousand bits. Rejected: a library
// for big numbers (one multiplication is all that is needed).
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// Numbers are big-endian bytes without leading zeros; "" is zero.
std::string product_of(std::string_view a, std::string_view b);
std::string_view without_leading_zeros(std::string_view number);

}  // namespace pushguard
