// SPDX-License-Identifier: Apache-2.0
#include "rules/rule.h"

#include <algorithm>

#include "rules/conditions.h"
#include "vocabulary/path_glob.h"

namespace pushguard {
namespace {

// Names of secrets stand there beside digests by the thousand: test vectors of ciphers (Botan,
// NIST, OpenSSL and its descendants, Mbed TLS), lock files of package managers, lists of commits,
// and what scanners of secrets know already.
bool holds_digests(std::string_view path) {
  constexpr std::string_view kGlobs[] = {"*.vec",
                                         "*.rsp",
                                         "evp*.txt",
                                         "test_suite_*.data",
                                         "*.lock",
                                         "*.lockfile",
                                         "*.lock.json",
                                         "*.lock.hcl",
                                         "*-lock.json",
                                         "*-lock.yaml",
                                         "*-lock.yml",
                                         "npm-shrinkwrap.json",
                                         "go.sum",
                                         "Package.resolved",
                                         "*.secrets.baseline",
                                         ".talismanrc",
                                         "CHANGELOG*",
                                         "changelog*",
                                         "CHANGES*",
                                         "NEWS*",
                                         ".gitleaksignore",
                                         ".gitleaks-baseline.json",
                                         "*SUMS",
                                         "*.sha256"};
  return std::ranges::any_of(kGlobs,
                             [&](std::string_view glob) { return matches_path_glob(glob, path); });
}

}  // namespace

bool is_generic(const Rule& rule) { return rule.provider == "Generic"; }

bool names_no_issuer(const Rule& rule) {
  return rule.provider == "HTTP authorization" || rule.provider == "OAuth 2.0";
}

bool is_chosen_by_people(const Rule& rule) {
  return rule.weaknesses.find("CWE-259") != rule.weaknesses.npos;
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::possible: return "possible";
    case Confidence::likely: return "likely";
    case Confidence::confirmed: return "confirmed";
  }
  return "possible";
}

std::string_view to_string(Privilege privilege) {
  switch (privilege) {
    case Privilege::admin: return "admin";
    case Privilege::write: return "write";
    case Privilege::read: return "read";
    case Privilege::identity: return "identity";
    case Privilege::pay: return "pay";
    case Privilege::infer: return "infer";
    case Privilege::send: return "send";
    case Privilege::unknown: return "unknown";
  }
  return "unknown";
}

std::string_view to_string(Lifetime lifetime) {
  switch (lifetime) {
    case Lifetime::long_lived: return "long-lived";
    case Lifetime::expiring: return "expiring";
    case Lifetime::short_lived: return "short-lived";
    case Lifetime::discontinued: return "discontinued";
    case Lifetime::unknown: return "unknown";
  }
  return "unknown";
}

bool applies_to(const Rule& rule, std::string_view path) {
  if (rule.conditions && rule.conditions->in_files && !finds(*rule.conditions->in_files, path)) {
    return false;
  }
  if (is_generic(rule) && holds_digests(path)) return false;
  return rule.paths.empty() || std::ranges::any_of(rule.paths, [&](std::string_view glob) {
           return matches_path_glob(glob, path);
         });
}

bool is_about_all(const Rule& rule) {
  return rule.paths.empty() && !(rule.conditions && rule.conditions->in_files);
}

}  // namespace pushguard
