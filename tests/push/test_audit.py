# SPDX-License-Identifier: Apache-2.0
"""`pushguard audit verify` on logs that somebody has changed: what it says, and where."""

import base64
import os
import pathlib
import shutil
import tempfile
import unittest

from support import tlog
from support.server import HOOK, PushTest

RECORDS = 8


class AuditTest(PushTest):
    """Provides a log of RECORDS pushes in `self.directory`, a key, and a checkpoint of it."""

    def setUp(self):
        super().setUp()
        self.directory = self.server / "pushguard"
        self.file, self.state = self.directory / "audit.jsonl", self.directory / "audit.tree"
        self.commit({"readme.md": "hello\n"})
        for _ in range(RECORDS):
            self.push_once()
        self.keys = pathlib.Path(tempfile.mkdtemp(prefix="pushguard-keys."))
        self.addCleanup(shutil.rmtree, self.keys)
        self.key = self.make_key("key")
        self.checkpoint = self.keys / "checkpoint"

    def push_once(self):
        self.pushed = getattr(self, "pushed", 0) + 1
        self.assert_accepted(self.push("origin", f"HEAD:refs/heads/m{self.pushed}"))

    def make_key(self, name):
        self.audit("keygen", "--output", str(self.keys / name), "--name", "log.example.org/t")
        return self.keys / name

    def audit(self, *words, code=0, errors=""):
        result = self.run_command(HOOK, "audit", *words, check=False)
        self.assertEqual((result.code, self.plain(result.errors)), (code, errors), result.output)
        return self.plain(result.output)

    def plain(self, text):
        return text.replace(str(self.directory), "D").replace(str(self.keys), "K")

    def sign(self):
        self.audit("checkpoint", "--directory", str(self.directory), "--signing-key",
                   str(self.key), "--output", str(self.checkpoint))

    def verify(self, code, with_checkpoint=False, key=None):
        with_checkpoint = ["--checkpoint", str(self.checkpoint), "--public-key",
                           f"{key or self.key}.pub"] if with_checkpoint else []
        return self.audit("verify", "--directory", str(self.directory), *with_checkpoint,
                          code=code)

    def lines(self):
        return self.file.read_bytes().splitlines()

    def write_lines(self, lines):
        self.file.write_bytes(b"".join(line + b"\n" for line in lines))

    def assert_altered(self, *faults, with_checkpoint=False):
        said = self.verify(1, with_checkpoint)
        self.assertTrue(said.endswith("\nALTERED\n"), said)
        found = [line for line in said.splitlines()[:-1]
                 if not line.startswith(("log: ", "note: ", "checkpoint: "))]
        self.assertEqual(found, list(faults))


class Verify(AuditTest):
    def test_an_intact_log(self):
        self.assertEqual(self.verify(0), f"log: {RECORDS} records in 1 file\nintact\n")
        self.sign()
        self.assertEqual(self.verify(0, True), f"checkpoint: {RECORDS} records of "
                         f"log.example.org/t\nlog: {RECORDS} records in 1 file\nintact\n")
        self.push_once()
        self.assertIn("\nintact\n", self.verify(0, True))
        _, size, root = self.checkpoint.read_text().splitlines()[:3]
        self.assertEqual((int(size), base64.b64decode(root)),
                         (RECORDS, tlog.root([tlog.leaf(line) for line in self.lines()[:RECORDS]])))

    def test_a_record_is_altered(self):
        for seq in (0, 3, RECORDS - 2):
            with self.subTest(record=seq):
                lines = kept = self.lines()
                lines = list(lines)
                lines[seq] = lines[seq].replace(b'"accepted"', b'"refused"')
                self.write_lines(lines)
                self.assert_altered(f"altered: record {seq} (audit.jsonl:{seq + 1}) is not the one "
                                    f"that record {seq + 1} names")
                self.write_lines(kept)

    def test_a_pusher_is_altered(self):
        lines = self.lines()
        lines[4] = lines[4].replace(b'"name":"tester"', b'"name":"mallet"')
        self.write_lines(lines)
        self.assert_altered("altered: record 4 (audit.jsonl:5) is not the one that record 5 names")

    def test_the_last_record_is_altered(self):
        lines = self.lines()
        lines[-1] = lines[-1].replace(b'"accepted"', b'"refused"')
        self.write_lines(lines)
        self.assert_altered("altered: record 7 (audit.jsonl:8) is not the one that the state of "
                            "the tree has")

    def test_records_are_removed(self):
        lines = self.lines()
        self.write_lines(lines[:2] + lines[5:])
        self.assert_altered("removed: records 2-4 before audit.jsonl:3")
        self.write_lines(lines[1:])
        self.assert_altered("removed: record 0 before audit.jsonl:1")

    def test_records_are_inserted(self):
        lines = self.lines()
        forged = lines[3].replace(b'"accepted"', b'"refused"')
        self.write_lines(lines[:3] + [forged] + lines[3:])
        self.assert_altered("inserted: audit.jsonl:4 is another record 3")
        self.write_lines(lines[:3] + [lines[5]] + lines[3:])
        self.assert_altered("inserted: audit.jsonl:4 is another record 5")
        self.write_lines(lines[:3] + [b"{}"] + lines[3:])
        self.assert_altered("inserted: audit.jsonl:4 has no number, and no record counts it")

    def test_records_are_reordered(self):
        lines = self.lines()
        lines[3], lines[4] = lines[4], lines[3]
        self.write_lines(lines)
        self.assert_altered("reordered: record 3 is at audit.jsonl:5, behind later ones")

    def test_the_end_is_cut_off(self):
        self.sign()
        self.write_lines(self.lines()[:6])
        missing = "truncated: records 6-7"
        self.assert_altered(f"{missing} are missing at the end; the state of the tree has 8 "
                            "records")
        self.assert_altered(f"{missing} are missing at the end; the state of the tree has 8 "
                            "records", f"{missing} of the checkpoint are missing at the end",
                            with_checkpoint=True)
        # What comes next does not hide it.
        self.push_once()
        self.assert_altered("removed: records 6-7 before audit.jsonl:7")

    def test_an_older_copy(self):
        copies = [(file, file.read_bytes()) for file in (self.file, self.state)]
        self.push_once()
        self.push_once()
        self.sign()
        for file, content in copies:
            file.write_bytes(content)
        self.assertIn("\nintact\n", self.verify(0))
        self.assert_altered("older copy: records 8-9 of the checkpoint are missing at the end, and "
                            "the state of the tree has none of them", with_checkpoint=True)
        # Nor does another past, as long as what was signed.
        self.push_once()
        self.push_once()
        self.assertIn("\nintact\n", self.verify(0))
        self.assert_altered("rewritten: the first 10 records fit together, and are not those of "
                            "the checkpoint", with_checkpoint=True)

    def test_a_log_that_is_rewritten_whole(self):
        self.sign()
        lines = self.lines()
        lines[2] = lines[2].replace(b'"accepted"', b'"refused"')
        self.write_lines(tlog.chained(lines))
        self.assert_altered("altered: record 7 (audit.jsonl:8) is not the one that the state of "
                            "the tree has")
        self.state.write_bytes(tlog.state(self.lines()))
        self.assertIn("\nintact\n", self.verify(0))
        self.assert_altered("rewritten: the first 8 records fit together, and are not those of the "
                            "checkpoint", with_checkpoint=True)

    def test_a_torn_last_line_is_no_fault(self):
        with self.file.open("ab") as file:
            file.write(b'{"format')
        self.assertEqual(self.verify(0), (
            "note: torn: 8 bytes behind the last line of audit.jsonl are no whole record; the next "
            f"push puts them aside\nlog: {RECORDS} records in 1 file\nintact\n"))

    def test_a_line_of_an_older_program_is_no_fault(self):
        with self.file.open("ab") as file:
            file.write(b'{"format":"pushguard-audit/2","verdict":"accepted"}\n')
        self.assertIn("note: the lines at the end are in no tree yet; the next push takes them in",
                      self.verify(0))
        self.push_once()
        self.assertEqual(self.verify(0), """\
note: record 8 (audit.jsonl:9) without a number: an older program wrote that
log: 10 records in 1 file
intact
""")
        lines = self.lines()
        lines[8] = b"{}"
        self.write_lines(lines)
        self.assert_altered("altered: record 8 (audit.jsonl:9) is not the one that record 9 names")

    def test_personal_data_that_is_gone_without_a_retention(self):
        lines = self.lines()
        lines[2], lines[3] = tlog.leaf_text(lines[2]), tlog.leaf_text(lines[3])
        self.write_lines(lines)
        self.assert_altered("altered: the personal data of records 2-3 is gone, and no retention "
                            "is on record")

    def test_a_log_in_several_files(self):
        self.file.rename(self.directory / "audit.jsonl.1")
        self.push_once()
        self.push_once()
        self.assertIn("log: 10 records in 2 files\nintact\n", self.verify(0))
        (self.directory / "audit.jsonl.1").unlink()
        self.assert_altered("removed: records 0-7: the oldest file begins behind them")

    def test_what_cannot_be_checked(self):
        self.state.unlink()
        self.assertIn("note: the state of the tree is missing\n", self.verify(0))
        (self.directory / "audit.jsonl.1.gz").write_bytes(b"x")
        self.assertIn("not checked: 'D/audit.jsonl.1.gz' is compressed: unpack it\n",
                      self.verify(2))
        shutil.rmtree(self.directory)
        os.mkdir(self.directory)
        self.audit("verify", "--directory", str(self.directory), code=2,
                   errors="error: there is no audit log in 'D'\n")
        self.audit("verify", code=2, errors="error: it is not known which log is meant: name it by "
                   "--directory REPOSITORY/pushguard, or [audit] directory in the configuration\n")


class Checkpoints(AuditTest):
    def test_a_forged_one_and_one_of_another_key(self):
        self.sign()
        note = self.checkpoint.read_text()
        self.checkpoint.write_text(note.replace("\n8\n", "\n7\n"))
        said = self.verify(1, True)
        self.assertRegex(said, "^forged: 'K/checkpoint' is not what the key "
                               r"'log.example.org/t\+[0-9a-f]{8}\+[^']+' has signed\n")
        self.checkpoint.write_text(note)
        said = self.verify(2, True, self.make_key("other"))
        self.assertRegex(said, r"^not checked: another key: 'K/checkpoint' is not signed by "
                               r"'log.example.org/t\+\S+', but by 'log.example.org/t\+[0-9a-f]{8}'")

    def test_nothing_is_signed_that_the_last_one_does_not_begin(self):
        self.sign()
        signed = self.checkpoint.read_text()
        lines = self.lines()
        self.write_lines(tlog.chained(lines[:6]))
        self.state.write_bytes(tlog.state(self.lines()))
        said = self.audit("checkpoint", "--directory", str(self.directory), "--signing-key",
                          str(self.key), "--output", str(self.checkpoint), code=2,
                          errors="error: no checkpoint was made of a log that is not known to be "
                          "intact\n")
        self.assertTrue(said.startswith("older copy: records 6-7 of the checkpoint"), said)
        self.assertEqual(self.checkpoint.read_text(), signed)

    def test_a_key_is_made_where_no_writer_of_the_log_can_exchange_it(self):
        self.assertEqual((self.key.stat().st_mode & 0o777,
                          os.stat(f"{self.key}.pub").st_mode & 0o777), (0o400, 0o444))
        self.audit("keygen", "--output", str(self.key), code=2,
                   errors="error: cannot make 'K/key': File exists\n")
        open_to_all = self.keys / "open"
        open_to_all.mkdir()
        os.chmod(open_to_all, 0o777)
        result = self.run_command(HOOK, "audit", "keygen", "--output", str(open_to_all / "key"),
                                  check=False)
        self.assertEqual(result.code, 2)
        self.assertIn("every user may write it; who can exchange the key can rewrite the log "
                      "unseen\n", result.errors)
        self.assertEqual(list(open_to_all.iterdir()), [])

    @unittest.skipUnless(os.geteuid() == 0, "only root can be two users")
    def test_a_folder_of_the_git_user(self):
        folder = self.keys / "git"
        folder.mkdir()
        os.chown(folder, 65534, 65534)
        result = self.run_command(HOOK, "audit", "keygen", "--output", str(folder / "key"),
                                  check=False)
        self.assertEqual((result.code, list(folder.iterdir())), (2, []))
        self.assertIn("it belongs to 'nobody'; who can exchange the key", result.errors)

    def test_the_keys_and_the_log_of_the_configuration(self):
        self.configure(f'[audit]\ndirectory = "{self.directory}"\nsigning_key = "{self.key}"\n'
                       f'public_key = "{self.key}.pub"\n')
        note = self.audit("checkpoint")
        self.checkpoint.write_text(note)
        self.assertIn("\nintact\n", self.audit("verify", "--checkpoint", str(self.checkpoint)))


if __name__ == "__main__":
    unittest.main()
