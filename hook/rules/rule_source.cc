// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_source.h"

#include <zlib.h>

#include "vocabulary/error.h"

namespace pushguard {

std::vector<RuleSource> PackedSources::unpack(std::string& texts) const {
  size_t size = 0;
  for (const File& file : files) size += file.size;
  texts.resize(size);
  uLongf got = size;
  if (uncompress(reinterpret_cast<Bytef*>(texts.data()), &got,
                 reinterpret_cast<const Bytef*>(compressed.data()), compressed.size()) != Z_OK ||
      got != size) {
    throw Error("the rule files in this binary are damaged");
  }
  std::vector<RuleSource> sources;
  size_t at = 0;
  for (const File& file : files) {
    sources.push_back({file.name, std::string_view(texts).substr(at, file.size)});
    at += file.size;
  }
  return sources;
}

std::string compressed_texts(std::string_view texts) {
  uLongf size = compressBound(texts.size());
  std::string compressed(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(compressed.data()), &size,
                reinterpret_cast<const Bytef*>(texts.data()), texts.size(), 9) != Z_OK) {
    throw Error("cannot compress the rule files");
  }
  compressed.resize(size);
  return compressed;
}

}  // namespace pushguard
