// SPDX-License-Identifier: Apache-2.0
#include "scan/progress.h"

#include <catch2/catch.hpp>

namespace pushguard {

TEST_CASE("sizes and numbers are for people") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(as_size(1023) == "1023 bytes");
  CHECK(as_size(1024) == "1.0 KiB");
  CHECK(as_size(uint64_t{3} << 40) == "3.0 TiB");
  CHECK(as_size(uint64_t{5000} << 40) == "5000.0 TiB");
}

TEST_CASE("the bar goes by bytes, never over its end, and fits the terminal") {
  ScanState state;
  state.entries = 1200;
  state.bytes = 512;
  state.findings = 3;
  CHECK(progress_line(state, 3000, 1024, 80) ==
        "[############------------]  50%  1,200 of 3,000 files  512 bytes  3 found");
  CHECK(progress_line(state, 3000, 1024, 60) ==
        "[############------------]  50%  1,200 of 3,000 files");
  CHECK(progress_line(state, 3000, 1024, 10) == "");
  CHECK(progress_line(state, 3000, 256, 31) == "[########################] 100%");
  CHECK(progress_line(state, 2400, 0, 31) == "[############------------]  50%");
}

}  // namespace pushguard
