// SPDX-License-Identifier: Apache-2.0
// A rule: what one kind of credential looks like, and what a leak of it means.
//
// Every field is a view. The built-in rules are static data, so a hook that starts reads none
// of them until it finds a keyword. The rules of a site are views of memory that SiteRules
// owns.
// Rejected: a class per provider (the differences are data), JSON or YAML
// (TOML has literal strings, in which a regex needs no escapes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "regex/program.h"
#include "regex/required_runs.h"
#include "vocabulary/release.h"

namespace pushguard {

class Conditions;
struct Validator;

// How sure a finding is. `confirmed`: an offline check of its own passed.
enum class Confidence : uint8_t { possible, likely, confirmed };
// What the credential lets its holder do.
enum class Privilege : uint8_t { admin, write, read, identity, pay, infer, send, unknown };
enum class Lifetime : uint8_t { long_lived, expiring, short_lived, discontinued, unknown };

std::string_view to_string(Confidence);
std::string_view to_string(Privilege);
std::string_view to_string(Lifetime);

struct Rule {
  std::string_view id;           // "github-pat-classic": stable, lower case, digits, '-'
  std::string_view provider;     // "GitHub"
  std::string_view description;  // "GitHub personal access token (classic)"
  std::string_view regex;        // RE2 syntax, run in Latin-1 (bytes, not characters)
  std::span<const std::string_view> keywords;  // every match contains one, in any case
  uint32_t reach;           // the size of the longest match, in bytes; 0: search whole contents
  uint32_t context_needed;  // context_needed.h
  std::span<const RequiredRun> required_runs;  // of the regex, where it has no program
  uint8_t secret_group;                        // the capture group that is the secret; 0: the match
  float min_entropy;                           // Shannon bits per byte of the secret; 0: no minimum
  const Validator* validator;                  // may be null
  Confidence confidence;                       // before validation
  Privilege privilege;
  Lifetime lifetime;
  std::string_view rotate;                  // where to revoke or rotate it, one line for a person
  std::string_view companion;               // regex of the value used together with it, or ""
  std::span<const std::string_view> paths;  // globs of the files that it is about; none: all
  std::string_view weaknesses;              // "CWE-798 NHI2:2025 NHI7:2025"
  const Conditions* conditions = nullptr;   // only for an imported rule
  RegexProgram program = {}, companion_program = {};  // only for a built-in rule
  bool begins_text = false;                           // every match begins where the content does
  bool companion_only = false;                        // counts beside its companion only
  bool of_site = false;                               // a site wrote it, and means what it says
  Release since = {};  // in which it is new or stricter; 0.0.0: in none that counts
};

// How far from a secret, in bytes, its companion is searched for, and how far before it its
// own name.
inline constexpr size_t kContext = 1024, kNameContext = 128;

// Whether the rule knows no provider, only a name that says "secret".
bool is_generic(const Rule& rule);

// Whether it knows no provider either, but where tokens of many stand: headers of HTTP, OAuth.
bool names_no_issuer(const Rule& rule);

// Whether its secrets are passwords (CWE-259): people choose them, and may choose words.
bool is_chosen_by_people(const Rule& rule);

// Whether the rule is about the file at `path`. A glob without '/' is matched against the
// file's name, any other against the whole path (fnmatch(3)). Generic rules do not apply to
// files full of digests: cipher test vectors, lock files, baselines of scanners.
bool applies_to(const Rule& rule, std::string_view path);

// Whether the rule is about all files, and so also about text that is in no file.
bool is_about_all(const Rule& rule);

}  // namespace pushguard
