// SPDX-License-Identifier: Apache-2.0
// Tokens whose text is an encoded record: its fields prove the structure.
//
// None of them has a checksum that can be tested without the provider's key,
// but random filler parses to the end as none of these.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// PyPI and TestPyPI: a macaroon (version 2, binary) with a 32-byte signature.
// `weakened` once a caveat says that it is over.
Validation check_pypi_macaroon(std::string_view secret, int64_t now);

// JFrog: "reftkn:", kind, expiry as ten digits, then the reference.
Validation check_jfrog_reference(std::string_view secret, int64_t now);

// Sentry: JSON with the organisation and the time of issue, then 32 bytes.
Validation check_sentry_org(std::string_view secret, int64_t now);

// Intercom: "tok:" and the letters of a UUID or of base64url.
Validation check_intercom_token(std::string_view secret, int64_t now);

// Vault: the long form is a protobuf around the short one; the short one is
// random and `unknown`.
Validation check_vault_service(std::string_view secret, int64_t now);

}  // namespace pushguard
