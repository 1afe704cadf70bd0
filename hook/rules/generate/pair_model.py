# SPDX-License-Identifier: Apache-2.0
"""Makes hook/keywords/pair_table.h: how often bytes follow each other in source text.

usage: pair_model.py DIRECTORY... >hook/keywords/pair_table.h

The first 400,000 bytes of each C, C++, Python, Perl, shell and text file below
the directories count. The table in the tree was made from /usr/include,
/usr/lib/python3, /usr/lib/python3.11, /usr/share/perl and /usr/share/doc of a
Debian 12 with llvm-14. Costs are in quarters of a bit.
"""

import collections
import math
import os
import sys

KINDS = (".h", ".hpp", ".c", ".cc", ".py", ".pm", ".pl", ".sh", ".txt", ".md", ".cmake", ".xml")
SYMBOLS = 64


def symbol(byte):
    """The same mapping as symbol() in pair_frequency.cc."""
    if byte < 0x20:
        return 32  # shared with '@' and '`'
    if byte > 0x7e:
        return 63  # shared with '_'
    byte |= 0x20
    return byte - 0x20 if byte < 0x40 else byte - 0x40


def main():
    pairs = collections.Counter()
    count = 0
    for top in sys.argv[1:]:
        for directory, _, names in os.walk(top):
            for name in names:
                if name.endswith(KINDS):
                    with open(os.path.join(directory, name), "rb") as file:
                        text = file.read(400_000)
                    count += len(text)
                    pairs.update(zip(text, text[1:]))
    rows = [[0.5] * SYMBOLS for _ in range(SYMBOLS)]
    for (first, second), n in pairs.items():
        rows[symbol(first)][symbol(second)] += n
    rows.append([sum(row) for row in rows])
    print("// SPDX-License-Identifier: Apache-2.0\n"
          "// Made by hook/rules/generate/pair_model.py, which says how and from what.")
    print(f"// {count // 1_000_000} MB.\n#pragma once\n\n#include <cstdint>\n")
    print("// clang-format off\nnamespace pushguard {\n")
    print("// The cost of a symbol (column) after another (row), in quarters of a bit. The last "
          "row is for\n// a symbol after any other.")
    print(f"inline constexpr uint8_t kPairCosts[{len(rows)}][{SYMBOLS}] = {{")
    for row in rows:
        costs = [str(min(99, round(-4 * math.log2(n / sum(row))))) for n in row]
        for at in range(0, SYMBOLS, 32):
            print(("  {" if at == 0 else "   ") + ",".join(costs[at:at + 32])
                  + ("," if at == 0 else "},"))
    print("};\n\n}  // namespace pushguard")


main()
