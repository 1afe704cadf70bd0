# SPDX-License-Identifier: Apache-2.0
"""Writes what is in the program, as SPDX 2.3 in JSON: each library that is linked or
compiled into it, the compiler's own, with version and licence. The same program gives
the same bytes: the date is the commit's, the namespace has the program's digest."""

import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

# Name, Debian's package, licence. NOTICE has the copyright holders.
LIBRARIES = [
    ("re2", "libre2-dev", "BSD-3-Clause"),
    ("tomlplusplus", "libtomlplusplus-dev", "MIT"),
    ("fmt", "libfmt-dev", "MIT"),
    ("libdeflate", "libdeflate-dev", "MIT"),
    ("libsodium", "libsodium-dev", "ISC"),
    ("zlib", "zlib1g-dev", "Zlib"),
    ("bzip2", "libbz2-dev", "bzip2-1.0.6"),
    ("liblzma", "liblzma-dev", "LicenseRef-public-domain"),
    ("zstd", "libzstd-dev", "BSD-3-Clause"),
    ("http-parser", "libhttp-parser-dev", "MIT"),
    ("CLI11", "libcli11-dev", "BSD-3-Clause"),
    ("nlohmann-json", "nlohmann-json3-dev", "MIT"),
    ("glibc", "libc6-dev", "LGPL-2.1-or-later"),
]
GCC_LICENCE = "GPL-3.0-or-later WITH GCC-exception-3.1"
LIBGIT2_EXCEPTION = (
    "In addition to the permissions in the GNU General Public License, the authors give you "
    "unlimited permission to link the compiled version of this library into combinations with "
    "other programs, and to distribute those combinations without any restriction coming from "
    "the use of this file. (The General Public License restrictions do apply in other respects; "
    "for example, they cover modification of the file, and distribution when not linked into a "
    "combined executable.)")


def output_of(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def installed_version(package):
    try:
        return output_of("dpkg-query", "-W", "-f", "${Version}", package)
    except subprocess.CalledProcessError:
        sys.exit(f"error: what is linked in cannot be named: '{package}' is not installed")


def library_versions(sysroot):
    """Debian's version of each package, of this machine or of the sysroot."""
    if not sysroot:
        return {package: installed_version(package) for _, package, _ in LIBRARIES}
    lines = pathlib.Path(sysroot, "packages").read_text().splitlines()
    return dict(line.split(" ", 1) for line in lines)


def parts(options):
    versions = library_versions(options.sysroot)
    found = [(name, package, versions[package], licence) for name, package, licence in LIBRARIES]
    git2 = pathlib.Path(options.libgit2, "version").read_text().strip()
    found.append(("libgit2", "libgit2", git2, "GPL-2.0-only AND LicenseRef-libgit2-exception"))
    release = output_of(options.compiler, "-dumpversion").split(".")[0]
    cross = f"-{options.architecture}-cross" if options.sysroot else ""
    for name, package, licence in (("libstdc++", f"libstdc++-{release}-dev{cross}", GCC_LICENCE),
                                   ("libgcc", f"libgcc-{release}-dev{cross}", GCC_LICENCE)):
        found.append((name, package, installed_version(package), licence))
    return sorted(found, key=lambda part: part[0].lower())


def spdx_id(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def package(name, version, licence, **more):
    return {"name": name, "SPDXID": spdx_id(name), "versionInfo": version,
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
            "licenseConcluded": licence, "licenseDeclared": licence,
            "copyrightText": "NOASSERTION", **more}


def debian_reference(name, version, architecture):
    quoted = urllib.parse.quote(version, safe="~.")
    return {"externalRefs": [{
        "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
        "referenceLocator": f"pkg:deb/debian/{urllib.parse.quote(name, safe='')}@{quoted}"
                            f"?arch={architecture}"}]}


def document(options):
    digest = hashlib.sha256(pathlib.Path(options.binary).read_bytes()).hexdigest()
    date = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]),
                                           datetime.timezone.utc)
    program = package("pushguard", options.version, "Apache-2.0",
                      packageFileName="bin/pushguard", primaryPackagePurpose="APPLICATION",
                      checksums=[{"algorithm": "SHA256", "checksumValue": digest}])
    libraries = parts(options)
    packages = [package(name, version, licence, primaryPackagePurpose="LIBRARY",
                        **debian_reference(source, version,
                                           "source" if name == "libgit2" else options.architecture))
                for name, source, version, licence in libraries]
    compiler = package("g++", output_of(options.compiler, "-dumpfullversion"),
                       "GPL-3.0-or-later", primaryPackagePurpose="APPLICATION")
    name = f"pushguard-{options.version}-linux-{options.architecture}"
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", program["SPDXID"])]
    relations += [(program["SPDXID"], "STATIC_LINK", spdx_id(part[0])) for part in libraries]
    relations.append((compiler["SPDXID"], "BUILD_TOOL_OF", program["SPDXID"]))
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": name, "documentNamespace": f"https://pushguard.invalid/spdx/{name}-{digest}",
        "creationInfo": {"created": date.strftime("%Y-%m-%dT%H:%M:%SZ"),
                         "creators": ["Organization: Pushguard contributors"]},
        "hasExtractedLicensingInfos": [{"licenseId": "LicenseRef-libgit2-exception",
                                        "name": "libgit2 linking exception",
                                        "extractedText": LIBGIT2_EXCEPTION},
                                       {"licenseId": "LicenseRef-public-domain",
                                        "name": "public domain",
                                        "extractedText": "liblzma is in the public domain."}],
        "packages": [program, *packages, compiler],
        "relationships": [{"spdxElementId": one, "relationshipType": kind,
                           "relatedSpdxElement": other} for one, kind, other in relations],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("binary", "version", "architecture", "compiler", "libgit2", "sysroot"):
        parser.add_argument(f"--{name}", required=True)
    json.dump(document(parser.parse_args()), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
