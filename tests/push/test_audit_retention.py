# SPDX-License-Identifier: Apache-2.0
"""What retention and rotation leave of a log: less, and intact."""

import datetime
import json
import re

from push.test_audit import RECORDS, AuditTest
from support import tlog

TODAY = datetime.datetime.now(datetime.timezone.utc).date().isoformat()


class Retention(AuditTest):
    def age(self, count):
        """The first records of the log become ten days old: it is written anew."""
        old = (datetime.date.today() - datetime.timedelta(days=10)).isoformat().encode()
        lines = self.lines()
        lines[:count] = [re.sub(rb'"time":"[0-9-]{10}', b'"time":"' + old, line, count=1)
                         for line in lines[:count]]
        self.write_lines(tlog.chained(lines))
        self.state.write_bytes(tlog.state(self.lines()))

    def retain(self, *words):
        return self.audit("retain", "--directory", str(self.directory), *words)

    def test_personal_data_goes_and_the_tree_stays(self):
        self.age(3)
        self.sign()
        self.assertEqual(self.retain("--personal-days", "5"),
                         "personal data removed from 3 records; files removed: 0\n")
        records = self.log()
        self.assertEqual(len(records), RECORDS + 1)
        for record in records[:3]:
            self.assertRegex(record["pusher"]["name"], "^sha256:[0-9a-f]{64}$")
            self.assertEqual(record["pusher"]["source"], "LOGNAME")
            self.assertNotIn("salt", record)
        for record in records[3:RECORDS]:
            self.assertEqual(record["pusher"]["name"], "tester")
        self.assertEqual((records[-1]["event"], records[-1]["personal_before"]), ("retention", 3))
        said = self.verify(0, True)
        self.assertIn(f"note: personal data of records 0-2: removed by retention on {TODAY}\n",
                      said)
        self.push_once()
        self.assertNotIn("altered_before", self.last_record())
        self.assertEqual(self.last_record()["seq"], RECORDS + 1)
        self.assertIn("\nintact\n", self.verify(0, True))
        # A second time there is nothing to do, and nothing to say.
        self.assertEqual(self.retain("--personal-days", "5"),
                         "personal data removed from 0 records; files removed: 0\n")
        self.assertEqual(len(self.log()), RECORDS + 2)

    def test_what_retention_left_is_still_evidence(self):
        self.age(3)
        self.retain("--personal-days", "5")
        kept = self.lines()
        lines = list(kept)
        lines[1] = lines[1].replace(b"accepted", b"refused")
        self.write_lines(lines)
        self.assert_altered("altered: record 1 (audit.jsonl:2) is not the one that record 2 names")
        lines = list(kept)
        lines[4] = tlog.leaf_text(lines[4])  # younger than what retention was to remove
        self.write_lines(lines)
        self.assert_altered("altered: the personal data of record 4 is gone, and no retention is "
                            "on record")

    def test_the_defaults_remove_nothing_young(self):
        self.age(3)
        self.assertEqual(self.retain(),
                         "personal data removed from 0 records; files removed: 0\n")

    def test_whole_files_go_and_the_rest_still_reaches_the_head(self):
        self.age(RECORDS)
        self.sign()
        self.file.rename(self.directory / "audit-000000000000.jsonl")
        self.push_once()
        self.assertEqual(self.retain("--record-days", "5", "--personal-days", "0"),
                         "personal data removed from 0 records; files removed: 1\n")
        self.assertEqual([file.name for file in self.directory.glob("audit*jsonl*")],
                         ["audit.jsonl"])
        self.assertEqual(self.verify(0, True).splitlines()[1:], [
            f"note: records 0-7: removed by retention on {TODAY}", "log: 10 records in 1 file",
            "intact"])
        lines = self.lines()
        edge = re.search(rb'"edge":\["(.)', lines[0])
        other = b"1" if edge[1] == b"0" else b"0"
        lines[0] = lines[0][:edge.end() - 1] + other + lines[0][edge.end():]
        self.write_lines(lines)
        self.assert_altered("altered: record 8 (audit.jsonl:1) is not the one that record 9 names",
                            with_checkpoint=True)


class Rotation(AuditTest):
    def files(self):
        return sorted(file.name for file in self.directory.glob("audit*jsonl*"))

    def test_a_file_that_is_old_enough_is_left_for_another(self):
        self.configure("[audit]\nrotate_days = 1\n")
        state = self.state.read_bytes()
        self.push_once()
        self.assertEqual(self.files(), ["audit.jsonl"])
        old = tlog.state(self.lines())  # it began in 1970
        self.state.write_bytes(old)
        self.push_once()
        self.assertEqual(self.files(), ["audit-000000000000.jsonl", "audit.jsonl"])
        [record] = self.log()
        self.assertEqual((record["seq"], len(record["edge"])), (9, 2))
        self.assertNotIn("emptied_before", record)
        self.push_once()
        self.assertEqual(self.verify(0), "log: 11 records in 2 files\nintact\n")
        self.assertNotEqual(state, b"")

    def test_a_large_file_is_left_for_another(self):
        self.configure("[audit]\nrotate_mib = 1\n")
        lines = self.lines()
        lines[0] = lines[0].replace(b'"tester"', b'"' + b"t" * (1 << 20) + b'"')
        self.write_lines(tlog.chained(lines))
        self.state.write_bytes(tlog.state(self.lines()))
        self.push_once()
        self.push_once()
        self.assertEqual(self.files(), ["audit-000000000000.jsonl", "audit.jsonl"])
        self.assertEqual(self.verify(0), "log: 10 records in 2 files\nintact\n")

    def test_a_rotation_that_cannot_be_is_said(self):
        self.configure("[audit]\nrotate_days = 1\n")
        self.state.write_bytes(tlog.state(self.lines()))
        (self.directory / "audit-000000000000.jsonl").mkdir()
        self.push_once()
        self.assertEqual(self.last_record()["not_rotated"],
                         f"'{self.directory}/audit-000000000000.jsonl' is there already")


class Migration(AuditTest):
    """The log of an older program: without numbers, hashes and salts."""

    def make_old(self, version):
        old = [re.sub(rb'"format":"pushguard-audit/2","seq":\d+,"prev":"[0-9a-f]*"',
                      b'"format":"pushguard-audit/%d"' % version, line)[:-len(',"salt":""}') - 32]
               + b"}" for line in self.lines()]
        self.write_lines(old)
        self.state.unlink()
        return old

    def migrate(self, **expected):
        return self.audit("migrate", "--directory", str(self.directory), **expected)

    def check_carried_over(self, version):
        old = self.make_old(version)
        self.assertEqual(self.migrate(), f"records carried over: {len(old)}\n")
        self.assertEqual((self.directory / "before-tree.jsonl").read_bytes().splitlines(), old)
        self.assertEqual(self.verify(0), f"log: {RECORDS + 1} records in 1 file\nintact\n")
        for before, line in zip(old, self.lines()):
            before, now = json.loads(before), json.loads(line)
            self.assertEqual(now.pop("migrated"), before.pop("format"))
            for key in ("seq", "prev", "salt", "format"):
                now.pop(key)
            self.assertEqual(now, before)
        last = self.last_record()
        self.assertEqual((last["event"], last["records"]), ("migration", RECORDS))
        self.push_once()
        self.assertNotIn("tree_rebuilt", self.last_record())

    def test_records_of_the_first_format_get_their_place_and_a_salt(self):
        self.check_carried_over(1)

    def test_records_without_a_number_do_as_well(self):
        self.check_carried_over(2)

    def test_a_push_before_it_takes_them_in_as_they_are(self):
        old = self.make_old(1)
        self.push_once()
        self.assertEqual(self.last_record()["untracked_before"], RECORDS)
        self.assertEqual(self.lines()[:RECORDS], old)
        self.assertIn("\nintact\n", self.verify(0))
        self.migrate(code=2, errors="error: nothing was carried over: 'D/audit.jsonl' has records "
                     "with numbers already\n")
        self.assertEqual([file.name for file in self.directory.glob("*.jsonl*")], ["audit.jsonl"])


class Settings(AuditTest):
    def test_without_sync(self):
        self.configure('[audit]\nsync = "none"\n')
        self.push_once()
        self.assertEqual(json.loads(self.lines()[-1])["seq"], RECORDS)
        self.assertIn(b"synced 00000000000000000008 ", self.state.read_bytes())
