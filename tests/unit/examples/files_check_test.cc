// SPDX-License-Identifier: Apache-2.0
// What `rules check` says of rules about certain files.
#include <catch2/catch.hpp>

#include "examples/rules_check.h"
#include "rules/built_in.h"

namespace pushguard {
namespace {

std::vector<std::string> mistakes(const std::string& provider, const std::string& paths) {
  const TomlFile file("acme.toml", "provider = \"" + provider + "\"\n" + R"([[rule]]
id = "acme-pin"
description = "Acme PIN"
regex = 'acme pin ([0-9]{12})'
keywords = ["acme pin"]
secret_group = 1
confidence = "likely"
privilege = "read"
lifetime = "unknown"
rotate = "acme.example"
examples = ['acme pin {dig:12}']
negatives = ['acme pin', 'pin {dig:12}']
paths = )" + paths + "\n");
  return check_rules(read_rules(file), built_in_templates()).mistakes;
}

}  // namespace

TEST_CASE("an example is to be found in a file of each glob") {
  CHECK(mistakes("Acme", "['*.pins', 'pins/*', 'acme.[ch]', '[!a]cme.txt', 'acme.rsp']").empty());
  // No generic rule is about the test vectors of ciphers.
  CHECK(mistakes("Generic", "['*.pins', '*.rsp']") ==
        std::vector<std::string>{"acme.toml:2: rule 'acme-pin': example 1 is not found in 'x.rsp', "
                                 "a file of its glob '*.rsp'"});
  CHECK(mistakes("Acme", "['acme[']").empty());
  CHECK(mistakes("Acme", "['acme\\pins']") ==
        std::vector<std::string>{
            "acme.toml:2: rule 'acme-pin': no file name for its glob 'acme\\pins' could be made"});
}

}  // namespace pushguard
