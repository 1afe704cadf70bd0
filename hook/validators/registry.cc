// SPDX-License-Identifier: Apache-2.0
#include "validators/registry.h"

#include "codec/encodings.h"
#include "layouts/named_values.h"
#include "validators/aws.h"
#include "validators/azure_cask.h"
#include "validators/azure_identifiable.h"
#include "validators/base58.h"
#include "validators/bech32.h"
#include "validators/bip39.h"
#include "validators/bot_tokens.h"
#include "validators/crc32_suffix.h"
#include "validators/data_center_pat.h"
#include "validators/der_key.h"
#include "validators/documentation_host.h"
#include "validators/github.h"
#include "validators/gitlab.h"
#include "validators/issue_times.h"
#include "validators/json_tokens.h"
#include "validators/jwt.h"
#include "validators/kubernetes_secret.h"
#include "validators/kustomize_literals.h"
#include "validators/microsoft_secrets.h"
#include "validators/model_keys.h"
#include "validators/nats_stellar_seeds.h"
#include "validators/passwords.h"
#include "validators/payload_tokens.h"
#include "validators/pem.h"
#include "validators/plain_keys.h"
#include "validators/rails_sections.h"
#include "validators/random_value.h"
#include "validators/reversible_passwords.h"
#include "validators/signed_urls.h"
#include "validators/ssh2_key.h"
#include "validators/totp_label.h"

namespace pushguard {
namespace {

template <Crc32Token kToken>
constexpr Validator crc32_suffix(std::string_view name, std::string_view summary) {
  return {name, summary, check_crc32_suffix<kToken>, seal_crc32_suffix<kToken>};
}

Validation check_nothing(std::string_view, int64_t) { return {}; }

}  // namespace

constexpr Validator kValidators[] = {
    {"github-crc32", "CRC-32 of GitHub and npm tokens, in base62", check_github_crc32,
     seal_github_crc32},
    {"github-fine-grained", "SHA-256 part of fine-grained GitHub tokens; a failure drops nothing",
     check_github_fine_grained, seal_github_fine_grained},
    crc32_suffix<Crc32Token::vercel>("vercel-crc32", "CRC-32 of Vercel tokens, in base62"),
    crc32_suffix<Crc32Token::deno>("deno-crc32", "CRC-32 of Deno Deploy tokens, in base62"),
    crc32_suffix<Crc32Token::apify>("apify-crc32", "CRC-32 of Apify tokens, in base62"),
    crc32_suffix<Crc32Token::cloudflare>("cloudflare-crc32", "CRC-32 of Cloudflare tokens, in hex"),
    crc32_suffix<Crc32Token::zuplo>("zuplo-crc32", "CRC-32 of Zuplo keys, in hex"),
    crc32_suffix<Crc32Token::confluent>("confluent-crc32",
                                        "CRC-32 of Confluent secrets, in base64"),
    crc32_suffix<Crc32Token::grafana>("grafana-crc32",
                                      "CRC-32 of Grafana service account tokens, in hex"),
    {"atlassian-crc32", "CRC-32 of Atlassian tokens, in hex", check_atlassian_crc32,
     seal_atlassian_crc32},
    {"gitlab-routable", "sizes and CRC-32 of routable GitLab tokens, in base36",
     check_gitlab_routable, seal_gitlab_routable},
    {"azure-identifiable", "Marvin32 of Azure keys with a signature", check_azure_identifiable,
     seal_azure_identifiable},
    {"azure-cask", "Marvin32 of Azure's common annotated security keys", check_azure_cask,
     seal_azure_cask},
    {"entra-secret", "Marvin32 of Entra ID client secrets", check_entra_secret, seal_entra_secret},
    {"azure-devops-legacy", "CRC-32 inside Azure DevOps tokens from before 2024",
     check_azure_devops_legacy, seal_azure_devops_legacy},
    {"pypi-macaroon", "binary structure of PyPI tokens", check_pypi_macaroon, nullptr},
    {"jfrog-reference", "fields and expiry of JFrog reference tokens", check_jfrog_reference,
     nullptr},
    {"sentry-org", "JSON fields of Sentry organisation tokens", check_sentry_org, nullptr},
    {"vault-service", "binary structure of long Vault service tokens", check_vault_service,
     nullptr},
    {"intercom-token", "the text inside Intercom tokens", check_intercom_token, nullptr},
    {"mapbox-token", "JSON fields of Mapbox tokens", check_mapbox_token, nullptr},
    {"onepassword-service", "JSON fields of 1Password service account tokens",
     check_onepassword_service, nullptr},
    {"grafana-record", "JSON fields of Grafana Cloud tokens and legacy keys", check_grafana_record,
     nullptr},
    {"data-center-pat", "id and size of Atlassian Data Center tokens", check_data_center_pat,
     seal_data_center_pat},
    {"object-id-time", "time of issue in an ObjectId", check_object_id_time, seal_object_id_time},
    {"ulid-time", "time of issue in a ULID", check_ulid_time, seal_ulid_time},
    {"signed-url", "expiry of signed URLs and shared access signatures", check_signed_url, nullptr},
    {"bedrock-key", "the text inside Amazon Bedrock keys, and its expiry", check_bedrock_key,
     nullptr},
    {"base64-32", "base64 of exactly 32 bytes", check_base64_32, seal_base64},
    {"base64-64", "base64 of exactly 64 bytes", check_base64_64, seal_base64},
    {"wireguard-key", "fixed bits of Curve25519 keys", check_wireguard_key, seal_wireguard_key},
    {"uuid", "version and variant of UUIDs", check_uuid, seal_uuid},
    {"cisco-type7", "decodes type 7 passwords of Cisco IOS", check_cisco_type7, seal_cisco_type7},
    {"juniper-type9", "decodes $9$ secrets of Junos", check_juniper_type9, nullptr},
    {"gpp-cpassword", "decrypts Group Policy passwords (the key is public)", check_gpp_cpassword,
     seal_gpp_cpassword},
    {"rclone-obscured", "decrypts rclone's obscured passwords (the key is public)",
     check_rclone_obscured, seal_rclone_obscured},
    {"openai-infix", "the provider's mark in the middle of OpenAI keys", check_openai_infix,
     nullptr},
    {"groq-infix", "the provider's mark inside Groq keys", check_groq_infix, nullptr},
    {"anthropic-suffix", "length and ending of Anthropic keys", check_anthropic_suffix, nullptr},
    {"huggingface-letters", "Hugging Face tokens hold letters alone", check_huggingface_letters,
     nullptr},
    {"jwt", "JSON, signature and expiry of JSON Web Tokens", check_jwt, nullptr},
    {"pem-private-key", "structure and encryption of private keys in PEM", check_pem_private_key,
     nullptr},
    {"private-key-armor", "a private key in armor, as any program reads it", check_armored_key,
     nullptr, nullptr, nullptr, extent_of_armor},
    {"private-key-der", "a private key in DER, by its structure", check_der_private_key, nullptr,
     nullptr, nullptr, extent_of_der_key},
    {"ssh2-private-key", "whether a key of SSH.COM's programs is encrypted", check_ssh2_key,
     nullptr},
    {"nats-seed", "CRC-16 of NATS seeds", check_nats_seed, seal_nats_seed},
    {"stellar-seed", "CRC-16 of Stellar seeds", check_stellar_seed, seal_stellar_seed},
    {"age-identity", "bech32 checksum of age identities", check_age_identity, seal_bech32_key},
    {"nostr-key", "bech32 checksum of Nostr keys", check_nostr_key, seal_bech32_key},
    {"base58check-key", "double SHA-256 of WIF and extended keys", check_base58_key,
     seal_base58_key},
    {"xrp-seed", "version and double SHA-256 of XRP Ledger seeds", check_xrp_seed, seal_xrp_seed},
    {"eos-key", "RIPEMD-160 of EOS keys", check_eos_key, seal_eos_key},
    {"bip39-phrase", "words and checksum of BIP-39 seed phrases", check_bip39_phrase, nullptr},
    {"discord-token", "parts and bot id of Discord tokens", check_discord_token,
     seal_discord_token},
    {"telegram-bot", "parts of Telegram bot tokens", check_telegram_bot, nullptr},
    {"aws-key-id", "account of AWS key ids; drops those of the documentation", check_aws_key_id,
     nullptr},
    {"basic-auth", "base64 of a user and a real password", check_basic_auth, nullptr,
     decode_basic_auth},
    {"random-value", "a value drawn at random, beside the name", check_random_value, nullptr,
     nullptr, nullptr, nullptr, read_named_values, kValueReach},
    {"random-text", "a value drawn at random, by the letters' model", check_random_value, nullptr},
    {"token-text", "a value drawn at random that is no id", check_token_text, nullptr},
    {"password-value", "a password, beside the name; no name or call", check_password_value,
     nullptr, nullptr, nullptr, nullptr, read_named_values, kValueReach},
    {"kubernetes-secret", "values of a Secret, by what they decode to", check_kubernetes_secret,
     nullptr, decode_kubernetes_secret, nullptr, nullptr, read_kubernetes_secret,
     kKubernetesSecretReach},
    {"kustomize-literals", "literals of Kustomize's secrets that are no names",
     check_password_value, nullptr, nullptr, nullptr, nullptr, read_kustomize_literals,
     kKustomizeReach},
    {"base64-password", "a password in base64 that is no template and no word",
     check_base64_password, nullptr, decode_base64_password},
    {"url-password", "a URL's password that is not a template", check_url_password, nullptr,
     percent_decode, is_at_documentation_host},
    {"docker-config", "a Docker config.json with a real password", check_docker_config, nullptr},
    {"rails-secret", "not of a development or test section", check_nothing, nullptr, nullptr,
     is_in_rails_test_section},
    {"totp-label", "a label that does not say test or example", check_nothing, nullptr, nullptr,
     is_for_test_label},
    {"chosen-password", "a password that is no template and no word", check_chosen_password,
     nullptr},
};

std::span<const Validator> all_validators() { return kValidators; }

const Validator* find_validator(std::string_view name) {
  for (const Validator& validator : kValidators) {
    if (validator.name == name) return &validator;
  }
  return nullptr;
}

}  // namespace pushguard
