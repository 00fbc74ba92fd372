"""The study as a way out sees it: a passage is of those, and only of those, who speak in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from services.study import bring_in, listing_text, new_store, write

from qualcode.model.spans import Span
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.passages import Passage
from qualcode.store.store import Store

WORDS = "I: Or?\n\nAnn: A fee.\n\nBob: No. Mm.\n\nAnn: Yes.\n"
PEOPLE = """\
interview_id,file,participant,name,speaker,attribution,pseudonym
J1,j.txt,P01,Zed Quorander,Ann,named,
J1,j.txt,P02,Bea Lundquist,Bob,pseudonym,Wren
"""
CITED = {"Ann": "Quorander, Zed", "Bob": "Wren (pseudonym)", "I": "Interviewer"}


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One interview with two, whose turns are short enough for every passage to be looked at."""
    folder: Path = tmp_path_factory.mktemp("joint")
    with new_store(folder / "study") as store:
        manifest = write(folder, {"j.txt": WORDS, "m.csv": PEOPLE}) / "m.csv"
        assert bring_in(store, manifest=manifest, yes=True).written
        yield store


def test_each_passage_is_of_those_who_speak_in_its_words(joint: Store) -> None:
    words = listing_text(joint, "J1")
    with joint.reading() as session:
        corpus = Corpus(session)
        (transcript,) = corpus.transcripts
        text = corpus.texts([transcript])[transcript.version_uid]
        for start, end in combinations(range(len(words) + 1), 2):
            passage = corpus.passage(transcript, text, start, end)
            assert isinstance(passage, Passage)
            speaking = [turn.speaker for turn in text.turns_in(Span(start, end))]
            first = passage.speaker
            assert (None if first is None else first.label) == (speaking or [None])[0]
            answering = dict.fromkeys(CITED[one or ""] for one in speaking if one != "I")
            if speaking:
                assert corpus.attribution(passage) == "; ".join(answering or ["Interviewer"])
            else:
                assert passage.participant is None
                assert not words[start:end].strip()
