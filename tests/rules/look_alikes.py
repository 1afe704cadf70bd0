"""Writes files full of what looks random and is no secret.

Hashes, ids, checksums, encodings and minified code, each in the places where
projects keep them: what a rule may not take for a credential. All of it is made
from a seed, so that nothing random is stored, and two seeds share no value.
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
WORDS = ("parser render index buffer socket layout cursor matrix widget thread handler token secret "
         "password key auth session client server user account config cache query result").split()


class Source:
    """Random pieces, all from one seed."""

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
        return f"{self.word()}-{self.word()}"

    def uuid(self):
        return str(uuid.UUID(bytes=self.octets(16), version=4))

    def number(self, most):
        return self.random.randrange(most)

    def version(self):
        return f"{self.number(20)}.{self.number(30)}.{self.number(9)}"

    def lines(self, count, make):
        return "".join(make() + "\n" for _ in range(count))


def git_history(source):
    commits = source.lines(40, lambda: f"commit {source.hex(40)}\nAuthor: Ann <ann@example.com>\n\n"
                                       f"    Revert \"{source.name()}\" ({source.hex(12)})")
    modules = source.lines(20, lambda: f"160000 commit {source.hex(40)}\tlib/{source.name()}")
    diff = source.lines(30, lambda: f"diff --git a/{source.word()}.c b/{source.word()}.c\n"
                                    f"index {source.hex(7)}..{source.hex(7)} 100644")
    return {"log.txt": commits, "tree.txt": modules, "change.patch": diff,
            "packed-refs.txt": source.lines(20, lambda: f"{source.hex(64)} refs/tags/v{source.version()}"),
            ".git-blame-ignore-revs": source.lines(10, lambda: source.hex(40))}


def checksum_files(source):
    sums = {f"{kind.upper()}SUMS": source.lines(30, lambda: f"{source.hex(size)}  {source.name()}.tar.gz")
            for kind, size in (("md5", 32), ("sha1", 40), ("sha256", 64), ("sha512", 128))}
    sums["checksums.yml"] = source.lines(20, lambda: f"{source.name()}:\n  sha256: \"{source.hex(64)}\"")
    sums["bsd.txt"] = source.lines(20, lambda: f"SHA256 ({source.name()}.zip) = {source.hex(64)}")
    sums["package.rb"] = source.lines(9, lambda: f"  sha256 \"{source.hex(64)}\" => :{source.word()}")
    sums["default.nix"] = source.lines(9, lambda: f"  hash = \"sha256-{source.base64(32)}\";\n"
                                                  f"  sha256 = \"{source.text('0123456789abcdfghijklmnpqrsvwxyz', 52)}\";")
    sums["etags.json"] = json.dumps({source.name(): {"etag": source.hex(32), "key": source.hex(40),
                                                     "cacheKey": source.hex(64)} for _ in range(20)}, indent=1)
    return sums


def lock_files(source):
    npm = {"lockfileVersion": 3, "packages": {
        f"node_modules/{source.name()}": {
            "version": source.version(), "integrity": f"sha512-{source.base64(64)}",
            "resolved": f"https://registry.npmjs.org/{source.name()}/-/x-{source.version()}.tgz"}
        for _ in range(60)}}
    yarn = source.lines(40, lambda: f"{source.name()}@^{source.version()}:\n"
                        f"  resolved \"https://registry.yarnpkg.com/a/-/a.tgz#{source.hex(40)}\"\n"
                        f"  integrity sha512-{source.base64(64)}\n  checksum: {source.hex(128)}")
    go_sum = source.lines(40, lambda: f"github.com/{source.word()}/{source.name()} v{source.version()}"
                          f" h1:{source.base64(32)}\n"
                          f"golang.org/x/{source.word()} v0.0.0-20210921155107-{source.hex(12)}/go.mod"
                          f" h1:{source.base64(32)}")
    cargo = source.lines(40, lambda: f"[[package]]\nname = \"{source.name()}\"\n"
                         f"version = \"{source.version()}\"\nchecksum = \"{source.hex(64)}\"\n")
    poetry = source.lines(30, lambda: f"    {{file = \"{source.word()}.whl\", hash = \"sha256:{source.hex(64)}\"}},")
    pip = source.lines(30, lambda: f"{source.name()}=={source.version()} \\\n    --hash=sha256:{source.hex(64)}")
    composer = json.dumps({"content-hash": source.hex(32), "packages": [
        {"name": source.name(), "source": {"type": "git", "reference": source.hex(40)},
         "dist": {"shasum": source.hex(40)}} for _ in range(20)]}, indent=4)
    gem = source.lines(20, lambda: f"  remote: https://rubygems.org/\n  revision: {source.hex(40)}\n"
                       f"  {source.name()} ({source.version()}) sha256={source.hex(64)}")
    return {"package-lock.json": json.dumps(npm, indent=2), "yarn.lock": yarn, "go.sum": go_sum,
            "Cargo.lock": cargo, "poetry.lock": poetry, "requirements.txt": pip,
            "composer.lock": composer, "Gemfile.lock": gem,
            "pnpm-lock.yaml": source.lines(30, lambda: f"  /{source.name()}@{source.version()}:\n"
                                           f"    resolution: {{integrity: sha512-{source.base64(64)}}}"),
            "flake.lock": json.dumps({"nodes": {source.word(): {"locked": {
                "narHash": f"sha256-{source.base64(32)}", "rev": source.hex(40)}} for _ in range(9)}})}


def identifiers(source):
    objects = [f"{source.hex(24).upper()} /* {source.word()}.m in Sources */ = "
               f"{{isa = PBXBuildFile; fileRef = {source.hex(24).upper()}; }};" for _ in range(60)]
    guids = source.lines(40, lambda: f"Project(\"{{{source.uuid().upper()}}}\") = \"{source.word()}\", "
                         f"\"{source.word()}.csproj\", \"{{{source.uuid().upper()}}}\"")
    rows = source.lines(50, lambda: f"INSERT INTO users VALUES ('{source.uuid()}', '{source.hex(24)}', "
                        f"'{source.name()}', {source.number(10**12)});")
    urls = source.lines(50, lambda: f"https://www.example.org/watch?v={source.text(BASE62 + '-_', 11)}"
                        f"&list=PL{source.text(BASE62 + '-_', 32)}\n"
                        f"https://docs.example.org/document/d/{source.text(BASE62 + '-_', 44)}/edit\n"
                        f"https://cdn.example.org/assets/{source.word()}-{source.hex(64)}.css"
                        f"?id={source.uuid()}&utm_source={source.word()}")
    telemetry = source.lines(20, lambda: f"const TRACE_ID = \"{source.hex(32)}\"; // span {source.hex(16)}\n"
                             f"const BUILD_ID = '{source.text(BASE62, 21)}';\n"
                             f"gtag('config', 'G-{source.text(string.ascii_uppercase + string.digits, 10)}');\n"
                             f"ga('create', 'UA-{source.number(10**8)}-1');\n"
                             f"traceparent: 00-{source.hex(32)}-{source.hex(16)}-01")
    docker = source.lines(20, lambda: f"FROM docker.io/library/{source.word()}:{source.version()}"
                          f"@sha256:{source.hex(64)}\nimage: quay.io/{source.name()}@sha256:{source.hex(64)}")
    return {"App.xcodeproj/project.pbxproj": "\n".join(objects), "All.sln": guids, "seed.sql": rows,
            "links.md": urls, "telemetry.ts": telemetry, "Dockerfile": docker,
            "state.yaml": source.lines(20, lambda: f"- id: {source.uuid()}\n  resource_version: {source.number(10**9)}\n"
                                       f"  digest: sha256:{source.hex(64)}\n  key: {source.name()}")}


def minified(source):
    """One line of code with short names, and words that speak of credentials."""
    def statement():
        a, b, c = (source.text(string.ascii_letters, 1 + source.number(2)) for _ in range(3))
        return source.random.choice((
            f"function {a}({b}){{return {b}.{source.word()}?{c}({b},{source.number(9999)}):void 0}}",
            f"var {a}={b}.{source.word()}({c}),{c}=[{','.join(str(source.number(999)) for _ in range(9))}];",
            f"{a}.exports={{{source.word()}:{b},{source.word()}:function({c}){{return {c}.token||{a}.password}}}},",
            f"{a}.prototype.{source.word()}=function(){{this.secret={b},this.apiKey={c}.getKey()}},",
            f"e.setRequestHeader(\"Authorization\",\"Bearer \"+{a}.access_token),",
            f"{a}=\"{source.hex(20)}\"===n({b}.id)?{source.number(1 << 31)}:0x{source.hex(8)};"))
    return "!function(e,t){" + "".join(statement() for _ in range(400)) + "}(this);"


def code(source):
    vlq = "".join(source.text(BASE64, 1 + source.number(4)) + source.random.choice(",;,,") for _ in range(6000))
    source_map = json.dumps({"version": 3, "sources": [source.name()], "names": WORDS, "mappings": vlq})
    path = "".join(f"{source.random.choice('MLCSQTAHV')}{source.number(900) / 10} {source.number(900) / 10}"
                   for _ in range(900))
    css = source.lines(40, lambda: f".{source.name()}_{source.text(BASE62, 5)}{{color:#{source.hex(6)};"
                       f"background:url(data:image/png;base64,{source.base64(240)})}}")
    return {"app.min.js": minified(source), "app.min.js.map": source_map,
            "inline.js": minified(source) + f"\n//# sourceMappingURL=data:application/json;base64,{source.base64(3000)}\n",
            "icon.svg": f"<svg viewBox=\"0 0 24 24\"><path d=\"{path}\"/></svg>\n", "style.css": css,
            "chunk.html": source.lines(9, lambda: f"<script src=\"/_next/static/{source.text(BASE62 + '-_', 21)}/a.js\" "
                                       f"integrity=\"sha384-{source.base64(48)}\" nonce=\"{source.base64(16)}\"></script>\n"
                                       f"<meta name=\"csrf-token\" content=\"\">")}


def encodings(source):
    notebook = json.dumps({"cells": [{"cell_type": "code", "execution_count": 1, "id": source.hex(8),
                                      "outputs": [{"data": {"image/png": source.base64(6000)}}],
                                      "source": ["password = getpass()"]} for _ in range(5)]}, indent=1)
    dump = source.lines(200, lambda: f"{source.number(1 << 28):08x}  "
                        + " ".join(source.hex(2) for _ in range(16)) + f"  |{source.text(BASE62 + '.', 16)}|")
    array = source.lines(60, lambda: "  " + " ".join(f"0x{source.hex(2)}," for _ in range(12)))
    vectors = source.lines(40, lambda: f"COUNT = {source.number(99)}\nKEY = {source.hex(32)}\nIV = {source.hex(32)}\n"
                           f"PLAINTEXT = {source.hex(64)}\nCIPHERTEXT = {source.hex(64)}\nTag = {source.hex(32)}\n")
    proto = source.lines(40, lambda: "".join(f"\\x{source.hex(2)}" for _ in range(32)))
    octal = source.lines(40, lambda: "  \"" + "".join(f"\\{source.number(256):03o}" for _ in range(20)) + "\"")
    unicode_table = source.lines(200, lambda: f"{source.number(0x10ffff):04X};{source.name().upper()} LETTER;Lo;0;L;"
                                 f"<compat> {source.number(0xffff):04X} {source.number(0xffff):04X};;;;N;;;;;")
    mail = (f"Content-Transfer-Encoding: base64\nMessage-ID: <{source.hex(32)}@mail.example.org>\n"
            f"DKIM-Signature: v=1; a=rsa-sha256; bh={source.base64(32)};\n b={source.base64(128)}\n\n"
            + "\n".join(source.base64(57) for _ in range(60)))
    return {"plot.ipynb": notebook, "dump.hex": dump, "table.h": f"static const unsigned char key[] = {{\n{array}}};\n",
            "gcm.rsp": vectors, "descriptor.py": proto, "data.c": octal, "UnicodeData.txt": unicode_table,
            "message.eml": mail, "blob.bin": source.octets(30000),
            "text.b85": base64.b85encode(source.octets(3000)).decode(),
            "data.json": json.dumps({"image": f"data:image/jpeg;base64,{source.base64(9000)}", "blurhash":
                                     source.text(BASE62, 28)})}


def translations(source):
    sentences = ("Enter your password", "The token has expired", "Invalid API key", "Secret key: %s",
                 "Ihr Kennwort ist falsch", "Mot de passe oublié ?", "Введите пароль", "パスワードを入力してください")
    def sentence():
        return source.random.choice(sentences)
    po = source.lines(60, lambda: f"#: src/{source.word()}.c:{source.number(999)}\nmsgid \"{sentence()}\"\n"
                      f"msgstr \"{sentence()}\"\n")
    labels = {f"{source.word()}.{source.word()}.password": sentence() for _ in range(40)}
    form = source.lines(30, lambda: f"password_{source.word()}: \"{sentence()}\"\napi_key: ${{{source.word().upper()}_API_KEY}}\n"
                        f"secret: {{{{ .Values.{source.word()}.secret }}}}\ntoken: <your-{source.word()}-token>")
    return {"de.po": po, "messages.json": json.dumps(labels, ensure_ascii=False, indent=2), "values.yaml": form,
            "messages.properties": source.lines(30, lambda: f"login.{source.word()}.password={sentence()}")}


def certificates(source, directory):
    """Public halves, of keys that openssl makes and that are gone afterwards."""
    armored = ("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" + "\n".join(source.base64(48) for _ in range(30))
               + f"\n={source.base64(3)}\n-----END PGP PUBLIC KEY BLOCK-----\n")
    files = {"key.asc": armored,
             "authorized_keys": source.lines(5, lambda: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ"
                                             f"{source.base64(260).rstrip('=')} ann@example"),
             "known_hosts": source.lines(5, lambda: f"|1|{source.base64(20)}|{source.base64(20)} ssh-ed25519 "
                                         f"AAAAC3NzaC1lZDI1NTE5AAAAI{source.base64(32).rstrip('=')}"),
             "bundle.pem": source.lines(3, lambda: "-----BEGIN CERTIFICATE-----\n"
                                        + "\n".join(source.base64(48) for _ in range(20))
                                        + "\n-----END CERTIFICATE-----")}
    if shutil.which("openssl"):
        key = directory / "key.pem"
        for kind in (["-newkey", "rsa:2048"], ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]):
            made = subprocess.run(["openssl", "req", "-x509", *kind, "-nodes", "-keyout", str(key), "-subj",
                                   "/CN=www.example.org", "-days", "30"], capture_output=True, check=True).stdout
            public = subprocess.run(["openssl", "pkey", "-in", str(key), "-pubout"],
                                    capture_output=True, check=True).stdout
            key.unlink()
            files[f"{kind[1][:3]}.crt"] = made + public
    return files


def write(seed, directory):
    """All files, below `directory`; returns how many."""
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    source = Source(seed)
    count = 0
    for make in (git_history, checksum_files, lock_files, identifiers, code, encodings, translations,
                 certificates):
        files = make(source, directory) if make is certificates else make(source)
        for name, content in files.items():
            file = directory / make.__name__ / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
            count += 1
    return count


if __name__ == "__main__":
    print(write(sys.argv[1], sys.argv[2]), "files")
