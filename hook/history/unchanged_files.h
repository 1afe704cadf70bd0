// SPDX-License-Identifier: Apache-2.0
// Which named files a small push leaves as they were.
//
// git packs whole trees: a commit that changes one file of a directory brings all entries of
// the directory's new tree. A named file that is one of them, and that the server has, would
// be read and scanned at each push.
#pragma once

#include <functional>
#include <span>

#include "detect/tree_names.h"
#include "history/object_store.h"
#include "objects/limits.h"
#include "rules/file_names.h"

namespace pushguard {

// Removes from `files` the blobs that the push does not bring, and that stand where a parent of
// the pushed commits has them, too. `commits` are all commits of the push; of more than
// Collected::kMostCommits, and of more entries than NamedFiles::kMostEntries, none is removed:
// then comparing trees may cost more than it saves. `store` has the objects of the push and
// those of the server.
void drop_unchanged(NamedFiles& files, std::span<const Oid> commits, const FileNameRules& names,
                    const std::function<bool(const Oid&)>& is_pushed, ObjectStore& store,
                    const Limits& limits);

}  // namespace pushguard
