// The walk over everything that a push brings: all packs and loose objects of
// the quarantine, of every type, reachable or not.
//
// Rejected: walking commits from the pushed refs. Objects that no ref reaches
// are stored too, and whoever knows their id can fetch them.
#pragma once

#include <filesystem>
#include <span>

#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

// `hash_size` is 20 or 32. Large packs are walked by as many threads as there
// are visitors (one or more), each called by one thread; the same one may stand
// there several times. Only objects of `types` arrive; more than once, where git
// stored them more than once. Throws Error when the directory cannot be listed;
// everything that is wrong with an object arrives as Unscanned.
void visit_objects(const std::filesystem::path& quarantine, size_t hash_size,
                   const Limits& limits, std::span<ObjectVisitor* const> visitors,
                   ObjectTypes types = kAllTypes);
void visit_objects(const std::filesystem::path& quarantine, size_t hash_size,
                   const Limits& limits, ObjectVisitor& visitor);

}  // namespace pushguard
