// SPDX-License-Identifier: Apache-2.0
// The scan of named files: each file that is not scanned is reported.
#include "history/named_file_scan.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

#include "rules/built_in.h"
#include "support/git.h"

namespace pushguard::test {
namespace {

namespace fs = std::filesystem;

class Look {
 public:
  explicit Look(const std::string& format) {
    git(root(), "init -q -b main --object-format=" + format + " .");
  }

  Oid add(const std::string& content) {
    const std::string hex = git(root(), "hash-object -w --stdin", content);
    return *Oid::from_hex(std::string_view(hex).substr(0, hex.size() - 1));
  }
  void damage(const Oid& id) {
    const fs::path file = root() / ".git/objects" / id.hex().substr(0, 2) / id.hex().substr(2);
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    std::string bytes(fs::file_size(file), '\0');
    std::ifstream(file, std::ios::binary).read(bytes.data(), std::ssize(bytes));
    bytes.resize(bytes.size() / 2);  // the header still inflates
    write_file(file, bytes);
  }

  // A line for each finding, then a line for each Unscanned.
  std::string at(const std::vector<Oid>& ids, const Limits& limits,
                 const std::vector<Unscanned>& told = {}) {
    const auto store =
        open_object_store({root() / ".git/objects"}, ids.at(0).size, root() / ".git");
    UnscannedList known;
    for (const Unscanned& one : told) known.add(one);
    Scanner file_rules({&built_in_file_rules()}, built_in_templates(), 0);
    const NamedFileScan look =
        scan_named_files({ids.begin(), ids.end()}, *store, {nullptr, file_rules}, limits, known);
    std::string lines;
    for (const Finding& finding : look.findings) lines += std::string(finding.rule->id) + "\n";
    for (const Unscanned& gap : look.unscanned) {
      CHECK(std::ranges::find(ids, gap.id) != ids.end());
      CHECK(gap.type == ObjectType::blob);
      lines += std::to_string(gap.size) + " " + std::string(to_string(gap.why)) + ": " +
               gap.detail + "\n";
    }
    return lines;
  }

 private:
  fs::path root() const { return scratch_.path(); }

  ScratchDirectory scratch_;
};

}  // namespace

TEST_CASE("a named file over the limit for one object is not read, and told") {
  Look look(GENERATE("sha1", "sha256"));
  const Oid large = look.add(std::string(1001, '-')), fits = look.add(std::string(1000, '-'));
  Limits limits;
  limits.object_bytes = 1000;
  const std::string told =
      "1001 too-large: told by its name, to be held whole: 1001 bytes, and the limit is 1000\n";
  CHECK(look.at({large, fits}, limits) == told);
  CHECK(look.at({large, fits}, limits, {{large, ObjectType::blob, 1001, Why::damaged, "x"}}) == "");
  CHECK(look.at({large, fits}, limits, {{fits, ObjectType::blob, 1001, Why::damaged, "x"}}) ==
        told);
}

TEST_CASE("a named file that is missing or damaged is told") {
  Look look(GENERATE("sha1", "sha256"));
  const Oid id = look.add("a file that is about to go\n");
  Oid missing = id;
  missing.bytes[0] ^= 1;
  CHECK(look.at({missing}, {}) ==
        "0 damaged: told by its name, and it is neither pushed nor stored\n");
  look.damage(id);
  const std::string told = look.at({id}, {});
  INFO(told);
  CHECK(told.find("damaged: told by its name, and it ") != told.npos);
  CHECK(std::ranges::count(told, '\n') == 1);
}

}  // namespace pushguard::test
