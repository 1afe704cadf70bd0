// SPDX-License-Identifier: Apache-2.0
// Signed URLs and shared access signatures. Their expiry can be read; testing the signature
// would need the signer's key.
//
// The expiry is "se" for Azure, a date and a number of seconds for S3 and Google Cloud
// Storage, and "Expires" in older forms of both.
#pragma once

#include <optional>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// The expiry in Unix seconds; nothing when `query` has none that can be read. `query` may be a
// whole URL, and "&" may be written as "&amp;".
std::optional<int64_t> expiry_of_signed_url(std::string_view query);

// `weakened` after the expiry; `unknown` before it, or without one.
Validation check_signed_url(std::string_view secret, int64_t now);

// Keys of Amazon Bedrock. Short-term keys are base64 of a signed URL. Long-term keys ("ABSK")
// are base64 of the key's name, ":", and a secret; `valid` when they decode to that.
Validation check_bedrock_key(std::string_view secret, int64_t now);

}  // namespace pushguard
