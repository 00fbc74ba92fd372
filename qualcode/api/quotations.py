"""What is done to quotations: edits of what is shown of them, and which are worth quoting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.api.opened import Opened, now
from qualcode.services.retrieval import editing, starring
from qualcode.services.retrieval.editing import Edited


class QuotationActs(Opened):
    """What can be done to quotations; `coding` is the field of that name of a `Quotation`.

    What comes back are figures, and of an edit the words that are shown now: all else of a
    quotation leaves by `quotes`.
    """

    def edit_quotation(
        self, coding: str, *, cut: Sequence[str] = (), put: Mapping[str, str] | None = None
    ) -> Edited:
        """Leave words out, shown as `[…]`, or show others: `put={"it": "[the tent]"}`.

        The transcript stays as it is; every quotation of the place shows the edit.
        """
        return editing.edit_quotation(
            self._store,
            coding,
            cut=[cut] if isinstance(cut, str) else cut,
            put=list((put or {}).items()),
            by=self._coder(),
            at=now(),
        )

    def take_edits_back(self, coding: str) -> Edited:
        """Show a quotation again as it was said."""
        return editing.take_edits_back(self._store, coding, by=self._coder(), at=now())

    def star(self, *codings: str) -> int:
        """Call the passages of these codings worth quoting; returns how many were not before."""
        return self._starred(codings, starred=True)

    def unstar(self, *codings: str) -> int:
        """Take the stars of these passages back; returns how many had one."""
        return self._starred(codings, starred=False)

    def _starred(self, codings: Sequence[str], *, starred: bool) -> int:
        done = starring.star(self._store, codings, starred=starred, by=self._coder(), at=now())
        return done.changed
