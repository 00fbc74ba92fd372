"""Sealing the identities of a project with a passphrase, and opening them for good.

Both hold the project's write lock, so that nobody writes a name meanwhile, and put one whole file
in the place of the other.
"""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

from qualcode import errors
from qualcode.store import engine, identities
from qualcode.store.sealed import is_sealed, opened, put_in_place, sealed_bytes, sweep
from qualcode.store.store import Store


def seal(store: Store, passphrase: str) -> Path:
    """Encrypt the identities, or what is sealed already anew; returns where they lie.

    Who seals anew has opened the store with the passphrase that holds. The open file is overwritten
    before it goes. Raises SealingByServerError, IdentitiesMissingError, IdentitiesSealedError.
    """
    path = _place(store)
    with store.apart() as raw, engine.writing(raw, where=store.where):
        with store.reading() as session:
            if not identities.at_hand(session):
                if session.sealed is not None:
                    raise errors.IdentitiesSealedError(where=str(path))
                raise errors.IdentitiesMissingError(where=store.where)
            register = identities.register(session)
        content = sealed_bytes(register, passphrase)
        store.close()  # Windows replaces no file that is open
        put_in_place(path, content)
    return path


def unseal(store: Store, passphrase: str) -> Path:
    """Make an open identities file of the sealed one; returns where it lies.

    Raises SealingByServerError, IdentitiesMissingError, NamesNotSealedError, WrongPassphraseError.
    """
    path = _place(store)
    if not is_sealed(path):
        raise errors.NamesNotSealedError(where=str(path))
    with store.apart() as raw, engine.writing(raw, where=store.where):
        register = opened(path, passphrase)
        sweep(path)
        draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}.open")
        try:
            identities.create_file(draft, register)
            store.close()
            draft.replace(path)
        except OSError as problem:
            why = (problem.strerror or "no access").lower()
            raise errors.OutputError(where=str(path), why=why) from None
        finally:
            with contextlib.suppress(OSError):
                draft.unlink()
    return path


def _place(store: Store) -> Path:
    path = store.names_place
    if path is None:
        raise errors.SealingByServerError(where=store.where)
    if not path.is_file():
        raise errors.IdentitiesMissingError(where=store.where)
    return path
