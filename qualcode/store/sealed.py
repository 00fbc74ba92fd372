"""An identities file that is sealed with a passphrase: opened in memory, never on the disk.

What is sealed is an age file (age-encryption.org/v1): its key is made of the passphrase by scrypt,
its content is authenticated, and the plain program `age` opens it, too. Inside is JSON. A change
is kept until the act ends; then the file is sealed anew and takes the old one's place, before the
project's own commit.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Final

from qualcode import errors
from qualcode.model.names import Decision, ListedName, NameKind, Verdict
from qualcode.model.people import Identity
from qualcode.store.files import to_disk

_MAGIC: Final = b"age-encryption.org/v1\n"
_FORMAT: Final = "qualcode-identities"
_FORMAT_VERSION: Final = 3


@dataclass(frozen=True, slots=True)
class Register:
    """All that is known of names: participants' identities, listed names, decisions on forms."""

    people: tuple[Identity, ...] = ()
    listed: tuple[ListedName, ...] = ()
    decisions: tuple[Decision, ...] = ()


class SealedNames:
    """A sealed file, open or closed; guards what was decrypted and what is to be written back.

    The store holds one for all who read. An act works on its own, made by `in_act`, so that nobody
    reads what is not written yet.
    """

    def __init__(
        self, path: Path, passphrase: str | None, *, of_store: SealedNames | None = None
    ) -> None:
        self.path = path
        self._passphrase = passphrase
        self._of_store = of_store
        self._read: tuple[tuple[int, int, int] | None, Register] | None = None
        self._changed: Register | None = None

    @property
    def is_open(self) -> bool:
        """True where the passphrase is given."""
        return self._passphrase is not None

    def in_act(self) -> SealedNames:
        """The same file for one act."""
        return SealedNames(self.path, self._passphrase, of_store=self)

    def register(self) -> Register:
        """What is in the file, with what has been put in this act.

        Decrypting takes 0.6 s, by intention, and is done anew only where the file was changed.
        Raises IdentitiesNotOursError for a damaged file, WrongPassphraseError.
        """
        if self._changed is not None:
            return self._changed
        if self._of_store is not None:
            return self._of_store.register()
        stamp, known = _stamp(self.path), self._read
        if known is None or known[0] != stamp:
            assert self._passphrase is not None
            known = self._read = stamp, opened(self.path, self._passphrase)
        return known[1]

    def put(
        self,
        *,
        people: Iterable[Identity] = (),
        listed: Iterable[ListedName] = (),
        decisions: Iterable[Decision] = (),
    ) -> None:
        """Set people by code, listed names by name, decisions by form."""
        known = self.register()
        by_code = {p.code: p for p in (*known.people, *people)}
        by_name = {n.name: n for n in (*known.listed, *listed)}
        by_form = {d.form: d for d in (*known.decisions, *decisions)}
        self._changed = Register(
            tuple(by_code[code] for code in sorted(by_code)),
            tuple(by_name[name] for name in sorted(by_name)),
            tuple(by_form[form] for form in sorted(by_form)),
        )

    def take_out(
        self, *, listed: str | None = None, form: str | None = None, person: str | None = None
    ) -> None:
        """Forget a listed name, the decision on a form, or a participant by their code."""
        known = self.register()
        self._changed = replace(
            known,
            people=tuple(one for one in known.people if one.code != person),
            listed=tuple(name for name in known.listed if name.name != listed),
            decisions=tuple(one for one in known.decisions if one.form != form),
        )

    def write_back(self) -> None:
        """Seal what was changed, in the old file's place; nothing where nothing was."""
        if self._changed is None or self._passphrase is None:
            return
        put_in_place(self.path, sealed_bytes(self._changed, self._passphrase))
        if self._of_store is not None:
            self._of_store._read = _stamp(self.path), self._changed
        self._changed = None


def is_sealed(path: Path) -> bool:
    """True for a file that a passphrase opens; False for one that is not there or not readable."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def sealed_bytes(register: Register, passphrase: str) -> bytes:
    """A register as a sealed file; raises ExtraMissingError where the library is not installed."""
    encrypted: bytes = _age().passphrase.encrypt(_as_json(register), passphrase)
    return encrypted


def opened(path: Path, passphrase: str) -> Register:
    """The register of a sealed file; raises WrongPassphraseError, IdentitiesNotOursError."""
    age = _age()
    where = str(path)
    try:
        content = path.read_bytes()
    except OSError:
        raise errors.StoreUnreadableError(where=where) from None
    try:
        return _from_json(age.passphrase.decrypt(content, passphrase))
    except age.DecryptError:
        # What was altered and what was sealed with another passphrase cannot be told apart.
        raise errors.WrongPassphraseError(where=where) from None
    except (KeyError, TypeError, ValueError):
        raise errors.IdentitiesNotOursError(where=where) from None


def put_in_place(path: Path, content: bytes) -> None:
    """A file for its owner alone, whole, in the place of the old one.

    What is replaced is overwritten, as far as the disk lets one: names lay open in it. So is what
    a write left that was cut off between the two. Who calls this holds the project's write lock.
    """
    sweep(path)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    old = draft.with_name(f"{draft.name}.old")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
        to_disk(draft)
        with contextlib.suppress(OSError):  # memory sticks know no second name for a file
            old.hardlink_to(path)
        draft.replace(path)
        to_disk(path.parent)
        _wipe(old)
    except OSError as problem:
        why = problem.strerror or "no access"
        raise errors.OutputError(where=str(path), why=why.lower()) from None
    finally:
        for left in (draft, old):
            left.unlink(missing_ok=True)


def left_overs(path: Path) -> tuple[Path, ...]:
    """Files that writes of this one left when they were cut off; names can lie open in them."""
    return tuple(sorted(one for one in path.parent.glob(f".{path.name}-*") if one.is_file()))


def sweep(path: Path) -> None:
    """Overwrite and delete what was left; of one that is still the file itself, only the name."""
    for left in left_overs(path):
        if not (path.exists() and left.samefile(path)):
            _wipe(left)
        left.unlink(missing_ok=True)


def _wipe(path: Path) -> None:
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
    to_disk(path)


def _age() -> ModuleType:
    try:
        import pyrage  # 10 ms; only where identities are sealed
    except ImportError as missing:
        raise errors.ExtraMissingError("a sealed identities file", extra="seal") from missing
    module: ModuleType = pyrage
    return module


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def _as_json(register: Register) -> bytes:
    value = {
        "format": _FORMAT,
        "version": _FORMAT_VERSION,
        "people": [
            {"code": p.code, "name": p.name, "aliases": p.aliases, "contacts": p.contacts}
            for p in register.people
        ],
        "listed": [
            {"name": n.name, "kind": n.kind, "shown": n.shown, "aliases": n.aliases}
            for n in register.listed
        ],
        "decisions": [
            {"form": d.form, "verdict": d.verdict, "of": d.of, "by": d.by, "at": d.at}
            for d in register.decisions
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def _from_json(content: bytes) -> Register:
    value = json.loads(content)
    if value["format"] != _FORMAT or value["version"] > _FORMAT_VERSION:
        raise ValueError(value["version"])
    return Register(
        tuple(
            Identity(p["code"], p["name"], tuple(p["aliases"]), p["contacts"])
            for p in value["people"]
        ),
        tuple(
            ListedName(n["name"], NameKind(n["kind"]), n["shown"], tuple(n["aliases"]))
            for n in value["listed"]
        ),
        tuple(
            Decision(d["form"], Verdict(d["verdict"]), d["of"], d.get("by"), d.get("at"))
            for d in value["decisions"]
        ),
    )
