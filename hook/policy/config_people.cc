// SPDX-License-Identifier: Apache-2.0
#include "policy/config_people.h"

#include <fmt/format.h>

namespace pushguard {

SiteOwner read_owner(const TomlFile& file, const toml::table& table) {
  SiteOwner owner{file.string(table, "repository"), file.string(table, "path"),
                  file.string(table, "provider"), file.strings(table, "owners")};
  for (const auto& [key, text] : {std::pair("repository", &owner.repository),
                                  {"path", &owner.path},
                                  {"provider", &owner.provider}}) {
    if (*text && (*text)->empty()) {
      throw file.error_at(*table.get(key), fmt::format("'{}' is empty", key));
    }
  }
  if (owner.owners.empty()) throw file.error_at(table, "'owners' is missing or empty");
  for (const std::string& name : owner.owners) {
    if (!name.empty() && name.find(' ') == name.npos) continue;
    throw file.error_at(*table.get("owners"),
                        fmt::format("'{}' is no owner: one word, as in \"@acme/ops\"", name));
  }
  return owner;
}

std::string read_assistants(const TomlFile& file, const toml::table& audit) {
  std::string lines;
  for (const std::string& mark : file.strings(audit, "assistants")) {
    const size_t at = mark.find('@'), blank = mark.find(' ');
    if (at >= blank || blank == mark.npos || blank + 1 == mark.size() ||
        mark.find('\n') != mark.npos) {
      throw file.error_at(*audit.get("assistants"),
                          fmt::format("'{}' is no mark: an address or '@DOMAIN', a blank, and a "
                                      "name",
                                      mark));
    }
    lines += mark + '\n';
  }
  return lines;
}

}  // namespace pushguard
