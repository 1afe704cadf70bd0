# SPDX-License-Identifier: Apache-2.0
"""Keys that only the name of their file identifies."""

import random
import unittest

from support import tokens
from support.server import PushTest

HEX = "0123456789abcdef"


def binary(size, seed):
    generator = random.Random(seed)
    return bytes(generator.randrange(0x80, 0x100) for _ in range(size))


def master(seed):
    return tokens.random_text(HEX, 32, seed) + "\n"


# The path, the content, and the expected rule and ruling.
FILES = [
    ("config/master.key", master("a"), "rails-master-key-file", "blocked"),
    ("apps/shop/config/credentials/production.key", master("b"), "rails-master-key-file",
     "blocked"),
    ("jenkins/secrets/master.key", tokens.random_text(HEX, 256, "c"), "jenkins-master-key-file",
     "blocked"),
    ("jenkins/secrets/hudson.util.Secret", binary(272, 1), "jenkins-secret-key-file", "warned"),
    ("ops/.vault_pass", tokens.random_text(tokens.BASE62, 18, "d") + "\n",
     "ansible-vault-password-file", "blocked"),
    ("chef/encrypted_data_bag_secret", tokens.random_text(tokens.BASE62, 70, "e") + "\n",
     "chef-data-bag-secret-file", "blocked"),
    ("android/release.jks", b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1\0\0\0\1" + binary(900, 2),
     "java-keystore-file", "warned"),
    ("android/debug.keystore", b"\x30\x82\x09\xa1\x02\x01\x03\x30\x82" + binary(900, 3),
     "pkcs12-file", "warned"),
    ("tls/server.pfx", b"\x30\x82\x0a\x11\x02\x01\x03\x30\x82" + binary(900, 4), "pkcs12-file",
     "warned"),
    ("team.kdbx", b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5" + binary(600, 5), "keepass-database-file",
     "warned"),
    ("home/.mylogin.cnf", b"\0\0\0\0" + bytes(range(1, 21)) + b"\x20\0\0\0" + binary(32, 6),
     "mysql-login-path-file", "blocked"),
    ("gnupg/secring.gpg", b"\x95\x01\xfe\x04\x65\xa1\xb2\xc3\x01" + binary(500, 7),
     "pgp-secret-keyring-file", "warned"),
    ("gnupg/private-keys-v1.d/AB12.key", b"(11:private-key(3:rsa(1:n257:\0" + binary(300, 8),
     "gnupg-secret-key-file", "blocked"),
]

# Such bytes in files with other names, and other bytes in files with such names.
CLEAN = [
    ("docs/digest.txt", master("a")),
    ("config/locales/master.key.md", master("b")),
    ("certs/cacerts.jks", b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1\0\0\0\2" + binary(900, 12)),
    ("release.pfx.txt", "see the vault\n"),
    ("other/.vault_pass", "#!/bin/sh\nexec pass show vault\n"),
    ("gnupg/pubring.gpg", b"\x99\x01\x0d\x04\x65\xa1\xb2\xc3\x01" + binary(500, 13)),
    ("config/master.key", "see 1Password\nand then the wiki\n"),
]


class KeyFiles(PushTest):
    def setUp(self):
        super().setUp()
        self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def test_each_is_known_by_its_name_and_its_first_bytes(self):
        self.commit({path: content for path, content, _, _ in FILES})
        result = self.assert_refused(self.push())
        found = {(place["path"], finding["rule"], finding["ruling"])
                 for finding in self.last_record()["findings"] for place in finding["places"]}
        self.assertEqual(found, {(path, rule, ruling) for path, _, rule, ruling in FILES})
        for path, content, _, _ in FILES:
            if isinstance(content, str):
                self.assert_nowhere(content.strip(), result)

    def test_other_names_and_other_bytes_are_nothing(self):
        self.commit(dict(CLEAN))
        self.assert_accepted(self.push())
        self.assertEqual(self.last_record()["findings"], [])


class KeyFilesSha256(KeyFiles):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
