// SPDX-License-Identifier: Apache-2.0
// The values of a Kubernetes Secret: whatever is under `data` and `stringData` of a manifest, in
// YAML of any style or JSON.
//
// What `data` holds is base64 by definition, so a value is judged by what it decodes to. Beside
// keys that say nothing ("webhook") only random values and passwords count; names of users and
// hosts, and certificates, never do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "validators/validator.h"

namespace pushguard {

// How far from `kind: Secret` a manifest is read, in bytes.
inline constexpr size_t kKubernetesSecretReach = 4096;

// For Validator::values; `kind` is where the manifest says what it is.
bool read_kubernetes_secret(std::string_view content, Range kind, uint64_t& bytes,
                            std::vector<Range>& values);

Validation check_kubernetes_secret(std::string_view secret, int64_t now);
std::string decode_kubernetes_secret(std::string_view secret);

}  // namespace pushguard
