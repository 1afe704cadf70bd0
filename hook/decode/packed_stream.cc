// SPDX-License-Identifier: Apache-2.0
#include "decode/packed_stream.h"

#include <bzlib.h>
#include <lzma.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <bit>
#include <new>

#include "objects/byte_reader.h"
#include "objects/inflate_stream.h"

namespace pushguard {
namespace {

using State = PackedStream::State;

class Deflate final : public PackedStream {
 public:
  Deflate(std::span<const uint8_t> in, InflateStream::Wrapping wrapping) : stream_(in, wrapping) {}

  Piece read(std::span<uint8_t> out) override {
    try {
      const size_t size = stream_.read(out);
      return {size, size < out.size() ? State::ended : State::more};
    } catch (const Damaged&) {
      return {stream_.salvaged(), State::damaged};
    }
  }
  size_t left() const override { return stream_.left(); }

 private:
  InflateStream stream_;
};

// The rest are read by one loop. A library's step reads from `in_` and writes to the front of
// `out`, from which it takes what it wrote.
class Stepped : public PackedStream {
 public:
  explicit Stepped(std::span<const uint8_t> in) : in_(in) {}

  Piece read(std::span<uint8_t> out) override {
    const size_t wanted = out.size();
    while (state_ == State::more && !out.empty()) {
      const size_t before = in_.size() + out.size();
      step(out);
      // Nothing read and nothing written: it waits for bytes that are not there.
      if (state_ == State::more && in_.size() + out.size() == before) state_ = State::damaged;
    }
    return {wanted - out.size(), out.empty() ? State::more : state_};
  }
  size_t left() const override { return in_.size(); }

 protected:
  virtual void step(std::span<uint8_t>& out) = 0;

  std::span<const uint8_t> in_;
  State state_ = State::more;
};

class Bzip2 final : public Stepped {
 public:
  explicit Bzip2(std::span<const uint8_t> in) : Stepped(in) {
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
  }
  ~Bzip2() override { BZ2_bzDecompressEnd(&stream_); }
  Bzip2(const Bzip2&) = delete;
  Bzip2& operator=(const Bzip2&) = delete;

 private:
  void step(std::span<uint8_t>& out) override {
    constexpr size_t kMost = size_t{1} << 30;  // it counts in 32 bits
    const auto given = static_cast<unsigned>(std::min(in_.size(), kMost));
    const auto room = static_cast<unsigned>(std::min(out.size(), kMost));
    stream_.next_in = reinterpret_cast<char*>(const_cast<uint8_t*>(in_.data()));
    stream_.avail_in = given;
    stream_.next_out = reinterpret_cast<char*>(out.data());
    stream_.avail_out = room;
    const int result = BZ2_bzDecompress(&stream_);
    in_ = in_.subspan(given - stream_.avail_in);
    out = out.subspan(room - stream_.avail_out);
    if (result == BZ_STREAM_END) state_ = State::ended;
    if (result == BZ_MEM_ERROR) state_ = State::too_wide;
    if (result < 0 && result != BZ_MEM_ERROR) state_ = State::damaged;
  }

  bz_stream stream_{};
};

class Lzma final : public Stepped {
 public:
  Lzma(std::span<const uint8_t> in, Packing packing) : Stepped(in) {
    // What the decoders need beside the window is less than 1 MiB.
    constexpr uint64_t kMost = kMostWindow + (uint64_t{1} << 20);
    const lzma_ret result = packing == Packing::xz     ? lzma_stream_decoder(&stream_, kMost, 0)
                            : packing == Packing::lzma ? lzma_alone_decoder(&stream_, kMost)
                                                       : lzma_lzip_decoder(&stream_, kMost, 0);
    if (result != LZMA_OK) throw std::bad_alloc();
  }
  ~Lzma() override { lzma_end(&stream_); }
  Lzma(const Lzma&) = delete;
  Lzma& operator=(const Lzma&) = delete;

 private:
  void step(std::span<uint8_t>& out) override {
    stream_.next_in = in_.data();
    stream_.avail_in = in_.size();
    stream_.next_out = out.data();
    stream_.avail_out = out.size();
    const lzma_ret result = lzma_code(&stream_, LZMA_FINISH);
    in_ = in_.subspan(in_.size() - stream_.avail_in);
    out = out.subspan(out.size() - stream_.avail_out);
    if (result == LZMA_STREAM_END) {
      state_ = State::ended;
    } else if (result == LZMA_MEMLIMIT_ERROR || result == LZMA_MEM_ERROR) {
      state_ = State::too_wide;
    } else if (result != LZMA_OK) {
      state_ = State::damaged;
    }
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
};

class Zstd final : public Stepped {
 public:
  explicit Zstd(std::span<const uint8_t> in) : Stepped(in), context_(ZSTD_createDCtx()) {
    if (!context_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, std::bit_width(kMostWindow) - 1);
  }
  ~Zstd() override { ZSTD_freeDCtx(context_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

 private:
  void step(std::span<uint8_t>& out) override {
    ZSTD_inBuffer given{in_.data(), in_.size(), 0};
    ZSTD_outBuffer room{out.data(), out.size(), 0};
    const size_t result = ZSTD_decompressStream(context_, &room, &given);
    in_ = in_.subspan(given.pos);
    out = out.subspan(room.pos);
    if (result == 0) {
      state_ = State::ended;
    } else if (ZSTD_isError(result)) {
      const ZSTD_ErrorCode error = ZSTD_getErrorCode(result);
      const bool wide = error == ZSTD_error_frameParameter_windowTooLarge ||
                        error == ZSTD_error_memory_allocation;
      state_ = wide ? State::too_wide : State::damaged;
    }
  }

  ZSTD_DCtx* context_;
};

}  // namespace

std::string_view to_string(Packing packing) {
  switch (packing) {
    case Packing::deflate: return "deflate";
    case Packing::gzip: return "gzip";
    case Packing::zlib: return "zlib";
    case Packing::bzip2: return "bzip2";
    case Packing::xz: return "xz";
    case Packing::lzma: return "lzma";
    case Packing::lzip: return "lzip";
    case Packing::zstd: break;
  }
  return "zstd";
}

std::unique_ptr<PackedStream> open_packed_stream(Packing packing, std::span<const uint8_t> in) {
  switch (packing) {
    case Packing::deflate: return std::make_unique<Deflate>(in, InflateStream::Wrapping::none);
    case Packing::gzip: return std::make_unique<Deflate>(in, InflateStream::Wrapping::gzip);
    case Packing::zlib: return std::make_unique<Deflate>(in, InflateStream::Wrapping::zlib);
    case Packing::bzip2: return std::make_unique<Bzip2>(in);
    case Packing::xz:
    case Packing::lzma:
    case Packing::lzip: return std::make_unique<Lzma>(in, packing);
    case Packing::zstd: break;
  }
  return std::make_unique<Zstd>(in);
}

}  // namespace pushguard
