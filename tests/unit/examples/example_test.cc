// SPDX-License-Identifier: Apache-2.0
#include "examples/example.h"

#include <re2/re2.h>
#include <catch2/catch.hpp>
#include <string>

#include "codec/encodings.h"
#include "validators/registry.h"
#include "vocabulary/error.h"

using namespace pushguard;
using std::string;

namespace {

string expand(std::string_view pattern, uint64_t seed = 1) {
  return ExampleGenerator(seed).expand(pattern);
}

string message(std::string_view pattern) {
  try {
    expand(pattern);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

bool is(const string& text, const char* regex) { return RE2::FullMatch(text, regex); }

}  // namespace

TEST_CASE("classes give their characters, in number") {
  const struct {
    const char *pattern, *regex;
  } cases[] = {
      {"{b62:300}", "[0-9A-Za-z]{300}"},
      {"{b64:300}", "[A-Za-z0-9+/]{300}"},
      {"{b64u:300}", "[A-Za-z0-9_-]{300}"},
      {"{hex:300}", "[0-9a-f]{300}"},
      {"{HEX:300}", "[0-9A-F]{300}"},
      {"{dig:300}", "[0-9]{300}"},
      {"{b32:300}", "[A-Z2-7]{300}"},
      {"{b32l:300}", "[a-z2-7]{300}"},
      {"{b36:300}", "[0-9a-z]{300}"},
      {"{B36:300}", "[0-9A-Z]{300}"},
      {"{b58:300}", "[1-9A-HJ-NP-Za-km-z]{300}"},
      {"{alpha:300}", "[A-Za-z]{300}"},
      {"{bech32:300}", "[02-9ac-hj-np-z]{300}"},
      {"{BECH32:300}", "[02-9AC-HJ-NP-Z]{300}"},
      {"{lower:300}", "[a-z]{300}"},
      {"{upper:300}", "[A-Z]{300}"},
      {"{x:3}", "xxx"},
      {"{b62:0}", ""},
      {"{word}", "[a-z]{5,8}"},
      {"a{{b}}c", "a[{]b[}]c"},
      {"{uuid}", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"},
      {"k = \"{hex:4}-{dig:2}\"", "k = \"[0-9a-f]{4}-[0-9]{2}\""},
  };
  for (const auto& [pattern, regex] : cases) {
    CAPTURE(pattern);
    CHECK(is(expand(pattern), regex));
  }
}

TEST_CASE("tokens have the form that rules look for") {
  const string dot = "[.]", text = "[A-Za-z0-9_-]";
  CHECK(is(expand("{jwt}"),
           ("eyJ" + text + "+" + dot + "eyJ" + text + "+" + dot + text + "{43}").c_str()));
  CHECK(is(expand("{pypi}"), ("pypi-AgEIcHlwaS5vcmc" + text + "{120,}").c_str()));
  CHECK(is(expand("{vault}"), ("hvs" + dot + "CAES" + text + "{86,}").c_str()));
  CHECK(
      is(expand("{glrt}"), ("glpat-" + text + "{27,}" + dot + "01" + dot + "[0-9a-z]{9}").c_str()));
  CHECK(is(expand("{jfrog}"), "cmVmdGtuOjAx[A-Za-z0-9]{52}"));
  CHECK(is(expand("{sentry}"), "sntrys_eyJpYXQiO[A-Za-z0-9+/]+_[A-Za-z0-9+/]{43}"));
  CHECK(is(*base64_decode(expand("{basic}")), "[a-z]+:[A-Za-z0-9]{18}"));

  string routable = expand("{glrt}");
  const Validator* gitlab = find_validator("gitlab-routable");
  gitlab->seal(routable);
  CHECK(gitlab->check(routable, 0).validity == Validity::valid);
}

TEST_CASE("keys have the lines that programs write") {
  const struct {
    const char *name, *label;
    size_t columns;
  } keys[] = {{"{pem:rsa}", "RSA ", 64},           {"{pem:ec}", "EC ", 64},
              {"{pem:dsa}", "DSA ", 64},           {"{pem:pkcs8}", "", 64},
              {"{pem:rsa-encrypted}", "RSA ", 64}, {"{pem:pkcs8-encrypted}", "ENCRYPTED ", 64},
              {"{openssh:clear}", "OPENSSH ", 70}, {"{openssh:encrypted}", "OPENSSH ", 70}};
  for (const auto& [name, label, columns] : keys) {
    CAPTURE(name);
    const string key = expand(name), rule = "-----";
    const string first = rule + "BEGIN " + label + "PRIVATE KEY" + rule + "\n";
    CHECK(key.starts_with(first));
    CHECK(key.ends_with("\n" + rule + "END " + label + "PRIVATE KEY" + rule));
    const size_t body = key.find("\n\n") == key.npos ? first.size() : key.find("\n\n") + 2;
    CHECK(key.find('\n', body) - body == columns);
  }
  CHECK(expand("{openssh:clear}").find("b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ") !=
        string::npos);
}

TEST_CASE("text is mixed, so that no filter takes it for a dummy") {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    for (const char* pattern : {"{b62:200}", "{hex:64}", "{dig:40}", "{lower:40}", "{b32:40}",
                                "{uuid}", "{basic}", "{jfrog}", "{sentry}", "{jwt}"}) {
      CAPTURE(seed, pattern);
      CHECK_FALSE(has_run(expand(pattern, seed)));
    }
  }
  CHECK(has_run("xxaaaa"));
  CHECK(has_run("xabcdx"));
  CHECK(has_run("4321"));
  CHECK_FALSE(has_run("aaabbb"));
  CHECK_FALSE(has_run("abca123"));
  CHECK_FALSE(has_run("abba"));
}

TEST_CASE("a seed decides the text") {
  CHECK(expand("{b62:40} {pem:rsa}", 5) == expand("{b62:40} {pem:rsa}", 5));
  CHECK(expand("{b62:40}", 5) != expand("{b62:40}", 6));
  ExampleGenerator generator(5);
  CHECK(generator.expand("{b62:40}") != generator.expand("{b62:40}"));
}

TEST_CASE("mistakes in a pattern are reported") {
  CHECK(message("{b99:3}") == "unknown placeholder '{b99:3}' in an example");
  CHECK(message("{b62}") == "unknown placeholder '{b62}' in an example");
  CHECK(message("{b62:}") == "unknown placeholder '{b62:}' in an example");
  CHECK(message("{b62:-1}") == "unknown placeholder '{b62:-1}' in an example");
  CHECK(message("{b62:100001}") == "unknown placeholder '{b62:100001}' in an example");
  CHECK(message("{jwt:3}") == "unknown placeholder '{jwt:3}' in an example");
  CHECK(message("{}") == "unknown placeholder '{}' in an example");
  CHECK(message("a{b62:3") == "an example's '{' has no '}'");
  CHECK(message("a}b") == "an example's '}' has no '{'");
}
