// SPDX-License-Identifier: Apache-2.0
// Base64, base32, percent encoding, and numbers in other bases.
//
// Decoders accept any input and return nothing when it is not valid; bytes are held in
// std::string. Rejected: libsodium's codecs (fixed variants, strict padding).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pushguard {

inline constexpr std::string_view kDigits = "0123456789";
inline constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
inline constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
inline constexpr std::string_view kHexLower = "0123456789abcdef";
inline constexpr std::string_view kHexUpper = "0123456789ABCDEF";
inline constexpr std::string_view kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz";
inline constexpr std::string_view kBase62UpperFirst =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
inline constexpr std::string_view kBase62LowerFirst =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
inline constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// True for an empty text.
bool consists_of(std::string_view text, std::string_view alphabet);

// The standard and the URL alphabet, with or without padding.
std::optional<std::string> base64_decode(std::string_view text);
std::string base64_encode(std::string_view bytes);     // standard, padded
std::string base64url_encode(std::string_view bytes);  // URL alphabet, no padding
// Encodes `bytes` over the digits of `text` from `start` on, in the alphabet that these use.
// The size of `text` and its padding do not change, even when there is too much padding.
void base64_overwrite(std::string& text, size_t start, std::string_view bytes);

// RFC 4648 base32 in either case, no padding; spare bits at the end are dropped.
std::optional<std::string> base32_decode(std::string_view text);
std::string base32_encode(std::string_view bytes);  // upper case, no padding

// "%41" becomes "A"; a percent sign without two hex digits is kept.
std::string percent_decode(std::string_view text);

// Hex in either case, two digits for each byte.
std::optional<std::string> hex_decode(std::string_view text);

// Most significant digit first, padded on the left with the alphabet's zero.
std::string to_base(uint64_t value, std::string_view alphabet, size_t width);

// The lowest `count` bytes of `value`, least significant first.
std::string little_endian(uint64_t value, size_t count);

}  // namespace pushguard
