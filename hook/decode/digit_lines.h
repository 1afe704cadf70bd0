// SPDX-License-Identifier: Apache-2.0
// A run of base64 or hex digits that is written in pieces.
//
// Encoders break long output into lines of any width, and programs hold them as comments, lists
// or strings that are joined. Two pieces belong to one run when the second is not longer and
// only what such a layout has stands between them: a line end, indentation, a mark of a comment
// or a list, quotes, a sign that joins, `\n`, <br>. Between pairs of hex digits a blank, comma,
// colon, dash or 0x is enough. Rejected: joining what blanks alone separate in base64 (prose is
// that), and asking for lines of equal width (the first may follow a name, the last be short).
#pragma once

#include <cstdint>
#include <string_view>

#include "vocabulary/range.h"

namespace pushguard {

// The digits of `kind` (codec/byte_kinds.h) around the digit at `position`; not the letter of
// an escape in front, such as the 'n' of "\n". Empty if the byte is no digit, or such a letter.
Range piece_at(std::string_view content, size_t position, uint8_t kind);

// The same, but of a long piece only what is within 512 bytes, so that it costs no more.
Range piece_near(std::string_view content, size_t position, uint8_t kind);

// The piece of the same run behind `piece`, or before it; empty if there is none.
Range piece_behind(std::string_view content, Range piece, uint8_t kind);
Range piece_before(std::string_view content, Range piece, uint8_t kind);

// The end of the digits that start at `position`.
size_t end_of_digits(std::string_view content, size_t position, uint8_t kind);

// The first piece of the run that the byte at `position` is in or ends before it, and the end
// of that run; `position` where there is none.
Range first_piece(std::string_view content, size_t position, uint8_t kind);
size_t end_of_run(std::string_view content, size_t position, uint8_t kind);

// The most bytes between two pieces.
inline constexpr size_t kWidestGap = 96;

}  // namespace pushguard
