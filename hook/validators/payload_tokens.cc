// SPDX-License-Identifier: Apache-2.0
#include "validators/payload_tokens.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/cursor.h"
#include "codec/encodings.h"
#include "validators/expiry.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kTokenLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:";

struct Packet {
  uint64_t type = 0;  // 0 ends a section and has no data
  std::string_view data;
};

std::optional<Packet> next_packet(Cursor& cursor) {
  const auto type = cursor.varint();
  if (!type || *type == 0) return type ? std::optional<Packet>(Packet{}) : std::nullopt;
  const auto size = cursor.varint();
  const auto data = size ? cursor.take(*size) : std::nullopt;
  if (!data) return std::nullopt;
  return Packet{*type, *data};
}

// The expiry in a newer caveat, which has the form [0, end, start].
std::optional<int64_t> expiry_in(std::string_view caveat) {
  constexpr int kExpiration = 0;
  constexpr size_t kFields = 3;
  const auto fields = nlohmann::json::parse(caveat, nullptr, false);
  if (!fields.is_array() || fields.size() != kFields || fields[0] != kExpiration) return {};
  if (!fields[1].is_number_unsigned()) return {};
  constexpr uint64_t kLatest = uint64_t{1} << 40;
  return static_cast<int64_t>(std::min(fields[1].get<uint64_t>(), kLatest));
}

struct Macaroon {
  bool complete = false;
  std::optional<int64_t> expiry;  // the earliest in all caveats
};

Macaroon read_pypi_macaroon(std::string_view bytes) {
  Macaroon macaroon;
  constexpr uint64_t kEnd = 0, kLocation = 1, kIdentifier = 2, kSignature = 6;
  constexpr size_t kUuidSize = 36, kSignatureSize = 32;
  Cursor cursor(bytes);
  if (!cursor.skip("\x02")) return macaroon;
  auto packet = next_packet(cursor);
  if (!packet || packet->type != kLocation) return macaroon;
  if (packet->data != "pypi.org" && packet->data != "test.pypi.org") return macaroon;
  packet = next_packet(cursor);
  if (!packet || packet->type != kIdentifier || packet->data.size() != kUuidSize) return macaroon;
  packet = next_packet(cursor);
  if (!packet || packet->type != kEnd) return macaroon;
  for (;;) {
    const auto caveat = next_packet(cursor);
    if (!caveat) return macaroon;
    if (caveat->type == kEnd) break;
    const auto end = next_packet(cursor);
    if (caveat->type != kIdentifier || !end || end->type != kEnd) return macaroon;
    const auto expiry = expiry_in(caveat->data);
    if (expiry) macaroon.expiry = std::min(*expiry, macaroon.expiry.value_or(*expiry));
  }
  packet = next_packet(cursor);
  macaroon.complete = packet && packet->type == kSignature &&
                      packet->data.size() == kSignatureSize && cursor.done();
  return macaroon;
}

bool is_sentry_record(std::string_view text) {
  const auto bytes = base64_decode(text);
  if (!bytes) return false;
  const auto record = nlohmann::json::parse(*bytes, nullptr, false);
  if (!record.is_object() || !record.contains("iat") || !record["iat"].is_number()) return false;
  return record.contains("url") && record.contains("region_url") && record.contains("org");
}

bool is_vault_record(std::string_view bytes) {
  constexpr size_t kMacSize = 32, kShortTokenSize = 28;
  Cursor cursor(bytes);
  if (!cursor.skip("\x08\x01\x12\x20") || !cursor.take(kMacSize) || !cursor.skip("\x1a")) {
    return false;
  }
  const auto size = cursor.varint();
  const auto message = size ? cursor.take(*size) : std::nullopt;
  if (!message || !cursor.done()) return false;
  Cursor fields(*message);
  if (!fields.skip("\x0a")) return false;
  const auto token_size = fields.varint();
  const auto token = token_size ? fields.take(*token_size) : std::nullopt;
  return token && token->starts_with("hvs.") && token->size() >= kShortTokenSize;
}

}  // namespace

Validation check_pypi_macaroon(std::string_view secret, int64_t now) {
  constexpr std::string_view kPrefix = "pypi-";
  if (secret.starts_with(kPrefix)) secret.remove_prefix(kPrefix.size());
  const auto bytes = base64_decode(secret);
  const Macaroon macaroon = bytes ? read_pypi_macaroon(*bytes) : Macaroon{};
  if (macaroon.complete && macaroon.expiry && is_expired(*macaroon.expiry, now)) {
    return {Validity::weakened, expired_note(*macaroon.expiry)};
  }
  return structure_verdict(macaroon.complete, Validity::weakened);
}

Validation check_jfrog_reference(std::string_view secret, int64_t now) {
  constexpr size_t kRecordSize = 48, kKindSize = 2, kExpirySize = 10;
  const auto bytes = base64_decode(secret);
  Cursor cursor(bytes ? std::string_view(*bytes) : ""sv);
  const bool begins = bytes && bytes->size() == kRecordSize && cursor.skip("reftkn:");
  const auto kind = cursor.take(kKindSize);
  const bool divided = cursor.skip(":");
  const auto digits = cursor.take(kExpirySize);
  if (!begins || !kind || !consists_of(*kind, kDigits) || !divided || !digits ||
      !consists_of(*digits, kDigits) || !cursor.skip(":")) {
    return structure_verdict(false, Validity::weakened);
  }
  int64_t expiry = 0;  // stays 0 for a token that never expires
  for (const char digit : *digits) expiry = expiry * 10 + (digit - '0');
  if (expiry != 0 && is_expired(expiry, now)) return {Validity::weakened, expired_note(expiry)};
  return structure_verdict(true, Validity::weakened);
}

Validation check_sentry_org(std::string_view secret, int64_t) {
  constexpr std::string_view kPrefix = "sntrys_";
  constexpr size_t kSecretSize = 43;
  if (secret.starts_with(kPrefix)) secret.remove_prefix(kPrefix.size());
  const size_t divider = secret.rfind('_');
  const bool holds =
      std::ranges::count(secret, '_') == 1 && secret.size() - divider - 1 == kSecretSize &&
      base64_decode(secret.substr(divider + 1)) && is_sentry_record(secret.substr(0, divider));
  return structure_verdict(holds, Validity::weakened);
}

Validation check_intercom_token(std::string_view secret, int64_t) {
  constexpr std::string_view kMark = "tok:";
  const auto text = base64_decode(secret);
  const bool holds = text && text->starts_with(kMark) && text->size() > kMark.size() &&
                     consists_of(std::string_view(*text).substr(kMark.size()), kTokenLetters);
  return structure_verdict(holds, Validity::weakened);
}

Validation check_vault_service(std::string_view secret, int64_t) {
  constexpr std::string_view kPrefix = "hvs.", kLongForm = "CAES";
  if (secret.starts_with(kPrefix)) secret.remove_prefix(kPrefix.size());
  if (!secret.starts_with(kLongForm)) return {};
  const auto bytes = base64_decode(secret);
  return structure_verdict(bytes && is_vault_record(*bytes), Validity::weakened);
}

}  // namespace pushguard
