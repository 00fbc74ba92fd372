"""Which passages somebody asked for on the command line, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.cli.context import now

if TYPE_CHECKING:
    from qualcode.services.charts.booking import Booked
    from qualcode.services.charts.evidencing import Gathered
    from qualcode.services.retrieval.retrieving import Retrieval
    from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be in a file of quotations; `context` counts words on either side."""

    where: tuple[str, ...]
    coder: str | None
    context: int
    codes: tuple[str, ...] = ()
    starred: bool = False
    audience: str = "team"
    title: str | None = None

    def quotes(self, store: Store) -> Retrieval:
        """Every coding of them."""
        from qualcode.services.retrieval import retrieving

        return retrieving.quotes(
            store,
            self.codes,
            where=self.where,
            coder=self.coder,
            starred=self.starred,
            context=self.context,
        )

    def book(self, store: Store) -> Booked:
        """The quotation book of them."""
        from qualcode.model.consent import Audience
        from qualcode.services.charts import booking

        return booking.build_book(
            store,
            self.codes,
            where=self.where,
            coder=self.coder,
            starred=self.starred,
            context=self.context,
            title=self.title,
            audience=Audience(self.audience),
            at=now(),
        )

    def evidence(self, store: Store) -> Gathered:
        """Every coding of them, and what they are counted by."""
        from qualcode.model.consent import Audience
        from qualcode.services.charts import evidencing

        return evidencing.build_evidence(
            store,
            where=self.where,
            coder=self.coder,
            context=self.context,
            title=self.title,
            audience=Audience(self.audience),
            at=now(),
        )
