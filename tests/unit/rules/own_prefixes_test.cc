// SPDX-License-Identifier: Apache-2.0
// Tokens of GitLab with a site's own prefixes.
#include "rules/own_prefixes.h"

#include <catch2/catch.hpp>

#include "detect/scanner.h"
#include "examples/example.h"
#include "examples/rules_check.h"
#include "rules/built_in.h"
#include "rules/site_rules.h"
#include "validators/gitlab.h"
#include "validators/registry.h"

namespace pushguard {
namespace {

// A line "rule confidence secret" for each match of the built-in rules and of the rules for the
// prefixes.
std::string judged(const std::vector<std::string>& prefixes, const std::string& text) {
  const OwnPrefixes own{"gitlab", prefixes};
  const SiteRules site({}, {&own, 1}, built_in_rules());
  Scanner scanner({&built_in_rules(), &site.set()}, built_in_templates(), 0);
  std::string result;
  for (const Match& match : scanner.scan(text)) {
    result += std::string(match.rule->id) + " " + std::string(to_string(match.confidence)) + " " +
              text.substr(match.secret.begin, match.secret.size()) + "\n";
  }
  return result;
}

std::string body(size_t seed = 1) { return "aB3" + ExampleGenerator(seed).expand("{b62:17}"); }

// A routable token whose checks are computed over `prefix` as well.
std::string routable(const std::string& prefix) {
  const std::string usual = ExampleGenerator(3).expand("{glrt}");  // "glpat-", payload, checks
  std::string token = prefix + usual.substr(6);
  seal_gitlab_routable(token);
  return token;
}

}  // namespace

TEST_CASE("a personal token has the prefix in place of the usual one") {
  CHECK(judged({"acme-"}, "t = acme-" + body()) ==
        "gitlab-pat-own-prefix likely acme-" + body() + "\n");
  CHECK(judged({"corp_", "acme-"}, "t = acme-" + body() + " u = corp_" + body(2)) ==
        "gitlab-pat-own-prefix likely acme-" + body() + "\ngitlab-pat-own-prefix likely corp_" +
            body(2) + "\n");
  CHECK(judged({}, "t = acme-" + body()) == "");
  // The special characters of a regex are literal in a prefix.
  CHECK(judged({"a.c*"}, "t = a.c*" + body() + " abcc" + body(2)) ==
        "gitlab-pat-own-prefix likely a.c*" + body() + "\n");
}

TEST_CASE("a name that starts like a token is at most possible") {
  CHECK(judged({"acme-"}, "host: acme-website-frontend-prod2\n") ==
        "gitlab-pat-own-prefix possible acme-website-frontend-prod2\n");
}

TEST_CASE("the prefix of an instance is before each token's own, with and without its '-'") {
  for (const std::string prefix : {"acme", "acme-"}) {
    CAPTURE(prefix);
    CHECK(judged({prefix}, "t = acme-gl"
                           "rt-" +
                               body()) == "gitlab-runner-token-own-prefix likely acme-gl"
                                          "rt-" +
                                              body() + "\n");
    CHECK(judged({prefix}, "t = acme-gl"
                           "pat-" +
                               body()) == "gitlab-pat-own-prefix likely acme-gl"
                                          "pat-" +
                                              body() + "\n");
  }
  // There is such a rule for every built-in rule about a token with a prefix.
  size_t with_prefix = 0,
         made = rules_with({"gitlab", {"acme-"}}, built_in_rules().rules.all()).size();
  for (const Rule& rule : built_in_rules().rules.all()) {
    with_prefix += rule.provider == "GitLab" && rule.keywords[0].starts_with("gl") &&
                   rule.keywords[0].ends_with("-");
  }
  CHECK(made == with_prefix);
  CHECK(made >= 13);
}

TEST_CASE("the CRC of a routable token covers the prefix that it has") {
  for (const std::string prefix : {"acme-", "acme-gl"
                                            "pat-"}) {
    CAPTURE(prefix);
    std::string token = routable(prefix);
    // When the own prefix is before GitLab's, the built-in rule matches as well.
    const std::string rule =
        prefix == "acme-" ? "gitlab-pat-routable-own-prefix" : "gitlab-pat-routable";
    CHECK(judged({"acme-"}, "t = " + token + "\n") == rule + " confirmed " + token + "\n");
  }
  std::string wrong = routable("acme-gl"
                               "pat-");
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  CHECK(judged({"acme-"}, "t = " + wrong + "\n").find("confirmed") == std::string::npos);
}

TEST_CASE("the keywords of the made rules are proved") {
  const auto rules = rules_with({"gitlab", {"Acme.", "corp-"}}, built_in_rules().rules.all());
  for (RawRule rule : rules) {
    INFO(rule.id << " " << rule.regex);
    rule.site = false;  // the checks for built-in rules are stricter
    CHECK(check_rules({&rule, 1}, built_in_templates()).proved == 1);
    CHECK(rule.facts.longest_match > 0);
  }
}

TEST_CASE("behind a joint GitHub's, Vault's and Artifactory's tokens are found as they are") {
  const auto made = [](std::string_view pattern) { return ExampleGenerator(5).expand(pattern); };
  std::string github = made("gh"
                            "p_{b62:36}");
  find_validator("github-crc32")->seal(github);
  const std::string vault = "hv"
                            "s." +
                            made("{b62:24}"),
                    batch = "hv"
                            "b." +
                            made("{b64u:138}"),
                    jfrog = "AK"
                            "Cp" +
                            made("{b62:69}");
  for (const std::string front : {"acme", "ACME7"}) {
    CAPTURE(front);
    CHECK(judged({}, front + github) == "github-pat-classic confirmed " + github + "\n");
  }
  for (const std::string front : {"", "acme-", "acme_", "acme.", "acme/", "q="}) {
    CAPTURE(front);
    CHECK(judged({}, front + github) == "github-pat-classic confirmed " + github + "\n");
    CHECK(judged({}, front + vault) == "vault-service-token likely " + vault + "\n");
    CHECK(judged({}, front + batch) == "vault-batch-token likely " + batch + "\n");
    CHECK(judged({}, front + jfrog) == "jfrog-api-key likely " + jfrog + "\n");
  }
}

}  // namespace pushguard
