"""The two boxes that office programs keep documents in: ZIP packages, and OLE2 for encrypted ones.

Nothing is unpacked to disk, and nothing is unpacked at all before the size that it claims has been
looked at; what claims too little is stopped at the same limit.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from qualcode.errors import DamagedFileError, PasswordProtectedError, TooLargeError

if TYPE_CHECKING:
    from qualcode.readers.ground.source import Source

ZIP_MARK = b"PK\x03\x04"
OLE2_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The text part of a Word document of two million words holds some 15 MB of XML. A tree takes up
# to twenty times the memory of its text.
LARGEST_PART_BYTES = 32_000_000

# What documents in packages are called.
_NAMES = (".docx", ".docm", ".dotx", ".odt", ".ott", ".xlsx", ".xlsm", ".ods")

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Where the names of files stand in a package that is cut off before its directory.
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(..)..", re.S)


def is_encrypted(data: bytes) -> bool:
    """True for the container in which Office keeps a document with a password."""
    return data.startswith(OLE2_MARK) and _ENCRYPTED in data


def part_names(data: bytes) -> tuple[str, ...]:
    """The names of the files in a ZIP package; of one that is cut off, those that are left."""
    if not data.startswith(ZIP_MARK):
        return ()
    # 13 ms to import, and most transcripts are no packages.
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return tuple(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return tuple(
            data[match.end() : match.end() + int.from_bytes(match[1], "little")].decode(
                "utf-8", "replace"
            )
            for match in _LOCAL_NAME.finditer(data)
        )


def read_part(source: Source, name: str, *, title: str) -> bytes | None:
    """The bytes of one file in a package, or None where it has no such file.

    `title` is what the document is called in errors. Raises DamagedFileError, TooLargeError or
    PasswordProtectedError.
    """
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as package:
            if name not in package.namelist():
                return None
            part = package.getinfo(name)
            if part.flag_bits & 1:
                raise PasswordProtectedError(where=source.where)
            _check_size(part.file_size, source.where)
            with package.open(part) as stream:
                data = stream.read(LARGEST_PART_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as broken:
        raise DamagedFileError(title, where=source.where, detail=_broken(source)) from broken
    _check_size(len(data), source.where)
    return data


def unpacked_bytes(data: bytes, prefix: str) -> int:
    """How much the files whose names begin so claim to hold; 0 of a package that is damaged."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [part for part in package.infolist() if part.filename.startswith(prefix)]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return 0  # reading a part of it will say so
    return sum(part.file_size for part in parts)


def _broken(source: Source) -> str:
    """What is wrong with a package; of a file that is called otherwise also what it is."""
    if source.name.lower().endswith(_NAMES):
        return "it breaks off or is not whole"
    return "it is one by its content, whatever its name says, and it breaks off or is not whole"


def _check_size(size: int, where: str) -> None:
    if size > LARGEST_PART_BYTES:
        raise TooLargeError(
            where=where,
            size_mb=size // 1_000_000,
            limit_mb=LARGEST_PART_BYTES // 1_000_000,
        )
