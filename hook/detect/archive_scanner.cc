// SPDX-License-Identifier: Apache-2.0
#include "detect/archive_scanner.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "decode/tar.h"

namespace pushguard {
namespace {

// More than this about one object is counted.
constexpr size_t kMostUnscanned = 10;

// More than a push may have (detect/collector.h). A small archive can hold millions.
constexpr size_t kMostFindings = 20'000;

// A place has a copy of the name for each finding in the file. A longer name is left out.
constexpr size_t kMostName = 4096;

// Drops what `known` has, too, by the secret.
void drop_known(std::vector<Finding>& found, const std::vector<Finding>& known) {
  if (found.empty() || known.empty()) return;
  std::set<Secret> secrets;
  for (const Finding& finding : known) secrets.insert(finding.secret);
  std::erase_if(found, [&](const Finding& one) { return secrets.contains(one.secret); });
}

std::string shown(std::string_view name) {
  if (name.size() <= kMostName) return std::string(name);
  return fmt::format("(a name of {} bytes)", name.size());
}

// The name in a gap's detail, as named() puts it there; "" if it has none.
std::string quoted(std::string_view detail) {
  const size_t begin = detail.find('\'') + 1, end = detail.rfind('\'');
  return std::string(begin > 0 && end > begin ? detail.substr(begin, end - begin) : "");
}

// "7z archive", of "a 7z archive".
std::string_view without_article(std::string_view format) {
  return format.substr(format.find(' ') + 1);
}

std::string_view name_of(ArchiveKind kind, std::string_view content) {
  return kind == ArchiveKind::unread ? without_article(unread_archive(content)) : to_string(kind);
}

// A compressed file, whose file has no name.
bool is_packed(ArchiveKind kind) { return kind < ArchiveKind::tar; }

}  // namespace

void add_packed(std::vector<Finding>& found, std::vector<Finding> packed) {
  drop_known(found, packed);
  std::ranges::move(packed, std::back_inserter(found));
}

std::vector<Finding> ArchiveScanner::scan(const Object& object) {
  unscanned_.clear();
  left_out_ = {};
  found_ = 0;
  if (object.type != ObjectType::blob) return {};
  std::vector<Finding> found =
      object.part ? collect_part(object) : scan_whole(object, object.content);
  add_names(object, found);
  sum_up();
  return found;
}

void ArchiveScanner::add_names(const Object& object, std::vector<Finding>& found) {
  std::set<std::string> names;
  for (const Finding& finding : found) names.insert(finding.entry);
  for (const Unscanned& gap : unscanned_) names.insert(quoted(gap.detail));
  std::vector<Finding> in_names;
  for (const std::string& name : names) {
    if (name.find('/') == name.npos) continue;
    Object file{object.id, object.type, name};
    file.order = object.order;
    std::optional<Cause> cause;  // which is told
    std::ranges::move(find_in_(file, cause), std::back_inserter(in_names));
  }
  drop_known(in_names, found);
  std::ranges::move(in_names, std::back_inserter(found));
}

std::vector<Finding> ArchiveScanner::scan_whole(const Object& object, std::string_view content) {
  const std::vector<ArchiveKind> kinds = archive_kinds(content);
  if (kinds.empty()) return {};
  ArchiveReader reader(limits_);
  return unpacked(object, content, kinds, reader, 1);
}

std::vector<Finding> ArchiveScanner::unpacked(const Object& object, std::string_view content,
                                              const std::vector<ArchiveKind>& kinds,
                                              ArchiveReader& reader, uint32_t layer) {
  std::vector<Finding> all;
  for (const ArchiveKind kind : kinds) {
    std::vector<Finding> found = unpacked(object, content, kind, reader, layer);
    // A tar that ends with a zip is both; what both have keeps the name of the first.
    drop_known(found, all);
    std::ranges::move(found, std::back_inserter(all));
  }
  return all;
}

std::vector<Finding> ArchiveScanner::unpacked(const Object& object, std::string_view content,
                                              ArchiveKind kind, ArchiveReader& reader,
                                              uint32_t layer) {
  const std::string_view own_name = name_of(kind, content);
  if (layer > limits_.archive_layers) {
    count(own_name, content.size(), Cause::too_deep, {});
    leave_out(object, Cause::too_deep,
              fmt::format("{} archives, one in the other, hold one more", limits_.archive_layers));
    return {};
  }
  std::vector<Finding> all;
  Amount files;
  std::optional<Cause> cause;
  const auto entry = [&](std::string_view name, std::string_view file) {
    if (!file.empty()) files.add({1, file.size()});
    if (found_ > kMostFindings) {
      if (!cause) cause = Cause::too_many;
      return leave_out(object, Cause::too_many, Why::too_many_findings,
                       fmt::format("its files have more than {} findings", kMostFindings));
    }
    Object inner{object.id, object.type, file};
    inner.order = object.order;
    std::vector<Finding> found = find_in_(inner, cause);
    found_ += found.size();
    if (const std::vector<ArchiveKind> nested = archive_kinds(file); !nested.empty()) {
      add_packed(found, unpacked(object, file, nested, reader, layer + 1));
    }
    for (Finding& finding : found) {
      if (finding.entry.empty()) {
        finding.entry = shown(name);
      } else if (!name.empty()) {
        finding.entry = shown(fmt::format("{}/{}", name, finding.entry));
      }
      if (is_packed(kind) && finding.entry.empty()) {
        const std::string_view packing = to_string(kind);
        finding.encoding = finding.encoding.empty()
                               ? std::string(packing)
                               : fmt::format("{} in {}", finding.encoding, packing);
      }
      all.push_back(std::move(finding));
    }
  };
  const bool is_one = reader.read(content, kind, entry, [&](Cause what, std::string detail) {
    if (!cause) cause = what;
    leave_out(object, what, std::move(detail));
  });
  if (is_one) count(own_name, content.size(), cause, files);
  return all;
}

std::vector<Finding> ArchiveScanner::collect_part(const Object& object) {
  const Object::Part& part = *object.part;
  if (part.offset == 0) {
    parts_ = {};
    collecting_ = is_large_archive_ = has_zip_directory_ = false;
  }
  if (part.size > limits_.archive_bytes) {
    look_at_large_part(object);
    return {};
  }
  if (!collecting_) {
    constexpr size_t kHead = 8;  // tells what is in front of an archive
    if (part.offset == 0) parts_ = object.content.substr(0, kHead);
    collecting_ = (part.offset == 0 && !archive_kinds(object.content).empty()) ||
                  may_begin_archive(object.content);
    if (!collecting_) return {};
    // What came before holds no header; for the readers it is as if it were blanks.
    parts_.resize(std::min(parts_.size(), part.offset + part.own.begin));
    parts_.reserve(static_cast<size_t>(part.size));
    parts_.resize(part.offset + part.own.begin, ' ');
  }
  parts_ += object.content.substr(part.own.begin, part.own.size());
  if (part.own.end != object.content.size()) return {};
  collecting_ = false;
  const std::string whole = std::exchange(parts_, {});
  return scan_whole(object, whole);
}

// Of what is too large to be unpacked, tells whether it is an archive.
void ArchiveScanner::look_at_large_part(const Object& object) {
  const Object::Part& part = *object.part;
  if (is_large_archive_) return;
  const auto has = [&](std::string_view signature) {
    return last_zip_signature(object.content, signature) != std::string::npos;
  };
  // Readers look for the end of a zip from the end, some of them without a limit.
  has_zip_directory_ = has_zip_directory_ || has(kZipListed);
  is_large_archive_ = (part.offset == 0 && !archive_kinds(object.content).empty()) ||
                      has_tar_header(object.content) || (has_zip_directory_ && has(kZipEnd));
  const std::string_view format = unread_archive_in(object.content);
  if (!format.empty()) {
    is_large_archive_ = true;
    count(without_article(format), part.size, Cause::no_reader, {});
    leave_out(object, Cause::no_reader, fmt::format("{} is not looked into", format));
  } else if (is_large_archive_) {
    const std::vector<ArchiveKind> kinds = archive_kinds(object.content);
    const bool is_told = part.offset == 0 && !kinds.empty();
    const ArchiveKind kind = is_told                          ? kinds.front()
                             : has_tar_header(object.content) ? ArchiveKind::tar
                                                              : ArchiveKind::zip;
    count(name_of(kind, object.content), part.size, Cause::too_large, {});
    leave_out(
        object, Cause::too_large,
        fmt::format("archives of more than {} bytes are not unpacked", limits_.archive_bytes));
  }
}

void ArchiveScanner::count(std::string_view kind, uint64_t bytes, const std::optional<Cause>& cause,
                           const Amount& files) {
  Looked& looked = coverage_.containers[kind];
  looked.add({1, bytes}, cause);
  looked.decoded.add(files);
}

void ArchiveScanner::leave_out(const Object& object, Cause cause, Why why, std::string detail) {
  // The first of its reason always: each has a policy of its own.
  const bool is_known = std::ranges::find(unscanned_, why, &Unscanned::why) != unscanned_.end();
  if (is_known && unscanned_.size() >= kMostUnscanned) {
    ++left_out_[static_cast<size_t>(why)];
    return;
  }
  const uint64_t size = object.part ? object.part->size : object.content.size();
  unscanned_.push_back({object.id, object.type, size, why, std::move(detail), 1, cause});
}

void ArchiveScanner::sum_up() {
  for (const Why why : kAllWhys) {
    const uint64_t number = left_out_[static_cast<size_t>(why)];
    if (number == 0) continue;
    const Unscanned& first = unscanned_.front();
    unscanned_.push_back({first.id, first.type, first.size, why,
                          fmt::format("and {} more in the same blob", number), number});
  }
}

}  // namespace pushguard
