# SPDX-License-Identifier: Apache-2.0
"""Records against the schema in install/, in which every field must be named."""

import json
import pathlib

import jsonschema

INSTALL = pathlib.Path(__file__).parents[2] / "install"
LARGEST = 100_000  # bytes of a line: larger ones take seconds


def strict(schema):
    """A copy that allows no field that it does not name."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        copy["additionalProperties"] = False
    if "$ref" in copy:
        copy["$ref"] = copy["$ref"].removeprefix("refusal.schema.json")
    return copy


def read_validator():
    schema, shared = (json.loads((INSTALL / name).read_text())
                      for name in ("record.schema.json", "refusal.schema.json"))
    schema["$defs"].update(shared["$defs"])
    return jsonschema.Draft202012Validator(strict(schema))


RECORD = read_validator()


def check_record(line):
    """Fails when the line is no record as the schema has it; older programs gave no number."""
    record = json.loads(line)
    if "seq" in record and len(line) <= LARGEST:
        RECORD.validate(record)
