// SPDX-License-Identifier: Apache-2.0
// A table of the ways in which programs write text so that it is not plain: each in the layouts
// that its common encoders use.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace pushguard::test {

struct Encoder {
  std::string name;
  // `width` is the number of digits, or of pieces, on a line; 0 for all on one.
  std::function<std::string(const std::string& text, size_t width)> encode;
  std::vector<size_t> widths;
  // Whether each byte of a text has its place in what is written (not so in gzip).
  bool keeps_places = true;
};

std::vector<Encoder> encoders();

}  // namespace pushguard::test
