// SPDX-License-Identifier: Apache-2.0
// Tokens that consist of an encoded record. The fields of the record prove the structure.
//
// No such token has a checksum that can be tested without the provider's key, but random
// filler never parses to the end.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// PyPI and TestPyPI: a macaroon (version 2, binary) with a 32-byte signature. `weakened` when
// one of its caveats says that it has expired.
Validation check_pypi_macaroon(std::string_view secret, int64_t now);

// JFrog: "reftkn:", the kind, the expiry as ten digits (Unix seconds, 0 for none), the
// reference.
Validation check_jfrog_reference(std::string_view secret, int64_t now);

// Sentry: JSON with the organisation and the time of issue, then 32 bytes.
Validation check_sentry_org(std::string_view secret, int64_t now);

// Intercom: "tok:" and characters of a UUID or of base64url.
Validation check_intercom_token(std::string_view secret, int64_t now);

// Vault: the long form is a protobuf that contains the short form. The short form is random:
// `unknown`.
Validation check_vault_service(std::string_view secret, int64_t now);

}  // namespace pushguard
