"""Office documents against the schemas of ECMA-376, where these are at hand.

The schemas are the standard's, not ours to hand on: `QUALCODE_OOXML_SCHEMAS` names a folder that
holds the transitional `wml.xsd`, `sml.xsd`, `dml-main.xsd` with what they import, and those of the
package, `opc-*.xsd`. Without it nothing is judged, and the one test that says so is skipped.
"""

from __future__ import annotations

import os
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

FOLDER = os.environ.get("QUALCODE_OOXML_SCHEMAS", "")
_MAIN = "http://schemas.openxmlformats.org/"
_COMPATIBILITY = f"{_MAIN}markup-compatibility/2006"
_XML = "http://www.w3.org/XML/1998/namespace"
# Which schema judges a part, by the namespace of its root.
_SCHEMAS = {
    f"{_MAIN}wordprocessingml/2006/main": "wml.xsd",
    f"{_MAIN}spreadsheetml/2006/main": "sml.xsd",
    f"{_MAIN}drawingml/2006/main": "dml-main.xsd",
    f"{_MAIN}officeDocument/2006/extended-properties": "shared-documentPropertiesExtended.xsd",
    f"{_MAIN}officeDocument/2006/custom-properties": "shared-documentPropertiesCustom.xsd",
    f"{_MAIN}package/2006/content-types": "opc-contentTypes.xsd",
    f"{_MAIN}package/2006/relationships": "opc-relationships.xsd",
}
needed = pytest.mark.skipif(
    not FOLDER, reason="QUALCODE_OOXML_SCHEMAS names no folder with the schemas of ECMA-376"
)


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(FOLDER) / name))


def _drop_foreign(root: etree._Element) -> None:
    """Take away what other standards add: marks of compatibility, and of blanks that count.

    The schema of spreadsheets does not know `xml:space`, which every program writes.
    """
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            if etree.QName(name).namespace in (_COMPATIBILITY, _XML):
                del element.attrib[name]


def schema_faults(document: bytes) -> list[str]:
    """What a schema finds in each part that one of them knows, in sentences; none without it."""
    if not FOLDER:
        return []
    faults: list[str] = []
    judged = 0
    with zipfile.ZipFile(BytesIO(document)) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(package.read(name))
            schema = _SCHEMAS.get(etree.QName(root).namespace or "")
            if schema is None:
                continue
            judged += 1
            _drop_foreign(root)
            found = _schema(schema)
            if not found.validate(root):
                faults += [f"{name}: {line}" for line in str(found.error_log).splitlines()[:20]]
    assert judged > 3, "a package of which no schema knows anything"
    return faults
