// Files that set up a real environment, known by their names: `.env`,
// `.env.production`, `application.prod.yml`.
//
// An example value in one of them is either a mistake, or a value that everyone
// knows in real use.
#pragma once

#include <span>
#include <string_view>
#include <unordered_set>

#include "oid.h"
#include "range.h"

namespace pushguard {

// By the last part of `path`. Not `.env.example`, `.env.sample`,
// `.env.template` or `.env.dist`, nor documentation or source of a product.
bool is_environment_file(std::string_view path);

// Adds the ids of the environment files that the tree `content` names by an
// entry of which at least one byte is fresh. Ids are `hash_size` bytes.
void add_environment_files(std::string_view content, std::span<const Range> fresh,
                           size_t hash_size, std::unordered_set<Oid, OidHash>& files);

}  // namespace pushguard
