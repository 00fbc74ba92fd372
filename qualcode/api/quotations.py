"""What is done to quotations: edits of what is shown of them, and which are worth quoting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.api.opened import Opened, now
from qualcode.services.retrieval import editing, starring
from qualcode.services.retrieval.editing import Edited


class QuotationActs(Opened):
    """What can be done to quotations.

    One is named by the field `coding` of a `Quotation`, or by where it stands: `P05 ¶22`, `P05:22`,
    or the characters `P05:5518:5653`. Where several passages stand, `code` says which is meant.
    What comes back are figures, and of an edit the words that are shown now: all else of a
    quotation leaves by `quotes`.
    """

    def edit_quotation(
        self,
        coding: str,
        *,
        cut: Sequence[str] = (),
        put: Mapping[str, str] | None = None,
        code: str | None = None,
    ) -> Edited:
        """Leave words out, shown as `[…]`, or show others: `put={"it": "[the tent]"}`.

        The transcript stays as it is; every quotation of the place shows the edit.
        """
        return editing.edit_quotation(
            self._store,
            coding,
            cut=[cut] if isinstance(cut, str) else cut,
            put=list((put or {}).items()),
            code=code,
            by=self._coder(),
            at=now(),
        )

    def take_edits_back(self, coding: str, *, code: str | None = None) -> Edited:
        """Show a quotation again as it was said."""
        return editing.take_edits_back(self._store, coding, code=code, by=self._coder(), at=now())

    def star(self, *codings: str, code: str | None = None) -> int:
        """Call these quotations worth quoting; returns how many passages were not before."""
        return self._starred(codings, code, starred=True)

    def unstar(self, *codings: str, code: str | None = None) -> int:
        """Take the stars of these quotations back; returns how many passages had one."""
        return self._starred(codings, code, starred=False)

    def _starred(self, codings: Sequence[str], code: str | None, *, starred: bool) -> int:
        return starring.star(
            self._store, codings, code=code, starred=starred, by=self._coder(), at=now()
        ).changed
