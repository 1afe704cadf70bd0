// SPDX-License-Identifier: Apache-2.0
#include "validators/azure_identifiable.h"

#include <algorithm>
#include <iterator>

#include "codec/encodings.h"
#include "codec/marvin32.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

struct Seed {
  std::string_view letters;
  std::string_view grants;  // what its keys may do; "" when the seed does not say
};

constexpr Seed kSeeds[] = {{"Default0", ""},
                           {"AbAcct00", ""},
                           {"Classic0", ""},
                           {"Access00", ""},
                           {"ACRDflt0", ""},
                           {"UsrPwd00", ""},
                           {"AadPwd00", ""},
                           {"Query000", "query"},
                           {"PAdmin00", "primary admin"},
                           {"Send0000", "send"},
                           {"Listen00", "listen"},
                           {"Manage00", "manage"},
                           {"System00", "system"},
                           {"Unknown0", ""},
                           {"Functi00", "function"},
                           {"Master00", "master"},
                           {"IoTHub00", ""},
                           {"DpsKey00", ""},
                           {"Device00", "device"},
                           {"Tenant00", "tenant"},
                           {"Gatewy00", "gateway"},
                           {"GitKey00", "git"},
                           {"MastRO00", "read-only master"},
                           {"MastRW00", "read-write master"},
                           {"SystRO00", "read-only system"},
                           {"SystRW00", "read-write system"},
                           {"SysAll00", "all-system"},
                           {"Resour00", ""},
                           {"Encryp00", ""}};

constexpr std::string_view kSignatures[] = {"+ASt", "ACDb", "+ABa", "+AMC", "APIM",
                                            "+ASb", "+AEh", "+ARm", "AIoT", "AzCa",
                                            "AZEG", "AzSe", "+ACR", "AzFu", "+SQL"};
constexpr std::string_view kRedisSignature = "AzCa";
constexpr std::string_view kFunctionSignature = "AzFu";
constexpr size_t kSignatureSize = 4, kCheckChars = 6, kCheckBytes = 4;

// `key` without its padding, if it has any.
std::string_view unpadded(std::string_view key) {
  for (int padding = 0; padding < 2 && key.ends_with('='); ++padding) key.remove_suffix(1);
  return key;
}

std::string_view signature_of(std::string_view key) {
  key = unpadded(key);
  if (key.size() < kSignatureSize + kCheckChars) return {};
  return key.substr(key.size() - kCheckChars - kSignatureSize, kSignatureSize);
}

// In some Redis keys "+" was replaced by "P" and "/" by "F" after encoding.
std::string redis_letters(std::string text) {
  std::replace(text.begin(), text.end(), '+', 'P');
  std::replace(text.begin(), text.end(), '/', 'F');
  return text;
}

bool matches_seed(std::string_view key, std::string_view bytes, std::string_view seed) {
  const std::string_view covered = bytes.substr(0, bytes.size() - kCheckBytes);
  const std::string check = marvin_bytes(marvin_seed(seed), covered);
  if (bytes.ends_with(check)) return true;
  if (signature_of(key) != kRedisSignature) return false;
  const std::string right = base64_encode(std::string(covered) + check);
  return redis_letters(right) == redis_letters(std::string(key));
}

}  // namespace

Validation check_azure_identifiable(std::string_view secret, int64_t) {
  if (std::ranges::find(kSignatures, signature_of(secret)) == std::end(kSignatures)) return {};
  const auto bytes = base64_decode(secret);
  if (bytes && bytes->size() >= kCheckBytes) {
    for (const auto& [letters, grants] : kSeeds) {
      if (!matches_seed(secret, *bytes, letters)) continue;
      std::string note = "checksum is valid";
      if (!grants.empty()) note += ": " + std::string(grants) + " key";
      return {Validity::valid, note};
    }
  }
  return checksum_verdict(false, Validity::invalid);
}

void seal_azure_identifiable(std::string& secret) {
  const size_t size = unpadded(secret).size();
  if (signature_of(secret).empty()) return;
  // The first check character may contain bits of the byte before it; "A" makes them zeros.
  secret.replace(size - kCheckChars, kCheckChars, kCheckChars, 'A');
  const auto bytes = base64_decode(secret);
  if (!bytes || bytes->size() < kCheckBytes) return;
  const std::string covered = bytes->substr(0, bytes->size() - kCheckBytes);
  const std::string sealed = covered + marvin_bytes(marvin_seed(kSeeds[0].letters), covered);
  const bool is_for_urls = signature_of(secret) == kFunctionSignature;
  const std::string text = is_for_urls ? base64url_encode(sealed) : base64_encode(sealed);
  secret.replace(size - kCheckChars, kCheckChars, text, size - kCheckChars, kCheckChars);
}

}  // namespace pushguard
