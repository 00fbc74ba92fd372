"""Makes the store of the present version that later versions must be able to open.

Run once for each store version, from the checkout: python tests/store/make_vector.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def make() -> Path:
    """A small study: two transcripts, codes, three codings that hold, one act undone.

    Since version 2 also a transcript finished and a code that is only proposed, since version 3 a
    label that is another spelling and a file left out as a double, since version 4 a summary, a
    theme that was not asked about, an edit of what is shown, a mask, a star, and an export.
    """
    from store.samples import AT, apply_codes, import_transcripts, later, tag

    from qualcode.model.codebook import Code
    from qualcode.model.coding import Segment
    from qualcode.model.consent import Audience, Edit, Export, Shown
    from qualcode.model.people import Participant, Role, Speaker
    from qualcode.model.spans import Span
    from qualcode.model.summary import Summary, SummaryStatus
    from qualcode.store import records, tables
    from qualcode.store.store import create_store

    target = ROOT / "tests" / "vectors" / "stores" / f"version-{tables.STORE_VERSION}.qualcode"
    target.parent.mkdir(parents=True, exist_ok=True)
    with create_store(str(target), name="Fairs", language="en", by="Amina", at=AT) as store:
        import_transcripts(store, "p01", "p02")
        apply_codes(store, "fairs", "halls")
        with store.act("describe", by="Amina", at=later(1)) as act:
            act.ensure(
                [
                    *records.participant_records(
                        Participant("P01", place="Thornwick", attributes={"strand": "in depth"})
                    ),
                    records.speaker_record("p01", Speaker("P", Role.PARTICIPANT, "P01")),
                    *records.label_records("p01", Speaker("Informant", same_as="P")),
                    records.taking_part_record("p01", "P01"),
                    records.left_out_record("p01", "2" * 64, "same-words"),
                ]
            )
        with store.act("write", by="Amina", at=later(2)) as act:
            act.ensure(
                [
                    records.summary_record(
                        Summary(
                            "participant",
                            "P01",
                            "fairs",
                            "Fairs paid for the roof.",
                            SummaryStatus.CHECKED,
                            "Amina",
                            AT.isoformat(),
                            (Segment("p01-v1", 0, 9),),
                            "a basis",
                        )
                    ),
                    records.not_asked_record("p02", "halls"),
                    records.edit_record("p01-v1", Edit(Span(2, 4), "[…]"), transcript="p01"),
                    records.mask_record("p01-v1", Edit(Span(5, 8), "[P09]"), transcript="p01"),
                    records.star_record(Segment("p01-v1", 0, 9), transcript="p01"),
                    records.export_record(
                        Export(
                            uid="e01",
                            written=AT.isoformat(),
                            by="Amina",
                            file="fairs.docx",
                            format="docx",
                            audience=Audience.TEAM,
                            digest="0" * 16,
                            quotations=3,
                            shown={"P01": frozenset({Shown.PLACE})},
                        )
                    ),
                ]
            )
        for n in range(4):
            tag(store, "p01", "fairs", by="Bo", start=n, end=n + 9, at=later(2 + n))
        store.undo(by="Bo", at=later(10))
        with store.act("finish", by="Amina", at=later(11)) as act:
            act.ensure(
                [
                    records.work_record("p01", "Amina", finished=True),
                    records.code_record(Code("buckets", "Buckets", proposed=True), position=2),
                ]
            )
    return target


if __name__ == "__main__":
    print(make())
