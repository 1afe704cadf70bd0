# SPDX-License-Identifier: Apache-2.0
"""Makes hook/validators/letter_pair_table.h: how often letters follow each other in words.

usage: letter_model.py DIRECTORY... >hook/validators/letter_pair_table.h

Every distinct word (a run of 8 to 80 letters, digits and "_./:+=-" that has
three letters in a row) of the C, C++, Python, Perl and text files below the
directories counts once. Words with long random runs are left out. The table in
the tree was made from Debian 12: the headers of libc6-dev, linux-libc-dev,
llvm-14 and libx11-dev, and Python 3.11 and Perl 5.36. Costs are in sixteenths
of a bit, at most 255.
"""

import math
import os
import re
import sys

KINDS = (".h", ".hpp", ".c", ".cc", ".py", ".pm", ".pl", ".sh", ".txt", ".md", ".cmake", ".xml")
WORD = re.compile(r"[A-Za-z0-9_./:+=-]{8,80}")
RANDOM = re.compile(r"[0-9a-fA-F]{12}|[A-Za-z0-9+/]{36}")
LETTERS, DIGIT, OTHER, START = 26, 26, 27, 28  # symbols; START comes before a word's first


def words(directories):
    found = set()
    for top in directories:
        for directory, _, names in os.walk(top):
            for name in names:
                if not name.endswith(KINDS):
                    continue
                with open(os.path.join(directory, name), encoding="latin-1") as file:
                    found.update(WORD.findall(file.read(400_000)))
    return sorted(word for word in found
                  if re.search("[A-Za-z]{3}", word) and not RANDOM.search(word))


def symbol(c):
    return ord(c.lower()) - ord("a") if c.isalpha() else DIGIT if c.isdigit() else OTHER


def case(c):
    return 0 if not c.isalpha() else 1 if c.islower() else 2


def costs(rows):
    return [[min(255, round(-16 * math.log2(n / sum(row)))) for n in row] for row in rows]


def table(name, rows):
    print(f"inline constexpr uint8_t {name}[{len(rows)}][{len(rows[0])}] = {{")
    for row in rows:
        text = "    {" + ", ".join(map(str, row)) + "},"
        while len(text) > 96:
            at = text.rfind(", ", 0, 96)
            print(text[:at + 1])
            text = "     " + text[at + 2:]
        print(text)
    print("};\n")


def main():
    pairs = [[0.5] * START for _ in range(START + 1)]
    cases = [[1, 1] for _ in range(9)]
    count = 0
    for word in words(sys.argv[1:]):
        count += 1
        previous, older, old = START, 0, 0
        for c in word.encode("latin-1").decode("ascii", "ignore"):
            pairs[previous][symbol(c)] += 1
            previous = symbol(c)
            if case(c):
                cases[3 * older + old][case(c) - 1] += 1
            older, old = old, case(c)
    print("// SPDX-License-Identifier: Apache-2.0\n"
          "// Made by hook/rules/generate/letter_model.py, which says how and from what.")
    print(f"// {count} words.\n#pragma once\n\n#include <cstdint>\n")
    print("// clang-format off\nnamespace pushguard {\n")
    print("// The cost of a symbol (column) after another (row): a to z, a digit, any other "
          "character.\n// The last row is for the first symbol of a word.")
    table("kLetterCosts", costs(pairs))
    print("// The cost of a small letter and of a capital after two characters, each no letter "
          "(0), small\n// (1) or capital (2): row 3 * older + newer.")
    table("kCaseCosts", costs(cases))
    print("}  // namespace pushguard")


main()
