// SPDX-License-Identifier: Apache-2.0
#include "report/leak.h"

#include <fmt/format.h>

namespace pushguard {
namespace {

std::string_view power(Privilege privilege) {
  switch (privilege) {
    case Privilege::admin: return "can control all of the account or service";
    case Privilege::write: return "can read and change what it opens";
    case Privilege::read: return "can read what it opens";
    case Privilege::identity: return "can pass for its owner";
    case Privilege::pay: return "can spend or move its owner's money";
    case Privilege::infer: return "can use models at its owner's cost";
    case Privilege::send: return "can send messages in its owner's name";
    case Privilege::unknown: return "can do whatever it was made for";
  }
  return "can do whatever it was made for";
}

std::string_view duration(Lifetime lifetime) {
  switch (lifetime) {
    case Lifetime::long_lived: return "until somebody revokes it";
    case Lifetime::expiring: return "until its date of expiry, unless somebody revokes it";
    case Lifetime::short_lived: return "for the minutes or hours that it lives";
    case Lifetime::discontinued: return "if an old one is still accepted: none are issued any more";
    case Lifetime::unknown: return "for as long as it is valid";
  }
  return "for as long as it is valid";
}

}  // namespace

std::string leak_means(Privilege privilege, Lifetime lifetime) {
  return fmt::format("whoever holds it {}, {}", power(privilege), duration(lifetime));
}

}  // namespace pushguard
