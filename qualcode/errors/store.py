"""The store, where it cannot be used as it is."""

from __future__ import annotations

from qualcode.errors.base import QualcodeError


class StoreError(QualcodeError):
    """The store cannot be used as it is; nothing was changed."""

    exit_code = 3


class StoreMissingError(StoreError):
    """There is no store at this place, or there is none any more."""

    def __init__(self, *, where: str, gone: bool = False) -> None:
        if gone:
            super().__init__(
                "the project's file is no longer here",
                where=where,
                mend="Nothing was written. Put it back, or open it where it is now.",
            )
        else:
            super().__init__(
                "there is no project here",
                where=where,
                mend="Check the path, or make one with: qualcode new DIR",
            )


class StoreReplacedError(StoreError):
    """Another file has taken the store's place since it was opened."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "another file has taken the project's place since it was opened",
            where=where,
            mend="Nothing was written. Leave, and open the project again.",
        )


class StoreLockedError(StoreError):
    """Another process holds the store longer than we wait."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "another program is writing to the project and did not finish in time",
            where=where,
            mend="Wait for it or close it, then try again; nothing of yours was written.",
        )


class StoreDamagedError(StoreError):
    """The file of the store is not whole."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the project file is damaged",
            where=where,
            mend="Run: qualcode doctor. Then go back to the last backup if it says so.",
        )


class StoreNotOursError(StoreError):
    """The file is something else than a qualcode project."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this is not a qualcode project",
            where=where,
            mend="Give the path of a file that 'qualcode new' made.",
        )


class StoreNewerError(StoreError):
    """A newer qualcode made or upgraded this store."""

    def __init__(self, *, where: str, version: int, known: int) -> None:
        super().__init__(
            f"the project was written by a newer qualcode (store version {version}, "
            f"this program knows up to {known})",
            where=where,
            mend="Update qualcode with: pip install --upgrade qualcode",
        )


class StoreOlderError(StoreError):
    """A shared store has to be upgraded by somebody who may do it."""

    def __init__(self, *, where: str, version: int, known: int) -> None:
        super().__init__(
            f"the project is of store version {version} and has to be upgraded to {known}",
            where=where,
            mend="Back the database up, then run: qualcode doctor --fix",
        )


class StoreReadOnlyError(StoreError):
    """The store can be read but not written."""

    def __init__(self, *, where: str, unfinished: bool = False) -> None:
        what = (
            "a program stopped in the middle of writing the project, and that cannot be set right "
            "where nobody may write"
            if unfinished
            else "the project can be read but not written"
        )
        super().__init__(
            what,
            where=where,
            mend="Copy the folder to a place where you may write, or ask for the right to.",
        )


class StoreUnreadableError(StoreError):
    """The file is there and cannot be opened."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the project file cannot be opened",
            where=where,
            mend="Check that you may read it, and that the disk is there and has room.",
        )


class StoreFullError(StoreError):
    """The disk has no room left."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the disk is full, so the last act was not saved; all before it is safe",
            where=where,
            mend="Make room and do it again.",
        )


class StoreDiskError(StoreError):
    """The disk or the network share gave up in the middle of reading or writing."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the disk reported an error, so the last act was not saved",
            where=where,
            mend="Keep the project on a local disk, and run: qualcode doctor",
        )


class StoreUnreachableError(StoreError):
    """A database server does not answer or lets nobody in."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the database server cannot be reached or refused the login",
            where=where,
            mend="Check the address, the name and the password in the URL.",
        )


class StoreEncodingError(StoreError):
    """A database cannot hold every language."""

    def __init__(self, encoding: str, *, where: str) -> None:
        super().__init__(
            f"the database keeps text as {encoding}, which cannot hold every language",
            where=where,
            mend="Make a database with the encoding UTF8 and give its URL.",
        )


class IdentitiesMissingError(StoreError):
    """Names are to be written and there is no place for them."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the names cannot be written: the identities file is missing or closed to you",
            where=where,
            mend="Let whoever holds the identities do this, or put the file beside the project.",
        )


class IdentitiesNotOursError(StoreError):
    """What lies in the place of the identities is something else, or damaged."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this is not an identities file, or it is damaged",
            where=where,
            mend="Put back the one that belongs to the project, or move this one away.",
        )


class IdentitiesSealedError(StoreError):
    """Names are to be read or written, and they are sealed."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the names are sealed with a passphrase",
            where=where,
            mend="Set QUALCODE_PASSPHRASE, or let whoever holds the passphrase do this.",
        )


class WrongPassphraseError(StoreError):
    """A passphrase does not open the sealed identities."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this passphrase does not open the identities, or they are damaged",
            where=where,
            mend="Give the passphrase with which they were sealed.",
        )


class NamesNotSealedError(StoreError):
    """Identities were to be opened for good that nobody has sealed."""

    def __init__(self, *, where: str) -> None:
        super().__init__("the names are not sealed", where=where)


class UpgradeFailedError(StoreError):
    """An upgrade would not have kept everything; the old state stands."""

    def __init__(self, *, where: str, lost: str) -> None:
        super().__init__(
            f"the upgrade was taken back, because it would not have kept {lost}",
            where=where,
            mend="Nothing was changed. Run: qualcode doctor",
        )
