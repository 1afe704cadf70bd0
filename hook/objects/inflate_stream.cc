// SPDX-License-Identifier: Apache-2.0
#include "objects/inflate_stream.h"

#include <algorithm>
#include <new>

#include "objects/byte_reader.h"

namespace pushguard {

InflateStream::InflateStream(std::span<const uint8_t> in, Wrapping wrapping) : in_(in) {
  if (inflateInit2(&state_, static_cast<int>(wrapping)) != Z_OK) throw std::bad_alloc();
}

InflateStream::~InflateStream() { inflateEnd(&state_); }

size_t InflateStream::read(std::span<uint8_t> out) {
  size_t filled = 0;
  while (filled < out.size() && !ended_) {
    constexpr size_t kMost = size_t{1} << 30;  // zlib counts in 32 bits
    const size_t given = std::min(in_.size(), kMost), room = std::min(out.size() - filled, kMost);
    state_.next_in = const_cast<Bytef*>(in_.data());
    state_.avail_in = static_cast<uInt>(given);
    state_.next_out = out.data() + filled;
    state_.avail_out = static_cast<uInt>(room);
    const int result = inflate(&state_, Z_NO_FLUSH);
    in_ = in_.subspan(given - state_.avail_in);
    filled += room - state_.avail_out;
    ended_ = result == Z_STREAM_END;
    if (result != Z_OK && !ended_) {
      salvaged_ = filled;
      throw Damaged("its compressed data is damaged");
    }
  }
  return filled;
}

bool InflateStream::at_end() {
  uint8_t more;
  return read({&more, 1}) == 0 && ended_;
}

}  // namespace pushguard
