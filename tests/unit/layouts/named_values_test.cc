// SPDX-License-Identifier: Apache-2.0
// Layouts of a name and its value: each is read, and what only looks like it is not.
#include "layouts/named_values.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace pushguard {
namespace {

using std::string;
using std::string_view;

// In the texts below, NAME stands for the name and VALUE for the value.
constexpr string_view kName = "boxToken", kValue = "Value-of-the-name/1";

string filled(string text) {
  const auto fill = [&](string_view mark, string_view with) {
    for (size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + with.size())) {
      text.replace(at, mark.size(), with);
    }
  };
  fill("NAME", kName);
  fill("VALUE", kValue);
  return text;
}

std::vector<string> values_of(const string& text, string_view name = kName) {
  uint64_t bytes = std::numeric_limits<uint64_t>::max();
  std::vector<Range> ranges;
  const size_t at = text.find(name);
  // Without a NUL behind it, so that a sanitizer sees what is read there.
  const std::vector<char> exact(text.begin(), text.end());
  read_named_values({exact.data(), exact.size()}, {at, at + name.size()}, bytes, ranges);
  std::vector<string> values;
  for (const Range& range : ranges) values.push_back(text.substr(range.begin, range.size()));
  return values;
}

bool reads(const string& layout) {
  const string text = filled(layout);
  const auto values = values_of(text);
  for (size_t end = text.find(kName) + kName.size(); end < text.size(); ++end) {
    const string begun = text.substr(0, end);
    for (const string& value : values_of(begun)) CHECK(begun.find(value) != begun.npos);
  }
  return std::ranges::find(values, kValue) != values.end();
}

}  // namespace

TEST_CASE("a value is read in every layout") {
  for (const char* text :
       {// Assignments, types, accessors.
        "NAME=VALUE", "NAME = 'VALUE'", "NAME: VALUE", "NAME := \"VALUE\"", "NAME ::= VALUE",
        "NAME .= \"VALUE\"", "NAME <- \"VALUE\"", "'NAME' => 'VALUE'", "NAME -> \"VALUE\"",
        "NAME ?\?= `VALUE`", "var NAME string = \"VALUE\"", "NAME: string = \"VALUE\"",
        "const NAME: &'static str = \"VALUE\";", "NAME: Optional[str] = \"VALUE\"",
        "public string NAME { get; set; } = \"VALUE\";", "char NAME[] = \"VALUE\";",
        "char NAME[32] = \"VALUE\";", "NAME =\n    \"VALUE\"", "NAME = \"  VALUE  \"",
        // Calls and defaults.
        "NAME: process.env.NAME2 || 'VALUE'", "NAME = getenv('X') or \"VALUE\"",
        "NAME := []byte(\"VALUE\")", "NAME = Encoding.UTF8.GetBytes(\"VALUE\")",
        "getOrDefault(\"NAME\", \"VALUE\")", "get(\"NAME\").unwrap_or(\"VALUE\")",
        "setNAME(\"VALUE\")", "NAME = f(x, default=\"VALUE\")", "${NAME:-VALUE}",
        "NAME = flag ? first : \"VALUE\"", "NAME = new Key(\"VALUE\")",
        "NAME = await read(\"VALUE\")", "NAME = {value: \"VALUE\"}", "NAME = [\"VALUE\"]",
        // Name and value apart.
        "<NAME>VALUE</NAME>", "<NAME>\n  VALUE\n</NAME>",
        "<key>NAME</key>\n\t<string>VALUE</string>", "<name>NAME</name>\n<value>VALUE</value>",
        "<name>my.NAME</name><value>VALUE</value>", "<add key=\"NAME\" value=\"VALUE\" />",
        "variable \"NAME\" {\n  type = string\n  description = \"x\"\n  default = \"VALUE\"\n}",
        "- name: NAME\n  value: VALUE", "- value: VALUE\n  name: NAME",
        "{\"value\": \"VALUE\", \"name\": \"NAME\"}", "{key: NAME, val: \"VALUE\"}",
        "ParameterKey=NAME,ParameterValue=VALUE", "NAME: |\n  VALUE\n", "NAME: >-\n    VALUE\n",
        "NAME:\n  - VALUE\n", "NAME:\n  - Bearer VALUE\n", "NAME: Bearer VALUE",
        "[\"--NAME\", \"VALUE\"]", "[\n  \"--NAME\",\n  \"VALUE\"\n]", "- --NAME\n- VALUE\n",
        "tool --NAME VALUE --yes", "gh secret set NAME --body VALUE",
        "r.addValue(\"VALUE\", forHTTPHeaderField: \"NAME\")", "the NAME is `VALUE`.",
        "The NAME was VALUE, please change", "**NAME:** VALUE", "NAME: admin / VALUE",
        "<NAME value=\"VALUE\"/>", "<NAME type=\"x\">\n  VALUE\n</NAME>",
        "<setting name=\"NAME\" as=\"x\">\n  <value>VALUE</value>", "string NAME{\"VALUE\"};",
        "(NAME . \"VALUE\")", "{{ NAME | default(\"VALUE\") }}", "f(\"NAME\", '\"VALUE\"')",
        "r.addValue(\"Bearer VALUE\", forHTTPHeaderField: \"NAME\")",
        "gh secret set NAME -b\"VALUE\"",
        // Tables.
        "| NAME | VALUE |", "| the NAME | `VALUE` |", "NAME,VALUE\n", "user,NAME\nbob,VALUE\n",
        "id,NAME,x\n1,\"VALUE\",2\n", "NAME\tuser\nVALUE\tbob\n",
        "| user | NAME |\n|------|------|\n| bob | VALUE |\n",
        "INSERT INTO t (id, NAME) values (1, 'VALUE')",
        "INSERT INTO t (id, NAME) values\n  (1, 'VALUE');",
        "INSERT INTO t (id, NAME, at) values\n  (1, 'a(b', now()),\n  (2, 'VALUE', now());",
        // Paths with colons, and closures.
        "<add key=\"Smtp:NAME\" value=\"VALUE\" />",
        "{\"name\": \"Db:X:NAME\", \"value\": \"VALUE\"}",
        "let NAME = var(\"X\").unwrap_or_else(|_| \"VALUE\".to_string());",
        "let NAME = get().unwrap_or_else(|| \"VALUE\".into());"}) {
    INFO(text);
    CHECK(reads(text));
  }
}

TEST_CASE("a value is read from literals without plain quotes") {
  for (const char* text : {"NAME = #\"VALUE\"#;",
                           "NAME = ##\"VALUE\"##;",
                           "NAME = r#\"VALUE\"#;",
                           "NAME = R\"(VALUE)\";",
                           "NAME = R\"x(VALUE)x\"s;",
                           "$NAME = q(VALUE);",
                           "$NAME = qq{VALUE};",
                           "NAME = %q[VALUE]",
                           "NAME = %(VALUE)",
                           "NAME = ~s(VALUE)",
                           "NAME = ''VALUE'';",
                           "NAME = ''\n  VALUE\n'';",
                           "NAME = [[VALUE]]",
                           "NAME = [==[VALUE]==]",
                           "$NAME = @'\nVALUE\n'@",
                           "$NAME = @\"\r\nVALUE\r\n\"@",
                           "NAME = <<\"VALUE\">>,",
                           "{NAME, <<\"VALUE\">>}",
                           "-define(NAME, <<\"VALUE\">>).",
                           "NAME=$(cat <<EOF\nVALUE\nEOF\n)",
                           "NAME = <<~'EOF'\n  VALUE\nEOF\n",
                           "$NAME = <<<'EOT'\nVALUE\nEOT;",
                           "cat > NAME <<EOF\nVALUE\nEOF\n",
                           "read -r NAME <<< \"VALUE\"",
                           "${NAME}    VALUE",
                           "${NAME}=  VALUE",
                           "val NAME by lazy { \"VALUE\" }",
                           "val NAME: String by lazy {\n  \"VALUE\"\n}",
                           "val NAME: String\n    get() = \"VALUE\"",
                           "NAME=\"{noop}VALUE\"",
                           "NAME={noop}VALUE"}) {
    INFO(text);
    CHECK(reads(text));
  }
  for (const char* text :
       {"NAME = R\"x(VALUE)y\";", "NAME = R\"(VALUE and more)\";", "NAME = #\"VALUE and more\"#",
        "NAME = <<EOF\nVALUE\nmore\nEOF\n", "NAME = <<EOF\nVALUE\nEOFX\n", "NAME = q(VALUE",
        "NAME = ''\nVALUE\n", "NAME = [[VALUE]", "${NAME} VALUE", "$NAME}    VALUE",
        "NAME by lazy { read() }\nx = \"VALUE\"", "NAME = @'\nVALUE\nmore\n'@"}) {
    INFO(text);
    CHECK_FALSE(reads(text));
  }
}

TEST_CASE("a value is read in the block of its name, and beside a name in a field") {
  for (const char* text :
       {"NAME:\n  value: VALUE\n", "  NAME:\n    description: a b\n    value: \"VALUE\"\n",
        "NAME:\n  Type: String\n  Default: VALUE\n",
        "\"NAME\": {\"Type\": \"String\", \"Default\": \"VALUE\"}",
        "\"NAME\": {\n  \"NoEcho\": true,\n  \"Default\": \"VALUE\"\n}",
        "name = \"/prod/db/NAME\"\n  type = \"String\"\n  value = \"VALUE\"",
        "secret_name = \"NAME\"\n  plaintext_value = \"VALUE\"",
        "<add value=\"VALUE\" key=\"NAME\" />", "<property x=\"y\" value=\"VALUE\" name=\"NAME\"/>",
        "<string name=\"NAME\" translatable=\"false\">VALUE</string>",
        "<NAME><![CDATA[VALUE]]></NAME>", "<NAME>\n  <![CDATA[ VALUE ]]>\n</NAME>",
        "<param name=\"NAME\" x=\"y\"><![CDATA[VALUE]]></param>"}) {
    INFO(text);
    CHECK(reads(text));
  }
  for (const char* text :
       {"NAME:\n  description: x\nOTHER:\n  value: VALUE\n", "NAME:\n  value:\nother: VALUE\n",
        "NAME: {\"Type\": \"String\"}, \"x\": {\"Default\": \"VALUE\"}",
        "  NAME:\n  value: VALUE\n", "name = \"/prod/NAME/x\"\n  value = \"VALUE\"",
        "<add value=\"VALUE\" /><add key=\"NAME\" />",
        "<string name=\"NAME\" x=\"y\"><b>VALUE</b></string>"}) {
    INFO(text);
    CHECK_FALSE(reads(text));
  }
}

TEST_CASE("a value is read in a sentence") {
  for (const char* text :
       {"The NAME is: VALUE", "NAME (admin): VALUE", "NAME (of the admin) is `VALUE`.",
        "the NAME for staging is VALUE.", "NAME of the team: VALUE", "the new NAME will be VALUE",
        "use VALUE as the NAME", "Use `VALUE` as your new NAME.", "VALUE is the NAME",
        "NAME - VALUE"}) {
    INFO(text);
    CHECK(reads(text));
  }
  for (const char* text :
       {"the NAME and VALUE", "use VALUE. The NAME", "use VALUE, then the NAME",
        "VALUE is what the sum of the NAME is", "the NAME for staging, VALUE", "NAME (VALUE)",
        "NAME for a team whose name is longer than a sentence ever needs to be here is VALUE",
        "use VALUE as the\nNAME"}) {
    INFO(text);
    CHECK_FALSE(reads(text));
  }
}

TEST_CASE("a column is read as far down as values are read") {
  string rows = "user,NAME,id\n";
  for (int i = 0; i < 30; ++i) rows += "user,none,1\n";
  CHECK(reads(rows + "bob,VALUE,7\n"));
  CHECK_FALSE(reads(rows + "VALUE,none,7\n"));
  CHECK_FALSE(reads(rows + "\nbob,VALUE,7\n"));
}

TEST_CASE("what only stands near a name is not read as its value") {
  for (const char* text :
       {"NAMEizer = VALUE",
        "NAME_type = VALUE",
        "NAME; x = \"VALUE\"",
        "NAME\nVALUE\n",
        "NAME=\nOTHER=VALUE\n",
        "NAME:\n  other: VALUE\n",
        "NAME: x, other: \"VALUE\"",
        "f(NAME, x, \"y\", \"VALUE\")",
        "NAME = {id: \"VALUE\"}",
        "{\"value\": \"VALUE\"}, {\"name\": \"NAME\"}",
        "- value: VALUE\n- name: NAME\n",
        "{\"name\": \"NAME\", \"id\": 1}, {\"name\": \"x\", \"value\": \"VALUE\"}",
        "variable \"NAME\" {\n}\nvariable \"x\" {\n  default = \"VALUE\"\n}",
        "<key>NAME</key>\n<key>x</key>\n<string>VALUE</string>",
        "user,NAME\nVALUE,bob\n",
        "INSERT INTO t (NAME, id) values ('', 'VALUE')",
        "INSERT INTO t (id, NAME) values ('VALUE', '')",
        "INSERT INTO t (NAME, id) values ('', 'VALUE'),\n  ('', 'VALUE')",
        "{name:NAME,other:VALUE}",
        "title: NAME and more\ntext: VALUE",
        "NAME::VALUE",
        "NAME=\"VALUE\"===n(v.id)?1:2",
        "f(x.NAME), y = \"VALUE\"",
        "f(x[\"NAME\"], \"VALUE\")",
        "NAME = \"VALUE and more words\"",
        "NAME=\x01VALUE"}) {
    INFO(text);
    CHECK_FALSE(reads(text));
  }
}

TEST_CASE("what a value refers to does not swallow the next name") {
  const auto values = values_of("secret: process.env.TOKEN || 'first-Value/1'", "TOKEN");
  CHECK(values == std::vector<string>{"first-Value/1"});
}

TEST_CASE("names of what everybody may see have no values") {
  for (const char* name : {"PublicKeyToken", "csrf_token", "primary_key", "cacheKey", "--key",
                           "authenticity_token", "GPG_KEY", "hashed_secret", "checksum_token",
                           "next_token", "nextPageToken", "sync-token", "config-hash-secret"}) {
    INFO(name);
    CHECK(values_of(string(name) + " = \"" + string(kValue) + "\"", name).empty());
  }
  CHECK(values_of("Public Key Token: " + string(kValue), "Token").empty());
  CHECK(values_of("checksum/secret: " + string(kValue), "secret").empty());
  CHECK(values_of("vault/secret: " + string(kValue), "secret").size() == 1);
  CHECK(values_of("image: acme/secret:" + string(kValue), "secret").empty());
  CHECK(values_of("{image: acme, secret:" + string(kValue) + "}", "secret").size() == 1);
  CHECK(values_of("image: acme\nsecret:" + string(kValue), "secret").size() == 1);
  CHECK(values_of("next_access_token: " + string(kValue), "next_access_token").size() == 1);
  CHECK(values_of("FINGERPRINT_SECRET=" + string(kValue), "SECRET").size() == 1);  // a vendor
  CHECK(values_of("api_keys: [" + ("\"" + string(kValue)) + "\"]", "api_key").size() == 1);
  CHECK(values_of("signing_key=" + string(kValue), "signing_key").size() == 1);
}

TEST_CASE("a digest beside a name that says so is no value") {
  const auto digits = [](size_t count) { return string(count - 1, 'a') + "7"; };
  CHECK(values_of("sha256_secret = " + digits(64), "secret").empty());
  CHECK(values_of("md5Password: '" + digits(32) + "'", "Password").empty());
  CHECK(values_of("sha256_secret = " + digits(40), "secret").size() == 1);
  CHECK(values_of("hmac_sha256_secret = " + digits(64), "secret").size() == 1);
  CHECK(values_of("expect(sha1(secret)).toBe(\"" + digits(40) + "\")", "secret").empty());
  CHECK(values_of("login(user, secret = \"" + digits(40) + "\")", "secret").size() == 1);
}

TEST_CASE("a UUID is a value beside names of keys and secrets alone") {
  const string uuid = "f5e7a1c0-11b2-4c3d-8e4f-0a1b2c3d4e5f";
  CHECK(values_of("client_secret=" + uuid, "client_secret").size() == 1);
  CHECK(values_of("api_key: " + uuid, "api_key").size() == 1);
  CHECK(values_of("token: " + uuid, "token").empty());
}

TEST_CASE("values are read up to 1,500 characters, and no farther than the reach") {
  const string longest(kLongestValue, 'x');
  CHECK(values_of("token=" + longest, "token") == std::vector<string>{longest});
  CHECK(values_of("token=x" + longest, "token").empty());
  for (const size_t gap : {size_t{100}, kValueReach - 8, kValueReach, 2 * kValueReach}) {
    const string text = "token = " + string(gap, ' ') + "\"" + string(kValue) + "\"";
    CHECK(values_of(text, "token").size() == (gap == 100));
  }
}

TEST_CASE("what is read beside names is bounded, and a name that is left out is told") {
  string text;
  for (int i = 0; i < 100; ++i) text += "token=";
  uint64_t bytes = 1000;
  std::vector<Range> values;
  bool all = true;
  for (size_t at = text.find("token"); at != text.npos; at = text.find("token", at + 1)) {
    all = read_named_values(text, {at, at + 5}, bytes, values) && all;
  }
  CHECK_FALSE(all);
  CHECK(bytes < 1000);
}

TEST_CASE("what is read lies within the text, whatever that is") {
  constexpr string_view kPieces[] = {"\"",        "'",
                                     "`",         "\"\"\"",
                                     "\\",        "\n",
                                     "\r",        " ",
                                     "\t",        "=",
                                     ":",         ">",
                                     "<",         "/>",
                                     "=>",        "||",
                                     "{",         "}",
                                     "(",         ")",
                                     "[",         "]",
                                     ",",         ";",
                                     "#",         "- ",
                                     "|",         "? ",
                                     ".",         "name",
                                     "b",         "is ",
                                     "\xff",      "{ get; }",
                                     "** ",       "key",
                                     "::",        "%",
                                     "<<EOF\n",   "[[",
                                     "]]",        "''",
                                     "#\"",       "R\"(",
                                     ")\"",       "q(",
                                     "<![CDATA[", "]]>",
                                     "is: ",      "as the ",
                                     "value: ",   "!!str ",
                                     "value=",    "or ",
                                     "<string>",  "-u ",
                                     "VALUES",    "V4lue-of-a-name"};
  std::mt19937_64 random(1);
  const auto some = [&] {
    string text;
    for (size_t pieces = random() % 12; pieces > 0; --pieces) {
      text += kPieces[random() % std::size(kPieces)];
    }
    return text;
  };
  int read = 0;
  for (int run = 0; run < 150'000; ++run) {
    const string text = some() + string(kName) + some();
    for (const string& value : values_of(text)) {
      if (text.find(value) == text.npos) FAIL(text);
      ++read;
    }
  }
  CHECK(read > 1000);
}

}  // namespace pushguard
