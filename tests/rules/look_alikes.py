# SPDX-License-Identifier: Apache-2.0
"""Writes files with text that looks random and is no secret.

Hashes, ids, checksums, encodings and minified code, each in the kind of file where
projects have them. No rule may take them for a credential. All values are made from a
seed, so that nothing random is stored; two seeds have no value in common.
"""

import base64
import json
import pathlib
import random
import shutil
import string
import subprocess
import sys
import uuid

BASE62 = string.ascii_letters + string.digits
BASE64 = BASE62 + "+/"
WORDS = """parser render index buffer socket layout cursor matrix widget thread handler token
    secret password key auth session client server user account config cache query result api
    """.split()
# A rule for values without their own form relies on the provider's name near by.
# Packages have these names too; here the values near them are hashes.
PROVIDERS = """adyen airtable algolia amplitude asana auth0 aws azure bitbucket braintree cloudflare
    coinbase contentful datadog discord docker dropbox dynatrace facebook fastly figma
    firebase github gitlab google grafana heroku hubspot intercom jira kubernetes
    launchdarkly linear linkedin mailchimp mailgun mapbox mistral mongodb netlify newrelic
    npm okta openai pagerduty paypal plaid postmark pusher pypi rollbar salesforce segment
    sendgrid sentry shopify slack snyk sonar square stripe supabase telegram trello twilio
    twitch twitter vault vercel wandb yandex zendesk zoom
    """.split()


class Source:
    """Makes random pieces, all from one seed."""

    def __init__(self, seed):
        self.random = random.Random(f"look-alikes {seed}")

    def text(self, alphabet, length):
        return "".join(self.random.choices(alphabet, k=length))

    def hex(self, length):
        return self.text("0123456789abcdef", length)

    def octets(self, length):
        return self.random.randbytes(length)

    def base64(self, octets):
        return base64.b64encode(self.octets(octets)).decode()

    def word(self):
        return self.random.choice(WORDS)

    def name(self):
        return f"{self.random.choice(PROVIDERS + WORDS)}-{self.word()}"

    def uuid(self):
        return str(uuid.UUID(bytes=self.octets(16), version=4))

    def number(self, most):
        return self.random.randrange(most)

    def version(self):
        return f"{self.number(20)}.{self.number(30)}.{self.number(9)}"

    def lines(self, count, make):
        return "".join(make() + "\n" for _ in range(count))


def git_history(some):
    commits = some.lines(40, lambda: f"commit {some.hex(40)}\nAuthor: Ann <ann@example.com>\n\n"
                                       f"    Revert \"{some.name()}\" ({some.hex(12)})")
    modules = some.lines(20, lambda: f"160000 commit {some.hex(40)}\tlib/{some.name()}")
    diff = some.lines(30, lambda: f"diff --git a/{some.word()}.c b/{some.word()}.c\n"
                                    f"index {some.hex(7)}..{some.hex(7)} 100644")
    return {"log.txt": commits, "tree.txt": modules, "change.patch": diff,
            "packed-refs.txt": some.lines(
                20, lambda: f"{some.hex(64)} refs/tags/{some.name()}-v{some.version()}"),
            ".git-blame-ignore-revs": some.lines(10, lambda: some.hex(40))}


def checksum_files(some):
    sums = {f"{kind.upper()}SUMS": some.lines(30, lambda: f"{some.hex(size)}  {some.name()}.tar.gz")
            for kind, size in (("md5", 32), ("sha1", 40), ("sha256", 64), ("sha512", 128))}
    sums["checksums.yml"] = some.lines(20, lambda: f"{some.name()}:\n  sha256: \"{some.hex(64)}\"")
    sums["bsd.txt"] = some.lines(20, lambda: f"SHA256 ({some.name()}.zip) = {some.hex(64)}")
    sums["package.rb"] = some.lines(9, lambda: f"  sha256 \"{some.hex(64)}\" => :{some.word()}")
    nix = "0123456789abcdfghijklmnpqrsvwxyz"
    sums["default.nix"] = some.lines(9, lambda: f"  pname = \"{some.name()}\";\n"
                                     f"  hash = \"sha256-{some.base64(32)}\";\n"
                                     f"  sha256 = \"{some.text(nix, 52)}\";")
    sums["etags.json"] = json.dumps({some.name(): {
        "etag": some.hex(32), "md5": some.hex(32), "sha1": some.hex(40), "digest": some.hex(64)}
        for _ in range(20)}, indent=1)
    return sums


def lock_files(some):
    npm = {"lockfileVersion": 3, "packages": {
        f"node_modules/{some.name()}": {
            "version": some.version(), "integrity": f"sha512-{some.base64(64)}",
            "resolved": f"https://registry.npmjs.org/{some.name()}/-/x-{some.version()}.tgz"}
        for _ in range(60)}}
    yarn = some.lines(40, lambda: f"{some.name()}@^{some.version()}:\n"
                        f"  resolved \"https://registry.yarnpkg.com/a/-/a.tgz#{some.hex(40)}\"\n"
                        f"  integrity sha512-{some.base64(64)}\n  checksum: {some.hex(128)}")
    go_sum = some.lines(40, lambda: f"github.com/{some.word()}/{some.name()} v{some.version()}"
                          f" h1:{some.base64(32)}\n"
                          f"golang.org/x/{some.word()} v0.0.0-20210921155107-{some.hex(12)}/go.mod"
                          f" h1:{some.base64(32)}")
    cargo = some.lines(40, lambda: f"[[package]]\nname = \"{some.name()}\"\n"
                         f"version = \"{some.version()}\"\nchecksum = \"{some.hex(64)}\"\n")
    poetry = some.lines(30, lambda: f"    {{file = \"{some.name()}.whl\", "
                        f"hash = \"sha256:{some.hex(64)}\"}},")
    pip = some.lines(30, lambda: f"{some.name()}=={some.version()} \\\n"
                     f"    --hash=sha256:{some.hex(64)}")
    composer = json.dumps({"content-hash": some.hex(32), "packages": [
        {"name": some.name(), "source": {"type": "git", "reference": some.hex(40)},
         "dist": {"shasum": some.hex(40)}} for _ in range(20)]}, indent=4)
    gem = some.lines(20, lambda: f"  remote: https://rubygems.org/\n  revision: {some.hex(40)}\n"
                       f"  {some.name()} ({some.version()}) sha256={some.hex(64)}")
    return {"package-lock.json": json.dumps(npm, indent=2), "yarn.lock": yarn, "go.sum": go_sum,
            "Cargo.lock": cargo, "poetry.lock": poetry, "requirements.txt": pip,
            "composer.lock": composer, "Gemfile.lock": gem,
            "pnpm-lock.yaml": some.lines(30, lambda: f"  /{some.name()}@{some.version()}:\n"
                                         f"    resolution: {{integrity: sha512-"
                                         f"{some.base64(64)}}}"),
            "flake.lock": json.dumps({"nodes": {some.word(): {"locked": {
                "narHash": f"sha256-{some.base64(32)}", "rev": some.hex(40)}} for _ in range(9)}})}


def identifiers(some):
    objects = [f"{some.hex(24).upper()} /* {some.word()}.m in Sources */ = "
               f"{{isa = PBXBuildFile; fileRef = {some.hex(24).upper()}; }};" for _ in range(60)]
    guids = some.lines(40, lambda: f"Project(\"{{{some.uuid().upper()}}}\") = \"{some.word()}\", "
                         f"\"{some.word()}.csproj\", \"{{{some.uuid().upper()}}}\"")
    rows = some.lines(50, lambda: f"INSERT INTO users VALUES ('{some.uuid()}', '{some.hex(24)}', "
                        f"'{some.name()}', {some.number(10**12)});")
    urls = some.lines(50, lambda: f"https://www.example.org/watch?v={some.text(BASE62 + '-_', 11)}"
                        f"&list=PL{some.text(BASE62 + '-_', 32)}\n"
                        f"https://docs.example.org/document/d/{some.text(BASE62 + '-_', 44)}/edit\n"
                        f"https://cdn.example.org/assets/{some.word()}-{some.hex(64)}.css"
                        f"?id={some.uuid()}&utm_source={some.word()}")
    upper = string.ascii_uppercase + string.digits
    telemetry = some.lines(20, lambda: f"const TRACE_ID = \"{some.hex(32)}\"; // {some.hex(16)}\n"
                             f"const BUILD_ID = '{some.text(BASE62, 21)}';\n"
                             f"gtag('config', 'G-{some.text(upper, 10)}');\n"
                             f"ga('create', 'UA-{some.number(10**8)}-1');\n"
                             f"traceparent: 00-{some.hex(32)}-{some.hex(16)}-01")
    docker = some.lines(20, lambda: f"FROM docker.io/library/{some.word()}:{some.version()}"
                          f"@sha256:{some.hex(64)}\n"
                          f"image: quay.io/{some.name()}@sha256:{some.hex(64)}")
    return {"App.xcodeproj/project.pbxproj": "\n".join(objects), "All.sln": guids, "seed.sql": rows,
            "links.md": urls, "telemetry.ts": telemetry, "Dockerfile": docker,
            "state.yaml": some.lines(20, lambda: f"- id: {some.uuid()}\n"
                                     f"  resource_version: {some.number(10**9)}\n"
                                     f"  digest: sha256:{some.hex(64)}\n  key: {some.name()}")}


def minified(some):
    """One line of code with short names, and words about credentials."""
    def statement():
        a, b, c = (some.text(string.ascii_letters, 1 + some.number(2)) for _ in range(3))
        return some.random.choice((
            f"function {a}({b}){{return {b}.{some.word()}?{c}({b},{some.number(9999)}):void 0}}",
            f"var {a}={b}.{some.word()}({c}),{c}=[{','.join(some.text('123', 9))}];",
            f"{a}.exports={{{some.word()}:{b},{some.word()}:function({c})"
            f"{{return {c}.token||{a}.password}}}},",
            f"{a}.prototype.{some.word()}=function(){{this.secret={b},this.apiKey={c}.getKey()}},",
            f"e.setRequestHeader(\"Authorization\",\"Bearer \"+{a}.access_token),",
            f"{a}=\"{some.hex(20)}\"===n({b}.id)?{some.number(1 << 31)}:0x{some.hex(8)};"))
    return "!function(e,t){" + "".join(statement() for _ in range(400)) + "}(this);"


def code(some):
    vlq = "".join(some.text(BASE64, 1 + some.number(4)) + some.random.choice(",;,,")
                  for _ in range(6000))
    source_map = json.dumps({"version": 3, "sources": [some.name()], "names": WORDS,
                             "mappings": vlq})
    path = "".join(f"{some.random.choice('MLCSQTAHV')}{some.number(900) / 10} "
                   f"{some.number(900) / 10}" for _ in range(900))
    css = some.lines(40, lambda: f".{some.name()}_{some.text(BASE62, 5)}{{color:#{some.hex(6)};"
                     f"background:url(data:image/png;base64,{some.base64(240)})}}")
    page = some.lines(9, lambda: f"<script src=\"/_next/{some.text(BASE62 + '-_', 21)}/a.js\" "
                      f"integrity=\"sha384-{some.base64(48)}\" nonce=\"{some.base64(16)}\">"
                      "</script>\n<meta name=\"csrf-token\" content=\"\">")
    inline = "\n//# sourceMappingURL=data:application/json;base64," + some.base64(3000)
    return {"app.min.js": minified(some), "app.min.js.map": source_map,
            "inline.js": minified(some) + inline, "style.css": css, "chunk.html": page,
            "icon.svg": f"<svg viewBox=\"0 0 24 24\"><path d=\"{path}\"/></svg>\n"}


def encodings(some):
    notebook = json.dumps({"cells": [
        {"cell_type": "code", "execution_count": 1, "id": some.hex(8),
         "outputs": [{"data": {"image/png": some.base64(6000)}}],
         "source": ["password = getpass()"]} for _ in range(5)]}, indent=1)
    dump = some.lines(200, lambda: f"{some.number(1 << 28):08x}  "
                      + " ".join(some.hex(2) for _ in range(16))
                      + f"  |{some.text(BASE62 + '.', 16)}|")
    array = some.lines(60, lambda: "  " + " ".join(f"0x{some.hex(2)}," for _ in range(12)))
    vectors = some.lines(40, lambda: f"COUNT = {some.number(99)}\nKEY = {some.hex(32)}\n"
                         f"IV = {some.hex(32)}\nPLAINTEXT = {some.hex(64)}\n"
                         f"CIPHERTEXT = {some.hex(64)}\nTag = {some.hex(32)}\n")
    proto = some.lines(40, lambda: "".join(f"\\x{some.hex(2)}" for _ in range(32)))
    octal = some.lines(40, lambda: "  \"" + "".join(f"\\{some.number(256):03o}"
                                                   for _ in range(20)) + "\"")
    characters = some.lines(200, lambda: f"{some.number(0x10ffff):04X};{some.name().upper()};Lo;0;"
                            f"L;<compat> {some.number(0xffff):04X} {some.hex(4).upper()};;;;N;;;;;")
    mail = (f"Content-Transfer-Encoding: base64\nMessage-ID: <{some.hex(32)}@mail.example.org>\n"
            f"DKIM-Signature: v=1; a=rsa-sha256; bh={some.base64(32)};\n b={some.base64(128)}\n\n"
            + "\n".join(some.base64(57) for _ in range(60)))
    return {"plot.ipynb": notebook, "dump.hex": dump, "gcm.rsp": vectors, "data.c": octal,
            "table.h": f"static const unsigned char key[] = {{\n{array}}};\n",
            "descriptor.py": proto, "UnicodeData.txt": characters, "message.eml": mail,
            "blob.bin": some.octets(30000),
            "text.b85": base64.b85encode(some.octets(3000)).decode(),
            "data.json": json.dumps({"image": f"data:image/jpeg;base64,{some.base64(9000)}",
                                     "blurhash": some.text(BASE62, 28)})}


def translations(some):
    sentences = ("Enter your password", "The token has expired", "Invalid API key",
                 "Secret key: %s", "Ihr Kennwort ist falsch", "Mot de passe oublié ?",
                 "Введите пароль", "パスワードを入力してください")

    def sentence():
        return some.random.choice(sentences)

    po = some.lines(60, lambda: f"#: src/{some.word()}.c:{some.number(999)}\n"
                    f"msgid \"{sentence()}\"\nmsgstr \"{sentence()}\"\n")
    labels = {f"{some.name()}.{some.word()}.password": sentence() for _ in range(40)}
    form = some.lines(30, lambda: f"password_{some.word()}: \"{sentence()}\"\n"
                      f"api_key: ${{{some.word().upper()}_API_KEY}}\n"
                      f"secret: {{{{ .Values.{some.word()}.secret }}}}\n"
                      f"token: <your-{some.name()}-token>")
    properties = some.lines(30, lambda: f"{some.name()}.password={sentence()}")
    return {"de.po": po, "values.yaml": form, "messages.properties": properties,
            "messages.json": json.dumps(labels, ensure_ascii=False, indent=2)}


def certificates(some, directory):
    """Public keys; openssl makes the pairs, and the private keys are deleted."""
    armored = ("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"
               + "\n".join(some.base64(48) for _ in range(30))
               + f"\n={some.base64(3)}\n-----END PGP PUBLIC KEY BLOCK-----\n")
    files = {"key.asc": armored,
             "authorized_keys": some.lines(5, lambda: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ"
                                             f"{some.base64(260).rstrip('=')} ann@example"),
             "known_hosts": some.lines(5, lambda: f"|1|{some.base64(20)}|{some.base64(20)} "
                                         "ssh-ed25519 "
                                         f"AAAAC3NzaC1lZDI1NTE5AAAAI{some.base64(32).rstrip('=')}"),
             "bundle.pem": some.lines(3, lambda: "-----BEGIN CERTIFICATE-----\n"
                                        + "\n".join(some.base64(48) for _ in range(20))
                                        + "\n-----END CERTIFICATE-----")}
    if shutil.which("openssl"):
        key = directory / "key.pem"
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        for kind in (["-newkey", "rsa:2048"], curve):
            made = subprocess.run(["openssl", "req", "-x509", *kind, "-nodes", "-keyout", str(key),
                                   "-subj", "/CN=www.example.org", "-days", "30"],
                                  capture_output=True, check=True).stdout
            public = subprocess.run(["openssl", "pkey", "-in", str(key), "-pubout"],
                                    capture_output=True, check=True).stdout
            key.unlink()
            files[f"{kind[1][:3]}.crt"] = made + public
    return files


def write(seed, directory):
    """Writes all files below `directory`; returns how many."""
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    some = Source(seed)
    count = 0
    for make in (git_history, checksum_files, lock_files, identifiers, code, encodings,
                 translations, certificates):
        files = make(some, directory) if make is certificates else make(some)
        for name, content in files.items():
            file = directory / make.__name__ / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
            count += 1
    return count


if __name__ == "__main__":
    print(write(sys.argv[1], sys.argv[2]), "files")
