#include "objects/pack_walk.h"

#include <fmt/format.h>

#include "objects/byte_reader.h"
#include "objects/delta.h"

namespace pushguard {
namespace {

struct TooLarge {
  std::string detail;
};

}  // namespace

PackWalk::PackWalk(const PackFile& pack, const Limits& limits, ObjectVisitor& visitor)
    : pack_(pack), limits_(limits), visitor_(visitor), forest_(pack.entries()) {}

void PackWalk::run() {
  for (const uint32_t entry : forest_.circular()) {
    ++reported_;
    visitor_.unscanned({pack_.oid(pack_.entries()[entry]), ObjectType::unknown, 0, Why::damaged,
                        "its delta bases form a circle"});
  }
  for (const uint32_t root : forest_.roots()) {
    walk_tree(root);
    if (limits_.out_of_time()) break;
  }
  if (const uint64_t left = pack_.entries().size() - reported_; left > 0) {
    visitor_.unscanned({{}, ObjectType::unknown, 0, Why::out_of_time,
                        fmt::format("{} objects of a pack of {}", left, pack_.entries().size())});
  }
}

void PackWalk::walk_tree(uint32_t root) {
  const PackEntry& entry = pack_.entries()[root];
  const ObjectType type = entry.type;
  if (entry.base == PackEntry::kMissing) {
    abandon(root, type, Why::damaged, "its delta base is not in the pack");
    return;
  }
  std::vector<Frame> stack(1);
  stack[0] = {root, 0, {}};
  if (!visit(root, type, [&] { return whole(root); }, stack[0].content)) return;
  while (!stack.empty()) {
    Frame& top = stack.back();
    const auto children = forest_.children(top.entry);
    if (top.next_child == children.size()) {
      release(top.content);
      stack.pop_back();
      continue;
    }
    if (limits_.out_of_time()) return;
    const uint32_t child = children[top.next_child++];
    Frame frame{child, 0, {}};
    if (!visit(child, type, [&] { return delta(child, top.content); }, frame.content)) continue;
    if (top.next_child == children.size()) {
      release(top.content);
      top = std::move(frame);
    } else if (forest_.children(child).empty()) {
      release(frame.content);
    } else {
      stack.push_back(std::move(frame));
    }
  }
}

template <typename Rebuild>
bool PackWalk::visit(uint32_t entry, ObjectType type, Rebuild rebuild, Buffer& content) {
  try {
    content = rebuild();
  } catch (const Damaged& error) {
    abandon(entry, type, Why::damaged, error.what());
    return false;
  } catch (const TooLarge& error) {
    abandon(entry, type, Why::too_large, error.detail);
    return false;
  }
  ++reported_;
  const Range all{0, content.size};
  visitor_.object({pack_.oid(pack_.entries()[entry]), type,
                   {reinterpret_cast<const char*>(content.bytes.get()), content.size},
                   {&all, 1}});
  return true;
}

PackWalk::Buffer PackWalk::whole(uint32_t entry) {
  Buffer buffer = allocate(pack_.entries()[entry].size);
  if (!inflater_.exactly(pack_.stream(entry), {buffer.bytes.get(), buffer.size})) {
    release(buffer);
    throw Damaged("its compressed data is damaged");
  }
  return buffer;
}

PackWalk::Buffer PackWalk::delta(uint32_t entry, const Buffer& base) {
  Buffer instructions = whole(entry);
  Buffer target;
  try {
    ByteReader reader(instructions.view());
    const DeltaHeader header = read_delta_header(reader);
    if (header.base_size != base.size) throw Damaged("it is a delta of something else");
    target = allocate(header.target_size);
    apply_delta(reader, base.view(), {target.bytes.get(), target.size});
  } catch (...) {
    release(instructions);
    release(target);
    throw;
  }
  release(instructions);
  return target;
}

PackWalk::Buffer PackWalk::allocate(uint64_t size) {
  if (size > limits_.object_bytes) {
    throw TooLarge{fmt::format("{} bytes, and the limit is {}", size, limits_.object_bytes)};
  }
  if (held_bytes_ + size > limits_.memory_bytes) {
    throw TooLarge{fmt::format("needs more memory than the limit of {} bytes",
                               limits_.memory_bytes)};
  }
  held_bytes_ += size;
  return {std::make_unique_for_overwrite<uint8_t[]>(size), static_cast<size_t>(size)};
}

void PackWalk::release(Buffer& buffer) {
  held_bytes_ -= buffer.size;
  buffer = {};
}

void PackWalk::abandon(uint32_t entry, ObjectType type, Why why, std::string detail) {
  std::vector<uint32_t> lost{entry};
  while (!lost.empty()) {
    const uint32_t current = lost.back();
    lost.pop_back();
    const auto children = forest_.children(current);
    lost.insert(lost.end(), children.begin(), children.end());
    ++reported_;
    const PackEntry& object = pack_.entries()[current];
    visitor_.unscanned({pack_.oid(object), type, object.base == PackEntry::kWhole ? object.size : 0,
                        why, detail});
    detail = "its delta base could not be rebuilt";
  }
}

}  // namespace pushguard
