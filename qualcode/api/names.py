"""Names that may not leave, looked after from Python; what these give are names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.api.opened import Opened, now, one_of
from qualcode.model.names import Decision, NameKind
from qualcode.services.consent.names import settling as services


class Names(Opened):
    """What is known of names, and what forms in the texts are."""

    def names(self) -> tuple[services.NameLine, ...]:
        """The names that are looked for, of participants and listed, with what is shown instead."""
        return services.list_names(self._store)[0]

    def name_decisions(self) -> tuple[Decision, ...]:
        """What was said that forms in the texts are."""
        return services.list_names(self._store)[1]

    def add_name(
        self,
        name: str,
        *,
        kind: NameKind | str | None = None,
        shown: str | None = None,
        aliases: Sequence[str] = (),
    ) -> bool:
        """List a name that may not leave; returns whether anything is new.

        One that is listed already keeps what is not said anew; else it is a person's.
        """
        bearer = None if kind is None else one_of(NameKind, kind)
        return services.add_name(self._store, name, kind=bearer, shown=shown, aliases=aliases)

    def remove_name(self, name: str) -> tuple[str, ...]:
        """Take a name out of the list; returns the forms that were settled as it, open again."""
        return services.remove_name(self._store, name)

    def find_names(self, *transcripts: str) -> services.FoundNames:
        """Misspelt names, addresses and numbers, capitalised words that nobody has listed.

        One name in ten is in none of these lists: somebody must read the texts before they leave.
        """
        return services.find_names(self._store, transcripts=transcripts)

    def settle_name(
        self,
        form: str,
        *,
        participant: str | None = None,
        listed: str | None = None,
        other_person: bool = False,
        word: bool = False,
        sure: bool = False,
    ) -> Decision:
        """Say what a form in the texts is; give exactly one of these.

        A name of somebody who is not to be named is let out only where you are `sure`.
        """
        return services.settle(
            self._store,
            form,
            participant=participant,
            listed=listed,
            other_person=other_person,
            word=word,
            sure=sure,
            by=self._actor(),
            at=now(),
        )

    def unsettle_name(self, form: str) -> bool:
        """Take back what was said of a form; returns whether anything was."""
        return services.unsettle(self._store, form)

    def seal_names(self, passphrase: str) -> Path:
        """Encrypt the identities; without the passphrase everything works but naming."""
        return services.seal(self._store, passphrase)

    def unseal_names(self, passphrase: str) -> Path:
        """Open sealed identities for good."""
        return services.unseal(self._store, passphrase)
