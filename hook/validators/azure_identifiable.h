// SPDX-License-Identifier: Apache-2.0
// Azure's identifiable keys: base64 that ends in a four-character signature like "+ASt", six
// characters of checksum (Marvin32) and padding.
//
// A key without a known signature is `unknown`: older keys have no checksum. A key with one is
// `valid` when its checksum fits one of Azure's seeds, else `invalid`. Where that seed stands
// for a permission, such as "listen", the note names it.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

Validation check_azure_identifiable(std::string_view secret, int64_t now);
void seal_azure_identifiable(std::string& secret);

}  // namespace pushguard
