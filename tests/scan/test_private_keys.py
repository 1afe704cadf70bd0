# SPDX-License-Identifier: Apache-2.0
"""Private keys in odd forms: what OpenSSL or OpenSSH load is found.

The two programs of the machine decide what a key is. Seeded edits make the forms."""

import functools
import io
import json
import os
import pathlib
import random
import resource
import subprocess
import tempfile
import unittest
import zipfile
from concurrent.futures import ThreadPoolExecutor

from support import armor
from support.server import HOOK, PushTest

FORMS = 400


def loads(*words):
    """Within some seconds: OpenSSL takes minutes over thousands of empty lines in a key."""
    try:
        return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=10).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def loaders_of(path):
    """Which of them load the file as a private key that has no passphrase."""
    found = []
    if loads("openssl", "pkey", "-noout", "-passin", "pass:", "-in", path):
        found.append("openssl")
    if loads("ssh-keygen", "-y", "-P", "", "-f", path):
        found.append("ssh-keygen")
    return found


@functools.cache
def keys():
    with tempfile.TemporaryDirectory() as directory:
        return armor.clear_keys(pathlib.Path(directory))


class PrivateKeys(PushTest):
    def setUp(self):
        super().setUp()
        self.files = self.scratch / "files"
        self.files.mkdir()
        self.keys = keys()

    def put(self, name, content):
        (self.files / name).write_bytes(content)
        (self.files / name).chmod(0o600)

    def loaded(self):
        with ThreadPoolExecutor(4) as pool:
            names = [name for name in sorted(os.listdir(self.files)) if ".json" not in name]
            return dict(zip(names, pool.map(lambda name: loaders_of(self.files / name), names)))

    def findings(self):
        """Rules and confidences, by file."""
        result = self.run_command(HOOK, "scan", "--format", "jsonl", ".", cwd=self.files,
                                  check=False, PUSHGUARD_CONFIG="/dev/null")
        found = {}
        for line in result.output.splitlines():
            record = json.loads(line)
            if record["type"] == "finding":
                path = record["path"].removeprefix("./")
                found.setdefault(path, set()).add((record["rule"], record["confidence"]))
        return found

    def assert_all_found(self, fewest):
        loaded, found = self.loaded(), self.findings()
        missed = {name: (loaders, (self.files / name).read_bytes()[:300])
                  for name, loaders in loaded.items()
                  if loaders and "confirmed" not in dict(found.get(name, ())).values()}
        self.assertEqual(missed, {})
        in_json = [name + ".json" for name in loaded
                   if loaded[name] and (self.files / (name + ".json")).exists()]
        missed = {name: (self.files / name).read_bytes()[:300] for name in in_json
                  if not {"confirmed", "likely"} & set(dict(found.get(name, ())).values())}
        self.assertEqual(missed, {})
        self.assertGreaterEqual(sum(bool(loaders) for loaders in loaded.values()), fewest)

    def test_armor_with_edits(self):
        generator = random.Random(8)
        names = sorted(self.keys)
        for number in range(FORMS):
            name = names[number % len(names)]
            form = armor.Armor(armor.label_of(name), self.keys[name])
            for _ in range(generator.choice([1, 1, 2, 3])):
                armor.edit(form, generator)
            self.put(f"{number:03}-{name}", form.text())
            if b"\0" not in form.text():
                text = json.dumps({"key": form.text().decode("latin-1")})
                self.put(f"{number:03}-{name}.json", text.encode())
        self.assert_all_found(FORMS // 3)

    def test_files_in_der(self):
        """By their structure, whatever their names are; also what Microsoft's tools write."""
        for name, key in self.keys.items():
            if not name.startswith("openssh"):
                self.put(f"{name}.txt", key)
                self.put(f"{name}-and-more", key + b"\n\n")
                for form in ("indefinite", 4, 9):
                    self.put(f"{name}-{form}", armor.with_length(key, form))
        for form in ("MSBLOB", "PVK"):
            words = ["-pvk-none"] if form == "PVK" else []
            self.put(form, armor.run("openssl", "rsa", "-inform", "DER", "-outform", form,
                                     *words, data=self.keys["rsa"]))
        found = self.findings()
        loaded = self.loaded()
        self.assertEqual({name for name in found}, set(os.listdir(self.files)))
        self.assertGreaterEqual(sum("openssl" in loaders for loaders in loaded.values()), 20)
        self.assertEqual(found["rsa-old.txt"], {("private-key-der", "confirmed")})
        self.assertEqual(found["MSBLOB"], {("private-key-ms-blob", "likely")})
        self.assertEqual(found["PVK"], {("private-key-pvk", "likely")})

    def test_der_with_edits(self):
        """As files, and in armor under labels that say nothing of a private key."""
        generator = random.Random(5)
        names = sorted(name for name in self.keys if not name.startswith("openssh"))
        for number in range(120):
            name = names[number % len(names)]
            key = armor.edit_der(self.keys[name], generator)
            self.put(f"{number:03}-{name}", key)
            label = "PUBLIC KEY" if name.endswith("old") else "PRIVATE KEY"
            self.put(f"{number:03}-{name}.pem", armor.Armor(label, key).text())
        self.assert_all_found(120)

    def test_files_of_microsoft_with_edits(self):
        """OpenSSL passes over all but the kind, the version and what says RSA or DSS."""
        generator = random.Random(6)
        for form, ignored in (("MSBLOB", range(2, 8)), ("PVK", [*range(4, 12), *range(26, 32)])):
            words = ["-pvk-none"] if form == "PVK" else []
            key = armor.run("openssl", "rsa", "-inform", "DER", "-outform", form, *words,
                            data=self.keys["rsa"])
            for number in range(20):
                bytes_of_key = bytearray(key)
                for at in generator.sample(ignored, 1 + number % 3):
                    bytes_of_key[at] = generator.randrange(256)
                self.put(f"{form}-{number}", bytes(bytes_of_key))
        self.assertEqual({tuple(loaders) for loaders in self.loaded().values()}, {("openssl",)})
        likely = {name for name, found in self.findings().items()
                  if {confidence for _, confidence in found} == {"likely"}}
        self.assertEqual(sorted(set(os.listdir(self.files)) - likely), [])

    def test_a_key_whose_end_is_far_from_it(self):
        """In the marked lines of a patch, and in a string literal."""
        for mark in ("+", "// ", "> a "):
            for lines in (10, 3000, 7000, 60000):
                form = armor.Armor("PUBLIC KEY", self.keys["rsa"])
                form.tail = b"\n" * lines
                text = form.text().decode().replace("\n", "\n" + mark)
                self.put(f"marked-{ord(mark[0])}-{lines}", text.encode())
        for size in (100, 70000, 300000):
            form = armor.Armor("PUBLIC KEY", self.keys["rsa"])
            form.headers = b"X: " + b"a b " * (size // 4) + b"\n\n"
            self.put(f"literal-{size}", b's = "' + form.text().replace(b"\n", b"\\n") + b'"\n')
        blocking = {name for name, found in self.findings().items()
                    if {"likely", "confirmed"} & {confidence for _, confidence in found}}
        self.assertEqual(sorted(set(os.listdir(self.files)) - blocking), [])

    def test_a_key_with_numbers_that_contradict_each_other_blocks(self):
        """OpenSSL signs with it: it uses the exponent where the primes give nonsense."""
        numbers = armor.elements(self.keys["rsa-old"])
        prime = bytearray(numbers[4])
        prime[-1] ^= 2
        numbers[4] = bytes(prime)
        key = armor.element(0x30, b"".join(numbers))
        self.put("a.der", key)
        self.put("a.pem", armor.Armor("RSA PRIVATE KEY", key).text())
        self.put("b.pem", armor.Armor("PUBLIC KEY", key).text())
        self.assertEqual(self.findings(), {
            "a.der": {("private-key-der", "likely")},
            "a.pem": {("private-key-rsa", "likely")},
            "b.pem": {("private-key-unusual-armor", "likely")},
        })

    def test_a_key_in_der_in_an_archive_and_in_a_push(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
            files.writestr("certs/a", self.keys["ec"])
        self.commit({"app.jar": archive.getvalue(), "b": self.keys["rsa"]})
        self.assert_refused(self.push())
        found = {(finding["rule"], finding["confidence"], place["path"])
                 for finding in self.last_record()["findings"] for place in finding["places"]}
        self.assertEqual(found, {("private-key-der", "confirmed", "app.jar"),
                                 ("private-key-der", "confirmed", "b")})

    def test_what_needs_a_passphrase_is_less_and_public_keys_are_nothing(self):
        key = self.keys["rsa"]
        der = ("openssl", "pkey", "-inform", "DER")
        encrypted = armor.run(*der, "-aes256", "-passout", "pass:x", data=key)
        self.put("encrypted", encrypted)
        self.put("relabelled", encrypted.replace(b"ENCRYPTED PRIVATE", b"PRIVATE"))
        self.put("old", armor.run(*der, "-aes128", "-traditional", "-passout", "pass:x", data=key))
        self.put("encrypted.der", armor.run(
            "openssl", "pkcs8", "-topk8", "-inform", "DER", "-outform", "DER", "-passout",
            "pass:x", data=key))
        self.put("public.der", armor.run(*der, "-pubout", "-outform", "DER", data=key))
        self.put("public.pem", armor.run(*der, "-pubout", data=key))
        self.put("rsa-public.der", armor.run("openssl", "rsa", "-inform", "DER", "-outform", "DER",
                                             "-RSAPublicKey_out", data=key))
        (self.scratch / "key").write_bytes(key)
        request = ("openssl", "req", "-new", "-keyform", "DER", "-key", "key", "-subj", "/CN=a")
        self.put("request", armor.run(*request, cwd=self.scratch))
        self.put("certificate", armor.run(*request, "-x509", cwd=self.scratch))
        self.put("certificate.der", armor.run(*request, "-x509", "-outform", "DER",
                                              cwd=self.scratch))
        self.put("examples", b"-----BEGIN " + b"PRIVATE KEY-----\n...\n-----END "
                 b"PRIVATE KEY-----\n-----BEGIN " + b"RSA PRIVATE KEY-----\nMIIE<snip>\n")
        self.assertEqual(self.findings(), {
            "encrypted": {("private-key-pkcs8-encrypted", "possible")},
            "relabelled": {("private-key-pkcs8", "possible")},
            "old": {("private-key-rsa", "possible")},
            "encrypted.der": {("private-key-der", "possible")},
        })

    def test_text_that_only_begins_keys_is_read_in_time(self):
        begin = b"-----BEGIN " + b"PRIVATE KEY-----"
        for number, line in enumerate((b"\n", b":\n", b"MIIE\n", b"MIIEvQIBADAN" * 3 + b"\n",
                                       b"\n\n\n\n", b" ", b"\0", b"\\\\\\", b"=")):
            self.put(f"begins-{number}", (begin + line) * (2 ** 20 // len(begin + line)))
        self.put("empty-lines", begin + b"\n" * 2 ** 20)
        usage = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        self.assertEqual(self.findings(), {})
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - usage, 20)


if __name__ == "__main__":
    unittest.main()
