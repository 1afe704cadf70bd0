# SPDX-License-Identifier: Apache-2.0
"""Checkpoints and proofs of ours, checked by programs that nobody here wrote: Go's
golang.org/x/mod/sumdb (`note`, `tlog`), if it is in Go's module cache, and aics-tlog of PyPI, if
the Python that PUSHGUARD_TLOG_PYTHON names, or this one, has it."""

import base64
import json
import os
import pathlib
import subprocess
import sys

from push.test_audit import AuditTest
from support import tlog

GO_PROGRAM = r"""package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type record struct {
	Index int64
	Proof []string
	Text  string
}

type input struct {
	Key, Checkpoint string
	Records         []record
	Leaves          []string
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("wrong:", err)
		os.Exit(1)
	}
	return value
}

func hash(text string) tlog.Hash {
	var h tlog.Hash
	copy(h[:], must(base64.StdEncoding.DecodeString(text)))
	return h
}

func main() {
	var in input
	must(0, json.NewDecoder(os.Stdin).Decode(&in))
	verifier := must(note.NewVerifier(in.Key))
	opened := must(note.Open([]byte(in.Checkpoint), note.VerifierList(verifier)))
	lines := strings.Split(opened.Text, "\n")
	tree := tlog.Tree{N: must(strconv.ParseInt(lines[1], 10, 64)), Hash: hash(lines[2])}
	for _, one := range in.Records {
		var proof tlog.RecordProof
		for _, text := range one.Proof {
			proof = append(proof, hash(text))
		}
		text := must(base64.StdEncoding.DecodeString(one.Text))
		must(0, tlog.CheckRecord(proof, tree.N, tree.Hash, one.Index, tlog.RecordHash(text)))
	}
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	for number, text := range in.Leaves {
		leaf := must(base64.StdEncoding.DecodeString(text))
		stored = append(stored, must(tlog.StoredHashes(int64(number), leaf, read))...)
	}
	if must(tlog.TreeHash(tree.N, read)) != tree.Hash {
		fmt.Println("wrong: another root")
		os.Exit(1)
	}
	fmt.Println("right:", opened.Sigs[0].Name, tree.N)
}
"""

PYTHON_PROGRAM = """
import base64, json, sys
import aics_tlog
given = json.load(sys.stdin)
note = aics_tlog.parse_note(given["Checkpoint"].encode())
key = aics_tlog.parse_vkey(given["Key"])
checkpoint = aics_tlog.verify_checkpoint(note, key, expected_origin="log.example.org/t")
assert checkpoint.ok, checkpoint
for one in given["Records"]:
    proof = [base64.b64decode(text) for text in one["Proof"]]
    assert aics_tlog.verify_leaf_inclusion(base64.b64decode(one["Text"]), one["Index"],
                                           checkpoint.size, proof, checkpoint.root), one
tree = aics_tlog.MerkleTree([base64.b64decode(text) for text in given["Leaves"]])
assert tree.root() == checkpoint.root
print("right:", checkpoint.origin, checkpoint.size)
"""


class OtherVerifiers(AuditTest):
    def setUp(self):
        super().setUp()
        self.sign()
        lines = self.lines()
        self.given = {"Key": pathlib.Path(f"{self.key}.pub").read_text().strip(),
                      "Checkpoint": self.checkpoint.read_text(), "Records": [],
                      "Leaves": [base64.b64encode(tlog.leaf_text(line)).decode()
                                 for line in lines]}
        for seq in range(len(lines)):
            self.given["Records"].append(self.proved(seq))

    def proved(self, seq):
        """The proof of a record, taken apart; its text is the leaf's."""
        text = self.audit("prove", str(seq), "--directory", str(self.directory), "--checkpoint",
                          str(self.checkpoint), "--public-key", f"{self.key}.pub",
                          "--without-personal")
        proof, note = text.split("\n\n", 1)
        head, extra, index, *hashes = proof.split("\n")
        self.assertEqual((head, index), ("c2sp.org/tlog-proof@v1", f"index {seq}"))
        self.assertEqual(note, self.checkpoint.read_text())
        return {"Index": seq, "Proof": hashes, "Text": extra.removeprefix("extra ")}

    def check(self, command, **options):
        run = subprocess.run(command, input=json.dumps(self.given), capture_output=True, text=True,
                             **options)
        return run.returncode, run.stdout + run.stderr

    def check_right_and_wrong(self, command, **options):
        self.assertEqual(self.check(command, **options), (0, "right: log.example.org/t 8\n"))
        self.given["Records"][3]["Text"] = self.given["Records"][4]["Text"]
        code, said = self.check(command, **options)
        self.assertNotEqual((code, "right" in said), (0, True))

    def test_go(self):
        folder = self.scratch / "go"
        folder.mkdir()
        (folder / "main.go").write_text(GO_PROGRAM)
        environment = {**os.environ, "GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOSUMDB": "off",
                       "GOTOOLCHAIN": "local"}
        try:
            versions = subprocess.run(["go", "env", "GOMODCACHE"], capture_output=True, text=True,
                                      check=True).stdout.strip()
        except FileNotFoundError:
            self.skipTest("there is no Go on this machine")
        cached = sorted(pathlib.Path(versions, "golang.org/x").glob("mod@v*"))
        if not cached:
            self.skipTest("golang.org/x/mod is not in Go's module cache")
        version = cached[-1].name.removeprefix("mod@")
        (folder / "go.mod").write_text(
            f"module m\ngo 1.25.0\nrequire golang.org/x/mod {version}\n")
        build = subprocess.run(["go", "build", "-o", "check", "."], cwd=folder, env=environment,
                               capture_output=True, text=True)
        self.assertEqual((build.returncode, build.stderr), (0, ""))
        self.check_right_and_wrong([folder / "check"])

    def test_aics_tlog(self):
        python = os.environ.get("PUSHGUARD_TLOG_PYTHON", sys.executable)
        has_it = subprocess.run([python, "-c", "import aics_tlog"], capture_output=True)
        if has_it.returncode:
            self.skipTest(f"'{python}' has no aics_tlog (PyPI, Python 3.12 or later)")
        self.check_right_and_wrong([python, "-c", PYTHON_PROGRAM])


class Proofs(AuditTest):
    def test_a_proof_shows_a_record_to_who_has_only_the_key(self):
        self.sign()
        self.push_once()
        proof = self.keys / "3.tlog-proof"
        proof.write_text(self.audit("prove", "3", "--directory", str(self.directory),
                                    "--checkpoint", str(self.checkpoint), "--public-key",
                                    f"{self.key}.pub"))
        said = self.audit("check-proof", str(proof), "--public-key", f"{self.key}.pub",
                          errors="record 3 of the 8 of log.example.org/t\n")
        self.assertEqual(said.encode(), self.lines()[3].replace(
            str(self.directory).encode(), b"D") + b"\n")
        head, extra, rest = proof.read_text().split("\n", 2)
        line = base64.b64decode(extra.removeprefix("extra "))
        other = base64.b64encode(line.replace(b"accepted", b"refused.")).decode()
        proof.write_text(f"{head}\nextra {other}\n{rest}")
        self.assertEqual(self.audit("check-proof", str(proof), "--public-key", f"{self.key}.pub",
                                    code=1),
                         "altered: this is not record 3 of log.example.org/t\n")
        self.audit("prove", "8", "--directory", str(self.directory), "--checkpoint",
                   str(self.checkpoint), "--public-key", f"{self.key}.pub", code=2,
                   errors="error: record 8 cannot be proved: the checkpoint has records 0-7, and "
                   "the files records 0-8\n")
