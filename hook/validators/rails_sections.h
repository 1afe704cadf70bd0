// SPDX-License-Identifier: Apache-2.0
// Keys that Rails itself has people commit.
//
// `rails new` of 4.1 to 5.1 writes config/secrets.yml with keys under
// "development:" and "test:", and takes that of "production:" from the
// environment (guides.rubyonrails.org, Securing Rails Applications).
#pragma once

#include <string_view>

namespace pushguard {

// Whether the line that `before` ends in is the first of such a section.
bool is_in_rails_test_section(std::string_view before, std::string_view after);

}  // namespace pushguard
