// SPDX-License-Identifier: Apache-2.0
#include "detect/archive_scanner.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace pushguard {
namespace {

// More than this about one object says no more.
constexpr size_t kMostUnscanned = 10;

}  // namespace

void add_packed(std::vector<Finding>& found, std::vector<Finding> packed) {
  if (packed.empty()) return;
  std::erase_if(found, [&](const Finding& finding) {
    return std::ranges::find(packed, finding.secret, &Finding::secret) != packed.end();
  });
  std::ranges::move(packed, std::back_inserter(found));
}

std::vector<Finding> ArchiveScanner::scan(const Object& object) {
  unscanned_.clear();
  if (object.type != ObjectType::blob) return {};
  return object.part ? collect_part(object) : scan_whole(object, object.content);
}

std::vector<Finding> ArchiveScanner::scan_whole(const Object& object, std::string_view content) {
  const ArchiveKind kind = archive_kind(content);
  if (kind == ArchiveKind::none) return {};
  ArchiveReader reader(limits_);
  return unpacked(object, content, kind, reader, 1);
}

std::vector<Finding> ArchiveScanner::unpacked(const Object& object, std::string_view content,
                                              ArchiveKind kind, ArchiveReader& reader,
                                              uint32_t layer) {
  if (layer > limits_.archive_layers) {
    leave_out(object, Why::archive,
              fmt::format("{} archives, one in the other, hold one more", limits_.archive_layers));
    return {};
  }
  std::vector<Finding> all;
  const auto entry = [&](std::string_view name, std::string_view file) {
    Object inner{object.id, object.type, file};
    inner.order = object.order;
    std::vector<Finding> found = find_in_(inner);
    if (const ArchiveKind nested = archive_kind(file); nested != ArchiveKind::none) {
      add_packed(found, unpacked(object, file, nested, reader, layer + 1));
    }
    for (Finding& finding : found) {
      if (finding.entry.empty()) {
        finding.entry = name;
      } else if (!name.empty()) {
        finding.entry = fmt::format("{}/{}", name, finding.entry);
      }
      if (kind == ArchiveKind::gzip && finding.entry.empty()) {
        finding.encoding = finding.encoding.empty() ? "gzip" : finding.encoding + " in gzip";
      }
      all.push_back(std::move(finding));
    }
  };
  reader.read(content, kind, entry,
              [&](Why why, std::string detail) { leave_out(object, why, std::move(detail)); });
  return all;
}

std::vector<Finding> ArchiveScanner::collect_part(const Object& object) {
  const Object::Part& part = *object.part;
  if (part.offset == 0) {
    parts_.clear();
    collecting_ = archive_kind(object.content) != ArchiveKind::none;
  }
  if (!collecting_) return {};
  parts_ += object.content.substr(part.own.begin, part.own.size());
  if (parts_.size() > limits_.archive_bytes) {
    collecting_ = false;
    parts_ = {};
    leave_out(
        object, Why::archive,
        fmt::format("archives of more than {} bytes are not unpacked", limits_.archive_bytes));
    return {};
  }
  if (part.own.end != object.content.size()) return {};
  collecting_ = false;
  const std::string whole = std::exchange(parts_, {});
  return scan_whole(object, whole);
}

void ArchiveScanner::leave_out(const Object& object, Why why, std::string detail) {
  if (unscanned_.size() == kMostUnscanned) return;
  unscanned_.push_back({object.id, object.type, 0, why, std::move(detail)});
}

}  // namespace pushguard
