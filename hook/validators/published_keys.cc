// SPDX-License-Identifier: Apache-2.0
#include "validators/published_keys.h"

#include "vocabulary/digest.h"

namespace pushguard {
namespace {

struct PublishedKey {
  std::string_view sha256, name;
};

constexpr PublishedKey kPublishedKeys[] = {
    {"56fb5326a1d72a4080d4870034ecac85b4ae1159f84b9bc458d46327083921e0", "Vagrant's insecure key"},
    {"9c0ba9b4f3e7993a90ff9572fbf1670b80f86ba3843220d8b7f8ecd90aafb54b", "a test key of Paramiko"},
    {"06e7389b22ff4370213b9c1efce39d86166e18a431bcdfbd0636f6f40774cc11", "a test key of Paramiko"},
    {"cd31b2c71ecab6d599bd6f53d14fa54423eeb272d5f6a3f6cc8e0d94b697e9e8", "a test key of Paramiko"},
    {"f145f5a794a620ef0ef457ee3092d1ecc4012b9eff2380f0ba84b74774e703fe", "a test key of Paramiko"},
    {"2bfe360b17455a8f5fa70f5fb306b045f1209d6b4b7a49c94705de63dc6d26cf", "a test key of Paramiko"},
    {"361721ece86b2732a41b2a31cea9f47b83f4eaa26e4fcd85049b64e690bc877c", "a test key of Paramiko"},
    {"c6fd92719dc3c79142e0cf934faf8f9822d62a4fb715b7b803bed9077012642b", "a test key of Paramiko"},
    {"33b46df431236d220974b1d68a17b23ab5df7a43d10a82ffaf2ed2e75c903cc8", "a test key of Paramiko"},
    {"c77c0a9265ff296bf3a15f19aba0c7f39c40570b91e5d41e33f7077d522a4581", "a test key of Paramiko"},
};

}  // namespace

std::string_view published_key_name(std::string_view body) {
  const std::string hash = sha256_hex(body);
  for (const auto& [sha256, name] : kPublishedKeys) {
    if (sha256 == hash) return name;
  }
  return {};
}

}  // namespace pushguard
