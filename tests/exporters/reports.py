"""Reports to write: a plausible study of invented interviews, and small ones for single facts."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from qualcode.model.matrix import (
    Cell,
    CountLine,
    Matrix,
    MatrixColumn,
    MatrixReport,
    MatrixRow,
    Quotation,
    Silent,
    ThemeSection,
)
from qualcode.model.summary import Emptiness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

THEMES: Mapping[str, tuple[str, str, str, tuple[str, ...]]] = {
    "cohesion-meaning": (
        "Meaning and practice of cohesion",
        "What people in the four places take cohesion to be, and how they say they live it.",
        "#1f5a7a",
        (
            "Shared understanding",
            "Equalities link",
            "Bonding",
            "Bridging",
            "Linking",
            "Measuring impact",
            "Prevent and tension",
            "Growth or change",
        ),
    ),
    "structures": (
        "Structures of local government and mechanisms of involvement",
        "The tables at which decisions are taken, and who gets to sit at them.",
        "#5b4a8a",
        (
            "Local strategic partnership",
            "Area agreement targets",
            "Informal relationships",
            "Levels of decision making",
            "Representation",
            "Infrastructure organisations",
            "Neighbourhood management",
            "Compact",
        ),
    ),
    "funding": (
        "Commissioning, procurement and funding",
        "How money reaches community organisations, and on what terms.",
        "#8a4b1f",
        (
            "Grant aid",
            "Competitive tendering",
            "Commissioning",
            "Transparency",
            "Decommissioning",
            "Trading locally",
            "Independence and income",
        ),
    ),
    "empowerment": (
        "Communications and empowerment",
        "Whether people are heard, and what they do where they are not.",
        "#2f6b3a",
        (
            "Councillors",
            "Engagement approaches",
            "Consultation outcomes",
            "Capacity building",
            "Ladder of participation",
            "Community voice",
        ),
    ),
}

PLACES = ("Thornwick", "Marlby", "Eskdene", "Harrow Quay")

ROLES = (
    "Community development officer, Thornwick Borough Council",
    "Ward councillor",
    "Chief officer, Marlby Voluntary Action",
    "Trustee, Eskdene Pensioners’ Forum",
    "Commissioning manager, Harrow Quay Council",
    "Youth worker",
    "Secretary, Quayside Tenants and Residents Association",
    "Anonymous participant",
)

WORDS = (
    "We stopped saying the word after a while. People heard it as something done to them.",
    "It’s the school gate, isn’t it? You stand there in the rain for six years with the same "
    "forty people and by the end you know whose mother is poorly.",
    "Honestly, no.",
    "The grant was four thousand pounds and the form was thirty-one pages. I counted. I filled it "
    "in at my kitchen table over three Sundays, and when it came back they wanted the accounts in "
    "a different template from the one that was on the website.",
    "I would say there are two tables. There is the one with the agenda and the water jug, and "
    "there is the one in the car park afterwards, and if you are not in the car park you may as "
    "well not have come. I learned that late. I sat for two years thinking I was taking part "
    "because my name was on the circulation list, and it was a colleague from the fire service, "
    "of all people, who took me aside and said, you do know it is settled by the time you get the "
    "papers?",
    "She rang me herself. That had never happened before, a councillor ringing me.",
    "You can’t tender for trust.",
    "When the contract went to the national provider they kept the building and they kept the "
    "name over the door, but the three women who actually ran the drop-in were gone by Easter. "
    "Nobody decided that. It just fell out of the unit price.",
    "They consult us in August. Every single year, August, when half of my members are away and "
    "the other half have the grandchildren.",
    "What I notice is that the young people don’t talk about communities at all. They talk about "
    "streets, and about buses. If you can get home after nine you are part of it, and if you "
    "can’t, you aren’t.",
    "I think it got better. Slowly.",
    "The food was the way in. We’d had the leaflets, we’d had the open evening with four people "
    "and the caretaker. Then Rosa said, let’s just cook, and don’t call it anything. There were "
    "sixty at the second one.",
    "There’s a target, so there’s a spreadsheet, so there’s a person whose job is the "
    "spreadsheet. I’m not being funny, she’s very good. But the number it comes out with has "
    "never once changed what we did on the Monday.",
    "My worry is that we only bring people together who’d have come anyway.",
    "You have to remember that for a good half of the members this was the first time anybody "
    "had asked. Not the first time that the council had asked, the first time that anybody at "
    "all had asked them what they thought should happen to the place they live in. So of course "
    "the first three meetings were about bins and dog mess and the number 14 bus, and of course "
    "the officers came away saying, they’re not interested in strategy. They were getting "
    "started. By the spring they had a plan for the old baths with costings, and they’d been to "
    "see two others, in their own cars, and they’d found out what the roof would cost. That is "
    "what I mean by time. Nobody funds the first three meetings. Everybody wants to fund the "
    "plan for the baths, once it exists, and put a logo on it.",
    "Transparent? I found out that we’d lost it from the newspaper.",
    "We share a photocopier with the mosque and the allotment society. That’s your partnership "
    "working, right there, and it didn’t need a memorandum.",
    "I’d like somebody to come back. That is all. Come back and say, you told us this, and we "
    "did that, or we didn’t, and here’s why.",
    "The Compact is in a drawer. It’s a good drawer, it’s got the other good things in it.",
    "Well, it depends who is asking.",
    "If I take the contract I can’t be in the paper saying the service is too thin. And if I "
    "don’t take it I can’t pay Danny. So I took it, and I’ve been very quiet since, and you can "
    "write that down.",
    "The officer on the estate, the one who walks about, she’s worth ten of the rest. Everybody "
    "knows her. She knows which door not to knock on.",
)


def quotation(
    text: str, *, code: str = "funding/grant-aid", participant: str = "P07", number: int = 12
) -> Quotation:
    """A quotation that differs from others by its number."""
    start = number * 1000
    return Quotation(
        coding=f"v-{participant}:{start}:{start + max(1, len(text))}:{code}:amina",
        code=code,
        theme=code.partition("/")[0],
        coder="amina",
        transcript=f"INT-{participant[1:]}",
        participant=participant,
        attribution="",
        turn=number,
        speaker=participant,
        start=start,
        end=start + max(1, len(text)),
        start_ms=number * 71_000,
        locator=f"{participant} ¶{number} {_clock(number * 71)}",
        text=text,
    )


def cell(*quotes: Quotation, summary: str | None = None) -> Cell:
    """A cell with its own figures."""
    people = {quote.participant or quote.transcript for quote in quotes}
    return Cell(quotes=quotes, summary=summary, count=len(quotes), cases=len(people))


def report_of(
    texts: Sequence[str], *, columns: int = 1, rows: int = 1, title: str = "Quotations by theme"
) -> MatrixReport:
    """One theme whose quotations are these texts, dealt out over rows and columns in turn."""
    codes = [f"funding/code-{number}" for number in range(columns)]
    people = [f"P{number:02d}" for number in range(1, rows + 1)]
    dealt: dict[tuple[int, int], list[Quotation]] = {}
    for number, text in enumerate(texts):
        row, column = number % rows, number // rows % columns
        words = quotation(text, code=codes[column], participant=people[row], number=number + 1)
        dealt.setdefault((row, column), []).append(words)
    matrix = Matrix(
        rows=tuple(MatrixRow(person, person) for person in people),
        columns=tuple(MatrixColumn(code, code.title(), "funding") for code in codes),
        cells=tuple(
            tuple(cell(*dealt.get((row, column), ())) for column in range(columns))
            for row in range(rows)
        ),
    )
    section = ThemeSection("funding", "Funding", "How money moves.", "#8a4b1f", matrix)
    return MatrixReport(
        title=title,
        subtitle="Invented for a test",
        created="2024-05-17",
        language="en-GB",
        matrix=matrix,
        facts=(("Project", "Test study"),),
        sections=(section,),
    )


def sample_report(*, interviews: int = 24, quotations: int = 190, seed: int = 7) -> MatrixReport:
    """A study as a lead researcher would export it: four places, four themes, uneven coverage."""
    chance = Random(seed)
    rows = [_case(number, interviews) for number in range(1, interviews + 1)]
    dealt = _deal(rows, quotations, chance)
    sections = tuple(_section(key, rows, dealt) for key in THEMES)
    columns = tuple(column for section in sections for column in section.matrix.columns)
    cells = tuple(
        tuple(cell(*dealt.get((row.key, column.key), ())) for column in columns) for row in rows
    )
    return MatrixReport(
        title="Thematic quotation matrix",
        subtitle="Living side by side: four places, twenty-four conversations",
        created="2024-06-28",
        language="en-GB",
        matrix=Matrix(tuple(rows), columns, cells),
        facts=(
            ("Project", "Living side by side (invented)"),
            ("Exported", "28 June 2024"),
            ("Corpus", f"{interviews} interviews, 4 March 2024 to 7 June 2024"),
            ("Coding", f"4 themes, 29 codes, {quotations} quotations, coded by amina and joel"),
            ("Attribution", "9 by role, 11 anonymous, 4 named, as agreed with each participant"),
        ),
        groups=PLACES,
        counts=tuple(_counts(sections, rows, dealt)),
        sections=sections,
        case_noun="participant",
    )


def silent(label: str, reason: str = Emptiness.NOTHING_CODED) -> Silent:
    """A case that says nothing in a theme."""
    return Silent(label, str(reason))


def without_quotations(report: MatrixReport) -> MatrixReport:
    """The same study before anybody has coded."""
    sections = tuple(
        replace(
            section,
            matrix=replace(section.matrix, rows=(), cells=()),
            silent=tuple(silent(row.label) for row in report.matrix.rows),
        )
        for section in report.sections
    )
    empty = tuple(tuple(Cell() for _ in row) for row in report.matrix.cells)
    counts = tuple(
        replace(line, counts=tuple((0, 0) for _ in line.counts), total=(0, 0))
        for line in report.counts
    )
    matrix = replace(report.matrix, cells=empty)
    return replace(report, matrix=matrix, sections=sections, counts=counts)


def with_summaries(report: MatrixReport) -> MatrixReport:
    """The same study with a summary in each cell that holds two quotations or more."""

    def summed_up(held: Cell) -> Cell:
        summary = "Trust is put down to persons, not to the body they work for."
        return replace(held, summary=summary) if held.count > 1 else held

    sections = tuple(
        replace(
            section,
            matrix=replace(
                section.matrix,
                cells=tuple(tuple(map(summed_up, row)) for row in section.matrix.cells),
            ),
        )
        for section in report.sections
    )
    return replace(report, sections=sections)


def quotations_of(report: MatrixReport) -> list[Quotation]:
    """All quotations of the sections, in the order of the document."""
    return [
        quote
        for section in report.sections
        for row in section.matrix.cells
        for held in row
        for quote in held.quotes
    ]


def _case(number: int, interviews: int) -> MatrixRow:
    place = PLACES[(number - 1) * len(PLACES) // interviews]
    role = ROLES[number % len(ROLES)]
    return MatrixRow(f"P{number:02d}", f"P{number:02d}", (role, f"{number} May 2024"), place)


def _deal(
    rows: Sequence[MatrixRow], quotations: int, chance: Random
) -> dict[tuple[str, str], list[Quotation]]:
    codes = [_full(key, label) for key, theme in THEMES.items() for label in theme[3]]
    codes.remove("funding/decommissioning")
    weights = [1 + 5 * chance.random() ** 2 for _ in codes]
    talk = [0.2 + chance.random() ** 2 * 3 for _ in rows]
    dealt: dict[tuple[str, str], list[Quotation]] = {}
    for number in range(1, quotations + 1):
        (row,) = chance.choices(rows, talk)
        (code,) = chance.choices(codes, weights)
        words = quotation(chance.choice(WORDS), code=code, participant=row.key, number=number)
        dealt.setdefault((row.key, code), []).append(replace(words, attribution=row.details[0]))
    return dealt


def _section(
    key: str, rows: Sequence[MatrixRow], dealt: Mapping[tuple[str, str], list[Quotation]]
) -> ThemeSection:
    name, definition, colour, labels = THEMES[key]
    columns = tuple(MatrixColumn(_full(key, label), label, key) for label in labels)
    heard = [row for row in rows if any((row.key, column.key) in dealt for column in columns)]
    cells = tuple(
        tuple(cell(*dealt.get((row.key, column.key), ())) for column in columns) for row in heard
    )
    others = tuple(silent(row.label) for row in rows if row not in heard)
    return ThemeSection(key, name, definition, colour, Matrix(tuple(heard), columns, cells), others)


def _counts(
    sections: Sequence[ThemeSection],
    rows: Sequence[MatrixRow],
    dealt: Mapping[tuple[str, str], list[Quotation]],
) -> Iterator[CountLine]:
    def line(key: str, name: str, colour: str, codes: Sequence[str], theme: bool) -> CountLine:
        def found(place: str | None) -> tuple[int, int]:
            heard = [
                (row.key, len(dealt.get((row.key, code), ())))
                for row in rows
                for code in codes
                if place in (None, row.group)
            ]
            return sum(count for _, count in heard), len({who for who, count in heard if count})

        counts = tuple(found(place) for place in PLACES)
        return CountLine(key, name, theme, colour, counts, found(None))

    for section in sections:
        codes = [column.key for column in section.matrix.columns]
        yield line(section.key, section.name, section.colour, codes, True)
        for column in section.matrix.columns:
            yield line(column.key, column.label, section.colour, [column.key], False)


def _full(theme: str, label: str) -> str:
    return f"{theme}/{label.lower().replace(' ', '-')}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
