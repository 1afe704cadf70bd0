// SPDX-License-Identifier: Apache-2.0
#include "templates/reference.h"

#include <algorithm>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

using std::string_view;

// Whether a person wrote the text as a name ("dbPassword", "DB_PASSWORD_2",
// "secret.db-password"). Random text is ruled out: a name has no digits when its case is mixed.
bool is_name(string_view s, string_view joints) {
  if (s.empty() || s.size() > 96 || !(is_letter(s[0]) || s[0] == '_' || s[0] == '.')) return false;
  bool lower = false, upper = false, digit = false;
  for (const char c : s) {
    lower = lower || is_lower(c);
    upper = upper || is_upper(c);
    digit = digit || is_digit(c);
    if (!is_letter(c) && !is_digit(c) && c != '_' && joints.find(c) == string_view::npos)
      return false;
  }
  return (lower || upper) && !(lower && upper && digit);
}

struct Bracket {
  string_view open, close;
  // The characters that are allowed inside besides letters, digits and '_'; "*" allows all.
  string_view joints;
};

// A longer `open` comes before its prefixes.
constexpr Bracket kBrackets[] = {
    {"${{", "}}", "*"},
    {"{{", "}}", "*"},
    {"${", "}", "*"},
    {"$(", ")", "*"},
    {"$[", "]", "*"},
    {"#{", "}", "*"},
    {"<%", "%>", "*"},
    {"{%", "%}", "*"},
    {"<<", ">>", " .-"},
    {"<", ">", " .-:/#'|"},
    {"%(", ")s", ".-"},
    {"%%", "%%", ".-"},
    {"%", "%", ".-"},
    {"@@", "@@", ".-"},
    {"@", "@", ".-"},
    {"[", "]", " .-:/"},
    {"{", "}", " .-:"},
    {"__", "__", ".-"},
    {"ENC[", "]", "*"},
    {"ENC(", ")", "*"},
    {"!", "!", ""},
    {"$", "$", ""},
    {"\xC2\xAB", "\xC2\xBB", " .-"},
};

// `x | default "text"`, `X:-text`, `f("X", "text")`, `x || "text"`.
bool carries_literal(string_view inside) {
  if (inside.find("default") != string_view::npos &&
      inside.find_first_of("\"'") != string_view::npos)
    return true;
  if (inside.find("||") != string_view::npos || inside.find("??") != string_view::npos) return true;
  for (const string_view mark : {":-", ":=", "-"}) {
    const size_t at = inside.find(mark);
    if (at == string_view::npos || !is_name(inside.substr(0, at), ".")) continue;
    const string_view text = inside.substr(at + mark.size());
    return !text.empty() && !text.starts_with('$') && !is_name(text, " .-");
  }
  return false;
}

bool is_bracketed(string_view value) {
  for (const Bracket& b : kBrackets) {
    if (value.size() <= b.open.size() + b.close.size()) continue;
    if (!value.starts_with(b.open) || !value.ends_with(b.close)) continue;
    string_view inside = value.substr(b.open.size(), value.size() - b.open.size() - b.close.size());
    // `${A}text${B}` is no reference: there is text between two of them.
    if (b.joints == "*" && inside.find(b.close) != string_view::npos &&
        inside.find(b.open) != string_view::npos)
      continue;
    while (inside.starts_with(' ')) inside.remove_prefix(1);
    while (inside.ends_with(' ')) inside.remove_suffix(1);
    if (inside.empty()) continue;
    if (b.joints == "*" ? !carries_literal(inside) : is_name(inside, b.joints)) return true;
  }
  return false;
}

// `$NAME`, `$$NAME`, `$env:NAME`, `$config['name']`, `$this->name`.
bool is_variable(string_view value) {
  if (!value.starts_with('$')) return false;
  value.remove_prefix(value.starts_with("$$") ? 2 : 1);
  return is_name(value, ":.>-['\"]");
}

constexpr string_view kSchemes[] = {
    "op://",
    "ref+",
    "awssm://",
    "gcpsm://",
    "sm://",
    "keyvault://",
    "doppler://",
    "file://",
    "{cipher}",
    "!Ref ",
    "!Sub ",
    "!GetAtt ",
    "!ImportValue ",
    "!vault",
    "!secret ",
    "ENC[",
    "secretKeyRef",
    "valueFrom",
    "arn:aws:secretsmanager:",
    "arn:aws:ssm:",
    "@Microsoft.KeyVault(",
    "/run/secrets/",
    "vault:v1:",
    "#/components/",
    "ssm:/",
    "/var/run/secrets/",
    "existingSecret",
    "remoteRef",
    "Rails.application.credentials",
    "builtins.getEnv ",
};

// How encrypted values and files begin. To commit them is no leak.
constexpr string_view kEncrypted[] = {"$ANSIBLE_VAULT;", "age-encryption.org/v1",
                                      "-----BEGIN AGE ENCRYPTED FILE-----"};

// Rails: the ciphertext, a nonce of 12 bytes and a tag of 16, each in base64, joined by "--".
bool is_rails_encrypted(string_view value) {
  constexpr size_t kNonce = 16, kTag = 24;
  if (value.size() < kNonce + kTag + 8 || !value.ends_with("==")) return false;
  const string_view text = value.substr(0, value.size() - kNonce - kTag - 4);
  const string_view rest = value.substr(text.size());
  return rest.starts_with("--") && rest.substr(2 + kNonce, 2) == "--" &&
         std::ranges::all_of(text, [](char c) {
           return is_letter(c) || is_digit(c) || c == '+' || c == '/' || c == '=';
         });
}

// Objects in which programs keep settings. The rest must be a path of names.
constexpr string_view kRoots[] = {
    "process.env.",
    "import.meta.env.",
    "Bun.env.",
    "var.",
    "local.",
    "data.",
    "module.",
    "self.",
    "this.",
    "config.",
    "secrets.",
    "vars.",
    "settings.",
    "BuildConfig.",
    "params.",
    "options.",
    "opts.",
    "props.",
    "Rails.application.",
};

// `os.environ["X"]`, `ENV['X']`, `System.getenv("X")`, `get_secret(x)`: a path
// of names, then one argument in brackets.
bool is_lookup(string_view value) {
  const size_t at = value.find_first_of("([{");
  if (at == string_view::npos || at == 0 || at + 2 > value.size()) return false;
  const char close = value[at] == '(' ? ')' : value[at] == '[' ? ']' : '}';
  string_view name = value.substr(0, at);
  while (name.ends_with('!') || name.ends_with('?')) name.remove_suffix(1);
  if (value.back() != close || !is_name(name, ".:$")) return false;
  string_view argument = value.substr(at + 1, value.size() - at - 2);
  const size_t begin = argument.find_first_not_of(" \"'\\");
  if (begin == string_view::npos) return value[at] == '(';
  argument = argument.substr(begin, argument.find_last_not_of(" \"'\\") - begin + 1);
  return is_name(argument, ".:-/ ");
}

}  // namespace

bool is_reference(string_view value) {
  if (value.size() < 2 || value.size() > 400) return false;
  if (is_bracketed(value) || is_variable(value) || is_lookup(value)) return true;
  for (const string_view scheme : kSchemes)
    if (value.starts_with(scheme)) return true;
  for (const string_view start : kEncrypted)
    if (value.starts_with(start)) return true;
  if (is_rails_encrypted(value)) return true;
  // vault:secret/data/app#key
  if (value.starts_with("vault:") && value.find('/') != string_view::npos &&
      is_name(value.substr(6), "/#-.:"))
    return true;
  for (const string_view root : kRoots)
    if (value.starts_with(root) && is_name(value.substr(root.size()), ".")) return true;
  return value.starts_with("projects/") && value.find("/secrets/") != string_view::npos;
}

}  // namespace pushguard
