// SPDX-License-Identifier: Apache-2.0
#include "objects/family_walk.h"

#include <fmt/format.h>

#include "objects/blob_stream.h"
#include "objects/byte_reader.h"
#include "objects/delta.h"
#include "objects/inflate_stream.h"

namespace pushguard {
namespace {

struct TooLarge {
  Cause cause;
  std::string detail;
};

}  // namespace

FamilyWalk::FamilyWalk(const PackFile& pack, const DeltaForest& forest, uint64_t first,
                       const Limits& limits, Memory& memory, ObjectVisitor& visitor)
    : pack_(pack),
      forest_(forest),
      first_(first),
      limits_(limits),
      memory_(memory),
      visitor_(visitor) {}

void FamilyWalk::walk(uint32_t root) {
  const PackEntry& entry = pack_.entries()[root];
  const ObjectType type = entry.type();
  if (entry.base == PackEntry::kMissing) {
    abandon(root, type, Cause::damaged, "its delta base is not in the pack");
    return;
  }
  if (type == ObjectType::blob && forest_.children(root).empty() && stream(root)) return;
  std::vector<Frame> stack(1);
  stack[0].entry = root;
  if (!visit(stack[0], type, nullptr)) return;
  while (!stack.empty()) {
    Frame& top = stack.back();
    const auto children = forest_.children(top.entry);
    if (top.next_child == children.size()) {
      release(top);
      stack.pop_back();
      continue;
    }
    if (limits_.out_of_time()) return;
    Frame frame;
    frame.entry = children[top.next_child++];
    if (!visit(frame, type, &top)) continue;
    if (top.next_child == children.size()) {
      release(top);
      top = std::move(frame);
    } else if (forest_.children(frame.entry).empty()) {
      release(frame);
    } else {
      stack.push_back(std::move(frame));
    }
  }
}

bool FamilyWalk::stream(uint32_t root) {
  const PackEntry& entry = pack_.entries()[root];
  const uint64_t size = pack_.size(entry);
  if (size < kStreamedBytes) return false;
  Object object{pack_.oid(entry), ObjectType::blob, {}};
  object.order = first_ + root;
  ++reported_[static_cast<size_t>(ObjectType::blob)];
  stream_blob(pack_.stream(root), 0, size, object, limits_, visitor_);
  return true;
}

bool FamilyWalk::visit(Frame& frame, ObjectType type, const Frame* base) {
  try {
    frame.content = base ? delta(frame.entry, type, base->content) : whole(frame.entry);
  } catch (const Damaged& error) {
    abandon(frame.entry, type, Cause::damaged, error.what());
    return false;
  } catch (const TooLarge& error) {
    abandon(frame.entry, type, error.cause, error.detail);
    return false;
  }
  ++reported_[static_cast<size_t>(type)];
  Object object{pack_.oid(pack_.entries()[frame.entry]),
                type,
                {reinterpret_cast<const char*>(frame.content.bytes.get()), frame.content.size}};
  object.order = first_ + frame.entry;
  const bool has_deltas = !forest_.children(frame.entry).empty();
  if (type == ObjectType::tree) {
    if (!base) copies_.clear();
    if (base || has_deltas) {
      keep_whole_entries(object.content, base ? base->entries : EntryPlaces(), object.id.size,
                         copies_, has_deltas ? &frame.entries : nullptr);
    }
  }
  if (base && !base->forgotten) {
    object.base = base->remembered.get();
    object.base_size = base->content.size;
    object.copies = copies_;
  }
  if (has_deltas) object.remember = &frame.remembered;
  visitor_.object(object);
  if (!frame.remembered && frame.entries.empty()) return true;
  const uint64_t bytes = (frame.remembered ? frame.remembered->bytes() : 0) +
                         frame.entries.size() * sizeof(EntryPlaces::value_type);
  if (memory_.take(bytes)) {
    frame.remembered_bytes = bytes;
  } else {
    frame.remembered.reset();
    frame.entries = {};
    frame.forgotten = true;
  }
  return true;
}

FamilyWalk::Buffer FamilyWalk::whole(uint32_t entry) {
  Buffer buffer = allocate(pack_.size(pack_.entries()[entry]));
  if (!inflater_.exactly(pack_.stream(entry), {buffer.bytes.get(), buffer.size})) {
    release(buffer);
    throw Damaged("its compressed data is damaged");
  }
  return buffer;
}

FamilyWalk::Buffer FamilyWalk::delta(uint32_t entry, ObjectType type, const Buffer& base) {
  Buffer instructions = whole(entry);
  Buffer target;
  try {
    ByteReader reader(instructions.view());
    const DeltaHeader header = read_delta_header(reader);
    if (header.base_size != base.size) throw Damaged("it is a delta of something else");
    target = allocate(header.target_size);
    apply_delta(instructions.view().subspan(reader.position()), base.view(),
                {target.bytes.get(), target.size}, type == ObjectType::tree ? 1 : kShortestCopy,
                copies_);
  } catch (...) {
    release(instructions);
    release(target);
    throw;
  }
  release(instructions);
  return target;
}

FamilyWalk::Buffer FamilyWalk::allocate(uint64_t size) {
  if (size > limits_.object_bytes) {
    throw TooLarge{Cause::too_large,
                   fmt::format("{} bytes, and the limit is {}", size, limits_.object_bytes)};
  }
  if (!memory_.take(size)) {
    throw TooLarge{Cause::out_of_memory,
                   fmt::format("needs more memory than the limit of {} bytes", memory_.most())};
  }
  return {std::make_unique_for_overwrite<uint8_t[]>(size + kSlack), static_cast<size_t>(size)};
}

void FamilyWalk::release(Buffer& buffer) {
  memory_.give_back(buffer.size);
  buffer = {};
}

void FamilyWalk::release(Frame& frame) {
  release(frame.content);
  memory_.give_back(frame.remembered_bytes);
  frame.remembered_bytes = 0;
}

uint64_t FamilyWalk::claimed_size(uint32_t entry) const {
  const PackEntry& object = pack_.entries()[entry];
  if (object.base == PackEntry::kWhole) return pack_.size(object);
  try {
    InflateStream stream(pack_.stream(entry));
    uint8_t start[kLongestDeltaHeader];
    ByteReader reader({start, stream.read(start)});
    return read_delta_header(reader).target_size;
  } catch (const Damaged&) {
    return 0;
  }
}

void FamilyWalk::abandon(uint32_t entry, ObjectType type, Cause cause, std::string detail) {
  const Why why = cause == Cause::damaged ? Why::damaged : Why::too_large;
  std::vector<uint32_t> lost{entry};
  while (!lost.empty()) {
    const uint32_t current = lost.back();
    lost.pop_back();
    const auto children = forest_.children(current);
    lost.insert(lost.end(), children.begin(), children.end());
    ++reported_[static_cast<size_t>(type)];
    visitor_.unscanned(
        {pack_.oid(pack_.entries()[current]), type, claimed_size(current), why, detail, 1, cause});
    detail = "its delta base could not be rebuilt";
  }
}

}  // namespace pushguard
