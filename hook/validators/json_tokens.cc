// SPDX-License-Identifier: Apache-2.0
#include "validators/json_tokens.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "codec/encodings.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

bool has_fields(std::string_view base64, std::initializer_list<const char*> names) {
  const auto bytes = base64_decode(base64);
  if (!bytes) return false;
  const auto record = nlohmann::json::parse(*bytes, nullptr, false);
  return record.is_object() &&
         std::ranges::all_of(names, [&](const char* name) { return record.contains(name); });
}

}  // namespace

Validation check_mapbox_token(std::string_view secret, int64_t) {
  constexpr size_t kKindSize = 3, kSmallestSignature = 22;
  const size_t divider = secret.rfind('.');
  const bool matches = divider != secret.npos && divider > kKindSize &&
                       secret.size() - divider - 1 >= kSmallestSignature &&
                       consists_of(secret.substr(divider + 1), kBase64Url) &&
                       has_fields(secret.substr(kKindSize, divider - kKindSize), {"u", "a"});
  if (matches && secret.starts_with("pk.")) return {Validity::weakened, "public by design"};
  if (matches && secret.starts_with("tk."))
    return {Validity::weakened, "works for an hour at most"};
  return structure_verdict(matches, Validity::weakened);
}

Validation check_onepassword_service(std::string_view secret, int64_t) {
  constexpr std::string_view kPrefix = "ops_";
  if (secret.starts_with(kPrefix)) secret.remove_prefix(kPrefix.size());
  return structure_verdict(
      has_fields(secret, {"email", "muk", "secretKey", "srpX", "signInAddress", "userAuth"}),
      Validity::weakened);
}

Validation check_grafana_record(std::string_view secret, int64_t) {
  constexpr std::string_view kPrefix = "glc_";
  const bool matches = secret.starts_with(kPrefix)
                           ? has_fields(secret.substr(kPrefix.size()), {"o", "n", "k", "m"})
                           : has_fields(secret, {"k", "n", "id"});
  return structure_verdict(matches, Validity::weakened);
}

}  // namespace pushguard
