// SPDX-License-Identifier: Apache-2.0
// Keys that Rails itself tells people to commit.
//
// `rails new` of 4.1 to 5.1 writes config/secrets.yml with keys under
// "development:" and "test:"; the key for "production:" comes from the environment
// (guides.rubyonrails.org, Securing Rails Applications).
#pragma once

#include <string_view>

namespace pushguard {

// Whether the last line of `before` is the first line of a section "development:" or "test:".
// `after` is not used.
bool is_in_rails_test_section(std::string_view before, std::string_view after);

}  // namespace pushguard
