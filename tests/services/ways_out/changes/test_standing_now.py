"""Where the quotations of an earlier export stand today."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from services.correcting import correct
from services.joint import TALK, joint_talk
from services.study import BY, tick

from qualcode.exporters.contents.listing import digest
from qualcode.model.manifest import ListedQuotation
from qualcode.services.charts import charting
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.ways_out.changes.standing_now import StandingNow


def test_what_one_person_says_is_known_by_its_joined_words_where_its_place_is_not_sure(
    tmp_path: Path,
) -> None:
    with joint_talk(tmp_path) as store:
        report = charting.build_matrix(store, columns="codes", at=tick())
        text = TALK.replace("What came?", "What was it that came?")
        correct(store, "J1", text, by=BY, at=tick())
        with store.reading() as session:
            standing = StandingNow(session, Corpus(session))
            for quote in report.quotations:
                words = digest(quote.text)
                listed = ListedQuotation("", quote.code, "J1", 0, 1, quote.locator, words, "")
                assert standing.place_of(listed) is None
                # The words of the whole question were coded, and are others now.
                assert standing.is_coded(listed) == ("What came" not in quote.text)
                assert not standing.is_coded(replace(listed, words=digest("other words")))
    assert len({quote.participant for quote in report.quotations}) == 3
