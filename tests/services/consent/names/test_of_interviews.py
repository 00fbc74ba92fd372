"""The name of an interview says no more of the day, or of who took part, than was agreed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.study import bring_in, dialogue, tick, write

from qualcode.model.consent import Audience
from qualcode.model.people import Attribution, Participant
from qualcode.services.charts import charting
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.lints import check_participants
from qualcode.services.consent.names.of_interviews import as_agreed
from qualcode.services.retrieval.corpus import Corpus
from qualcode.store.store import Store

DAY = "2024-04-22"
WHO = {
    code: Participant(
        code, level, role="Clerk", organisation="The Marle Council Ltd", place="Ashmere"
    )
    for code, level in (
        ("P01", Attribution.NAMED),
        ("P02", Attribution.ROLE_ORGANISATION),
        ("P03", Attribution.ROLE),
        ("P04", Attribution.PSEUDONYM),
        ("P05", Attribution.ANONYMOUS),
    )
}
CONSENT = Consent(WHO, {})


@pytest.mark.parametrize(
    ("name", "people", "said"),
    [
        ("2024-04-22 Marle Council", ("P01",), "2024-04-22 Marle Council"),
        ("2024-04-22 Marle Council", ("P02",), "2024-04-22 Marle Council"),
        ("2024-04-22 Marle Council", ("P03",), "[April 2024] [organisation]"),
        ("2024-04-22 Marle Council", ("P05",), "[date] [organisation]"),
        ("2024-04-22 Marle Council", ("P02", "P05"), "[date] [organisation]"),
        ("2024-04-22 Marle Council", (), "[date] Marle Council"),
        ("marle-council-clerk-240422", ("P05",), "[organisation]-[role]-[date]"),
        ("Clerk, 22nd April 2024", ("P03",), "Clerk, [April 2024]"),
        ("april_22_2024", ("P05",), "[date]"),
        ("April 2024, second", ("P03",), "April 2024, second"),
        ("April 2024, second", ("P05",), "[date], second"),
        ("Round 2024", ("P05",), "Round [date]"),
        ("Round 2023", ("P05",), "Round 2023"),
        ("22.04.24", ("P04",), "[April 2024]"),
        ("Ashmere 12, part 3", ("P05",), "Ashmere 12, part 3"),
        ("May Marchmont 7", ("P05",), "May Marchmont 7"),
        ("22nd of April", ("P05",), "[date]"),
        ("April the 22nd, b", ("P03",), "[April 2024], b"),
        ("Marle, April", ("P05",), "Marle, [date]"),
        ("Marle, April", ("P03",), "Marle, April"),
        ("04-2024 b", ("P05",), "[date] b"),
        ("4/2024 b", ("P05",), "[date] b"),
        ("042024", ("P05",), "[date]"),
        ("Marle 04-24", ("P05",), "Marle [date]"),
        ("Marle 04-24", ("P03",), "Marle 04-24"),
        ("22-4 Marle", ("P03",), "[April 2024] Marle"),
        ("22.04. e", ("P05",), "[date]. e"),
        ("P04-22", ("P05",), "P[date]"),
        ("P22 04", ("P05",), "P22 04"),
        ("P22-05, group 4-3", ("P05",), "P22-05, group 4-3"),
        ("tape 2204", ("P05",), "tape [date]"),
        ("2024-4-22", ("P05",), "[date]"),
    ],
)
def test_a_name_says_what_everybody_in_it_agreed_to(
    name: str, people: tuple[str, ...], said: str
) -> None:
    assert as_agreed(name, DAY, CONSENT, people) == said


@given(
    day=st.dates(date(1990, 1, 1), date(2039, 12, 31)),
    form=st.sampled_from(
        [
            *("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%y", "%d%m%Y", "%d %B %Y", "%b %d, %Y"),
            *("%y%m%d", "%d of %B %Y", "%d of %b", "%B the %d", "%d-%m", "%m_%d", "%d%m", "%m%d"),
        ]
    ),
    around=st.sampled_from(["{}", "talk_{}", "{}-b", "P05 {} two"]),
    is_short=st.booleans(),
)
def test_however_a_day_is_written_it_is_not_said_of_somebody_anonymous(
    day: date, form: str, around: str, is_short: bool
) -> None:
    said = day.strftime(form)
    if is_short and "%y" not in form and not re.search("%[a-zA-Z]%", form):
        said = re.sub(r"(?<!\d)0(?=\d)", "", said)  # 2024-3-4
    name = around.format(said)
    assert as_agreed(name, day.isoformat(), CONSENT, ("P05",)) == around.format("[date]")
    assert as_agreed(name, day.isoformat(), CONSENT, ("P01",)) == name


def test_a_publication_calls_it_so_and_the_team_by_its_name(store: Store, folder: Path) -> None:
    rows = (
        "interview_id,file,participant,organisation,attribution,date",
        f"{DAY} Marle Council,one.txt,P01,Marle Council,anonymous,{DAY}",
        f"Marle Council {DAY},two.txt,P02,Marle Council,anonymous,{DAY}",
        f"{DAY} Marle Council two,three.txt,P03,Marle Council,named,{DAY}",
    )
    files = {f"{name}.txt": dialogue("P", f"Tea, {name}.") for name in ("one", "two", "three")}
    files["m.csv"] = "\n".join(rows)
    assert bring_in(store, manifest=write(folder, files) / "m.csv").written
    with store.reading() as session:
        team = [one.name for one in Corpus(session).transcripts]
        known = Corpus(session, audience=Audience.PUBLICATION)
    assert sorted(team) == sorted(row.split(",")[0] for row in rows[1:])
    assert sorted(one.name for one in known.transcripts) == [
        f"{DAY} Marle Council two",
        "[date] [organisation]",
        "[organisation] [date]",
    ]
    lints = [one for one in check_participants(store) if one.kind == "said-by-a-name"]
    assert [one.participants for one in lints] == [("P01",), ("P02",)]

    report = charting.build_matrix(
        store, where=[f"transcript={DAY} Marle Council"], audience=Audience.PUBLICATION, at=tick()
    )
    assert dict(report.facts)["Only"] == "transcript (not shown)"
