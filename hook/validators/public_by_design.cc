// SPDX-License-Identifier: Apache-2.0
#include "validators/public_by_design.h"

#include <algorithm>

#include "validators/jwt.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

using std::string_view;

// Stripe (and Clerk, Paystack, Checkout), Mapbox, PostHog, Supabase, New Relic, Flutterwave,
// Square, Stytch, Razorpay.
constexpr string_view kPrefixes[] = {
    "pk_live_",           "pk_test_",  "pk_sbox_",          "pk.eyJ",  "phc_",
    "sb_publishable_",    "NRJS-",     "FLWPUBK",           "sq0idp-", "rzp_live_",
    "public-token-live-", "rzp_test_", "public-token-test-"};

// In lower case. The value is what follows a name that ends so: reCAPTCHA, hCaptcha, Turnstile.
constexpr string_view kNames[] = {"sitekey", "site-key", "site_key"};

// In lower case. What stands before the value in the snippet of a vendor.
constexpr string_view kSnippets[] = {
    "_rollbarconfig",    // docs.rollbar.com/docs/browser-js
    "post_client_item",  // the scope of Rollbar's tokens for browsers
    "cf-beacon",         // developers.cloudflare.com/web-analytics/get-started
    "docsearch(",        // docsearch.algolia.com/docs/api
    "mixpanel.init(",    // docs.mixpanel.com/docs/tracking-methods/sdks/javascript
    "analytics.load(",   // segment.com/docs/connections/sources/catalog/libraries/website
    "heap.load(",        // developers.heap.io/docs/web
    "nreum.",            // docs.newrelic.com/docs/browser
    "datadogrum.init(",  // docs.datadoghq.com/real_user_monitoring
    "datadoglogs.init(",
    "grecaptcha.execute(",  // developers.google.com/recaptcha/docs/v3
};

// In lower case. A value with such a name is for nobody to see, in a snippet as well.
constexpr string_view kSecretNames[] = {"secret", "passw", "private", "admin", "write", "server"};

// Where the last `mark`, which is in lower case, ends in `text`; npos if there is none.
size_t end_of_last(string_view text, string_view mark) {
  const auto found =
      std::ranges::find_end(text, mark, [](char a, char b) { return to_lower(a) == b; });
  return found.empty() ? text.npos : static_cast<size_t>(found.end() - text.begin());
}

bool has(string_view text, string_view mark) { return end_of_last(text, mark) != text.npos; }

bool names_secret(string_view text) {
  return std::ranges::any_of(kSecretNames, [&](string_view name) { return has(text, name); });
}

// What stands before the value in its statement, within kNameContext (rules/rule.h): a delta is
// scanned anew where that has changed.
string_view statement_before(string_view content, size_t begin) {
  constexpr size_t kFarthest = 120;
  const string_view before =
      content.substr(begin - std::min(begin, kFarthest), std::min(begin, kFarthest));
  const size_t end = before.find_last_of(";}");
  return end == before.npos ? before : before.substr(end + 1);
}

// `data-sitekey="V"`, `SITE_KEY=V`: nothing but signs and blanks of one line between.
bool is_named_so(string_view before) {
  constexpr size_t kFarthest = 12;
  return std::ranges::any_of(kNames, [&](string_view name) {
    const size_t end = end_of_last(before, name);
    if (end == before.npos || before.size() - end > kFarthest) return false;
    return std::ranges::none_of(before.substr(end),
                                [](char c) { return is_alnum(c) || c == '_' || c == '\n'; });
  });
}

// `DD.init({clientToken: "V"`: the call is not over, and the value's own name is none of a secret.
bool is_in_snippet(string_view before) {
  return std::ranges::any_of(kSnippets, [&](string_view mark) {
    const size_t end = end_of_last(before, mark);
    if (end == before.npos) return false;
    const string_view between = before.substr(end);
    return between.find(')') == between.npos && !names_secret(between);
  });
}

// `algolia: {appId: "..", apiKey: V, indexName: ".."}`: the key of a documentation's search.
bool is_search_key(string_view content, Range range, string_view before) {
  constexpr size_t kFarthest = 80;
  const size_t end = end_of_last(before, "algolia");
  if (end == before.npos || names_secret(before.substr(end))) return false;
  return has(before, "indexname") || has(content.substr(range.end, kFarthest), "indexname");
}

}  // namespace

bool has_public_prefix(string_view value) {
  constexpr size_t kDatadogSize = 35;  // a client token: "pub" and 32 hex digits
  if (value.size() == kDatadogSize && value.starts_with("pub") &&
      std::ranges::all_of(value.substr(3), is_hex_digit)) {
    return true;
  }
  return std::ranges::any_of(kPrefixes, [&](string_view one) { return value.starts_with(one); });
}

bool is_public_by_design(string_view content, Range range) {
  const string_view value = content.substr(range.begin, range.size());
  if (has_public_prefix(value) || is_public_jwt(value)) return true;
  const string_view before = statement_before(content, range.begin);
  return is_named_so(before) || is_in_snippet(before) || is_search_key(content, range, before);
}

}  // namespace pushguard
