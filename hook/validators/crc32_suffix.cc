// SPDX-License-Identifier: Apache-2.0
#include "validators/crc32_suffix.h"

#include <optional>

#include "codec/checksums.h"
#include "codec/encodings.h"
#include "validators/expiry.h"
#include "validators/verdict.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

std::string base62_upper_first(uint32_t crc) { return to_base(crc, kBase62UpperFirst, 6); }
std::string base62_lower_first(uint32_t crc) { return to_base(crc, kBase62LowerFirst, 6); }
std::string hex(uint32_t crc) { return to_base(crc, kHexLower, 8); }
std::string hex_little_endian(uint32_t crc) {
  return hex(crc << 24 | (crc & 0xff00) << 8 | (crc >> 8 & 0xff00) | crc >> 24);
}
std::string base64_little_endian(uint32_t crc) {
  return base64_encode(little_endian(crc, 4)).substr(0, 6);
}

struct Layout {
  size_t prefix_min, prefix_max;  // how many characters before the covered ones, at least and most
  size_t covered;                 // how many characters the CRC covers
  size_t gap;                     // how many between these and the check
  size_t check_size;
  std::string (*write)(uint32_t crc);
  bool either_case;
  Validity failure;
};

// In the order of Crc32Token.
constexpr Layout kLayouts[] = {
    {4, 4, 50, 0, 6, base62_upper_first, false, Validity::weakened},
    {0, 0, 34, 0, 6, base62_upper_first, false, Validity::weakened},
    {0, 0, 40, 0, 6, base62_lower_first, false, Validity::weakened},
    {4, 6, 40, 0, 8, hex, false, Validity::weakened},
    {5, 5, 32, 1, 8, hex, true, Validity::weakened},
    {4, 4, 54, 0, 6, base64_little_endian, false, Validity::weakened},
    {0, 0, 37, 1, 8, hex_little_endian, false, Validity::invalid},
};

// The right check characters for `secret`; nothing when it has not the layout's size.
std::optional<std::string> right_check(const Layout& layout, std::string_view secret) {
  const size_t body = layout.covered + layout.gap + layout.check_size;
  if (secret.size() < body + layout.prefix_min || secret.size() > body + layout.prefix_max) {
    return std::nullopt;
  }
  return layout.write(crc32_of(secret.substr(secret.size() - body, layout.covered)));
}

constexpr size_t kAtlassianCheckSize = 8;

std::string atlassian_check(std::string_view secret) {
  secret.remove_suffix(kAtlassianCheckSize);
  std::string covered;
  while (!secret.empty()) {
    size_t taken = 1;
    char c = secret[0];
    for (const std::string_view equals_sign : {"\\=", "%3D", "%3d"}) {
      if (!secret.starts_with(equals_sign)) continue;
      c = '=';
      taken = equals_sign.size();
    }
    covered += c;
    secret.remove_prefix(taken);
  }
  return to_base(crc32_of(covered), kHexUpper, kAtlassianCheckSize);
}

}  // namespace

template <Crc32Token kToken>
Validation check_crc32_suffix(std::string_view secret, int64_t) {
  constexpr const Layout& layout = kLayouts[static_cast<size_t>(kToken)];
  const auto expected = right_check(layout, secret);
  if (!expected) return {};
  const std::string_view found = secret.substr(secret.size() - layout.check_size);
  const bool matches = found == *expected || (layout.either_case && to_lower(found) == *expected);
  return checksum_verdict(matches, layout.failure);
}

template <Crc32Token kToken>
void seal_crc32_suffix(std::string& secret) {
  constexpr const Layout& layout = kLayouts[static_cast<size_t>(kToken)];
  const auto expected = right_check(layout, secret);
  if (expected) secret.replace(secret.size() - layout.check_size, layout.check_size, *expected);
}

template Validation check_crc32_suffix<Crc32Token::vercel>(std::string_view, int64_t);
template Validation check_crc32_suffix<Crc32Token::deno>(std::string_view, int64_t);
template Validation check_crc32_suffix<Crc32Token::apify>(std::string_view, int64_t);
template Validation check_crc32_suffix<Crc32Token::cloudflare>(std::string_view, int64_t);
template Validation check_crc32_suffix<Crc32Token::zuplo>(std::string_view, int64_t);
template Validation check_crc32_suffix<Crc32Token::confluent>(std::string_view, int64_t);
template Validation check_crc32_suffix<Crc32Token::grafana>(std::string_view, int64_t);
template void seal_crc32_suffix<Crc32Token::vercel>(std::string&);
template void seal_crc32_suffix<Crc32Token::deno>(std::string&);
template void seal_crc32_suffix<Crc32Token::apify>(std::string&);
template void seal_crc32_suffix<Crc32Token::cloudflare>(std::string&);
template void seal_crc32_suffix<Crc32Token::zuplo>(std::string&);
template void seal_crc32_suffix<Crc32Token::confluent>(std::string&);
template void seal_crc32_suffix<Crc32Token::grafana>(std::string&);

Validation check_atlassian_crc32(std::string_view secret, int64_t now) {
  constexpr std::string_view kAppPassword = "ATBB";
  constexpr int64_t kAppPasswordsEnd = 1780963200;  // 2026-06-09
  const bool matches =
      secret.size() > kAtlassianCheckSize && secret.ends_with(atlassian_check(secret));
  if (matches && secret.starts_with(kAppPassword) && is_expired(kAppPasswordsEnd, now)) {
    return {Validity::weakened, "app passwords ended on " + day_of(kAppPasswordsEnd)};
  }
  return checksum_verdict(matches, Validity::invalid);
}

void seal_atlassian_crc32(std::string& secret) {
  if (secret.size() <= kAtlassianCheckSize) return;
  secret.replace(secret.size() - kAtlassianCheckSize, kAtlassianCheckSize, atlassian_check(secret));
}

}  // namespace pushguard
