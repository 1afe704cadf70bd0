// SPDX-License-Identifier: Apache-2.0
// Signed URLs and shared access signatures: the end of their validity is in clear.
//
// Azure's "se", S3's and Google Cloud Storage's date and seconds, and the
// "Expires" of the older forms. The signature itself needs the signer's key.
#pragma once

#include <optional>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Unix time; nothing if the query names no end that can be read. `query` may be
// a whole URL; "&amp;" is as good as "&".
std::optional<int64_t> expiry_of_signed_url(std::string_view query);

// `weakened` once it is over; `unknown` before, or without an end.
Validation check_signed_url(std::string_view secret, int64_t now);

// Amazon Bedrock's keys. Short-term: base64 of a signed URL. Long-term ("ABSK"):
// base64 of the key's name, ":", a secret, `valid` if that is what it decodes to.
Validation check_bedrock_key(std::string_view secret, int64_t now);

}  // namespace pushguard
