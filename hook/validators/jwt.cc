// SPDX-License-Identifier: Apache-2.0
#include "validators/jwt.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "codec/encodings.h"
#include "validators/expiry.h"
#include "validators/jwt_signature.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr std::string_view kWrapped = "ZXlK";  // base64 of "eyJ"

std::optional<nlohmann::json> object_in(std::string_view part) {
  if (!consists_of(part, kBase64Url)) return std::nullopt;
  const auto bytes = base64_decode(part);
  if (!bytes) return std::nullopt;
  auto value = nlohmann::json::parse(*bytes, nullptr, false);
  if (!value.is_object()) return std::nullopt;
  return value;
}

// In Unix seconds; nothing when the token has no expiry.
std::optional<int64_t> expiry_of(const nlohmann::json& payload) {
  constexpr double kForever = 1e15;  // a double this large still fits in an int64_t
  const auto expiry = payload.find("exp");
  if (expiry == payload.end() || !expiry->is_number()) return std::nullopt;
  return static_cast<int64_t>(std::clamp(expiry->get<double>(), 0.0, kForever));
}

// jwt.io's example with another name in it, as people make it for tests.
bool is_made_of_sample(const nlohmann::json& payload) {
  constexpr int64_t kIssued = 1516239022;
  const auto subject = payload.find("sub"), issued = payload.find("iat");
  return (subject != payload.end() && *subject == "1234567890") ||
         (issued != payload.end() && *issued == kIssued);
}

}  // namespace

bool is_jwt(std::string_view text) {
  return text.starts_with("eyJ") && std::ranges::count(text, '.') == 2;
}

bool is_public_jwt(std::string_view text) {
  if (!is_jwt(text)) return false;
  const size_t begin = text.find('.') + 1;
  const auto payload = object_in(text.substr(begin, text.find('.', begin) - begin));
  if (!payload) return false;
  const auto says = [&](const char* name, std::string_view value) {
    const auto found = payload->find(name);
    return found != payload->end() && found->is_string() &&
           found->get_ref<const std::string&>() == value;
  };
  return says("role", "anon") && (says("iss", "supabase") || says("iss", "supabase-demo"));
}

Validation check_jwt(std::string_view secret, int64_t now) {
  if (secret.starts_with(kWrapped)) {
    const auto inner = base64_decode(secret);
    if (inner && !inner->starts_with(kWrapped)) return check_jwt(*inner, now);
  }
  const Validation broken{Validity::weakened, "header or payload is not JSON"};
  const size_t payload_at = secret.find('.');
  if (payload_at == secret.npos) return broken;
  const size_t signature_at = std::min(secret.find('.', payload_at + 1), secret.size());
  const auto header = object_in(secret.substr(0, payload_at));
  const auto payload = object_in(secret.substr(payload_at + 1, signature_at - payload_at - 1));
  if (!header || !payload) return broken;
  const auto named = header->find("alg");
  if (named == header->end() || !named->is_string()) {
    return {Validity::weakened, "header names no algorithm"};
  }
  const std::string algorithm = named->get<std::string>();
  const std::string_view signature =
      signature_at < secret.size() ? secret.substr(signature_at + 1) : std::string_view();
  const auto signature_bytes = base64_decode(signature);
  if (!signature_bytes || !consists_of(signature, kBase64Url)) {
    return {Validity::weakened, "signature is not base64url"};
  }
  if (signature.empty() || to_lower(algorithm) == "none") {
    return {Validity::weakened, "is unsigned"};
  }
  if (is_sample_signature(algorithm, secret.substr(0, signature_at), *signature_bytes)) {
    return {Validity::weakened, "signed with a well-known sample secret", true};
  }
  if (is_made_of_sample(*payload)) {
    return {Validity::weakened, "made of jwt.io's example", true};
  }
  const auto expiry = expiry_of(*payload);
  if (expiry && is_expired(*expiry, now)) return {Validity::weakened, expired_note(*expiry), true};
  return {Validity::unknown, "structure is valid"};
}

}  // namespace pushguard
