"""Where a name is found, the sentence says in which field it was typed, and never which it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exporters.houses import changed, house, in_header, template
from services.fair import new_fair
from services.study import BY, tick

from qualcode import errors
from qualcode.errors import Field, HeldField
from qualcode.model.document import DocumentOptions
from qualcode.model.evidence import Evidence
from qualcode.model.matrix import MatrixColumn, MatrixReport
from qualcode.model.people import Participant
from qualcode.services.charts import charting, evidencing
from qualcode.services.ways_out import exporting
from qualcode.services.ways_out.leaking_fields import held_fields, of_template
from qualcode.store.store import Store

NAME = "Boateng"


def holds(words: str) -> bool:
    return NAME.casefold() in words.casefold()


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_fair(tmp_path_factory.mktemp("holding") / "fair") as store:
        yield store


@pytest.fixture(scope="module")
def report(fair: Store) -> MatrixReport:
    return charting.build_matrix(fair, columns="codes", at=tick())


def with_column(report: MatrixReport, **changed: str) -> MatrixReport:
    """The report with its second column changed; of a renamed key the theme is kept."""
    first, second, *others = report.matrix.columns
    columns = (first, replace(second, **changed), *others)
    return replace(report, matrix=replace(report.matrix, columns=columns))


def with_summary(report: MatrixReport) -> MatrixReport:
    (first, *rest), *rows = report.matrix.cells
    cells = ((replace(first, summary=f"{NAME} pays."), *rest), *rows)
    return replace(report, matrix=replace(report.matrix, cells=cells))


def second(report: MatrixReport) -> MatrixColumn:
    return report.matrix.columns[1]


TYPED: dict[str, tuple[Callable[[MatrixReport], MatrixReport], str]] = {
    "title": (lambda one: replace(one, title=f"What {NAME} said"), "the title"),
    "project": (lambda one: replace(one, subtitle=f"{NAME}s"), "the project's name"),
    "line": (lambda one: replace(one, facts=(("Only", NAME),)), "the line 'Only'"),
    "codebook": (
        lambda one: replace(one, provenance=(("Codebook", NAME),)),
        "the codebook's name",
    ),
    "definition": (
        lambda one: with_column(one, definition=f"As {NAME} has it."),
        "the definition of {key}",
    ),
    "name": (lambda one: with_column(one, label=f"{NAME}'s tent"), "the name of {key}"),
    "summary": (with_summary, "the summary of {row} × {first}"),
}


@pytest.mark.parametrize("typed", sorted(TYPED))
def test_a_field_is_said_as_people_know_it(report: MatrixReport, typed: str) -> None:
    change, expected = TYPED[typed]
    assert held_fields(report, [], holds) == ()
    (found,) = held_fields(change(report), [], holds)
    first = report.matrix.columns[0].key
    row = report.matrix.rows[0].key
    assert str(found) == expected.format(key=second(report).key, first=first, row=row)
    assert found.mend


def test_a_code_whose_id_holds_a_name_is_said_by_theme_and_number(report: MatrixReport) -> None:
    theme = second(report).key.partition("/")[0]
    bad = with_column(report, key=f"{theme}/{NAME.lower()}-affair", label=f"{NAME} affair")
    told = [str(one) for one in held_fields(bad, [], holds)]
    assert len(told) == 2
    assert told[0].startswith("the name of code ")
    assert told[1].startswith("the id of code ")
    assert all(one.endswith(f" of {theme}") for one in told)
    whole = with_column(report, key=f"{NAME.lower()}/tent")
    assert not any(holds(str(one)) for one in held_fields(whole, [], holds))


def test_the_id_of_a_code_is_said_once_whatever_quotations_it_has(report: MatrixReport) -> None:
    said = [quotation for quotation in report.quotations if quotation.code == second(report).key]
    theme = second(report).key.partition("/")[0]
    bad = replace(said[0], code=f"{theme}/{NAME.lower()}-affair")
    asked: list[str] = []

    def listened(words: str) -> bool:
        asked.append(words)
        return holds(words)

    codes = [theme, f"{theme}/tent", bad.code]
    (found,) = held_fields((bad, replace(bad, locator="P09 ¶9")), [], listened, codes=codes)
    assert str(found) == f"the id of code 2 of {theme}"
    assert asked.count(bad.attribution) == 1


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Participant("P07", place=f"{NAME}'s house"), "the place of P07"),
        (Participant("P07", stakeholder=f"{NAME}'s house"), "the stakeholder of P07"),
        (Participant("P07", role=f"{NAME}'s house"), "the role of P07"),
        (Participant("P07", organisation=f"{NAME}'s house"), "the organisation of P07"),
        (Participant("P07", attributes={"x": f"{NAME}'s house"}), "an attribute of P07"),
        (
            Participant("P07", attributes={f"{NAME}'s house": "x"}),
            "the name of an attribute of P07",
        ),
    ],
)
def test_what_is_known_of_somebody_is_said_with_whose_it_is(
    report: MatrixReport, person: Participant, said: str
) -> None:
    first, *rows = report.matrix.rows
    bad = replace(
        report,
        matrix=replace(report.matrix, rows=(replace(first, label=f"{NAME}'s house"), *rows)),
    )
    (found,) = held_fields(bad, [Participant("P01", place="Marle"), person], holds)
    assert str(found) == said
    assert "P07" in found.mend
    assert held_fields(report, [person], holds) == ()


def test_an_attribute_of_a_workbook_is_said(fair: Store) -> None:
    evidence = evidencing.build_evidence(fair, at=tick()).evidence
    bad: Evidence = replace(evidence, attributes=(("P01", ((NAME, "yes"),)),))
    people = [Participant("P01", attributes={NAME: "yes"})]
    assert [one.field for one in held_fields(bad, people, holds)] == [Field.ATTRIBUTE_NAME]


def test_a_refused_file_says_the_field_and_how_to_mend_it(
    fair: Store, report: MatrixReport, tmp_path: Path
) -> None:
    bad = with_column(replace(report, title=f"{NAME}: a portrait"), label=f"{NAME}'s tent")
    with pytest.raises(errors.LeakError) as caught:
        exporting.save_matrix(fair, bad, tmp_path / "m.docx", by=BY, at=tick())
    said = str(caught.value)
    assert f"stand in the title and in the name of {second(report).key}. Nothing was" in said
    assert "Give another title. " in said
    assert "qualcode codebook rename" in said
    assert not holds(said)
    assert caught.value.fields[0] == HeldField(Field.TITLE)
    with pytest.raises(errors.LeakError) as of_bytes:
        exporting.matrix_bytes(fair, bad, "md")
    assert of_bytes.value.fields == caught.value.fields


def test_of_many_fields_the_first_are_said_and_the_others_counted() -> None:
    fields = [HeldField(Field.PLACE, f"P{at:02}") for at in range(9)]
    said = str(errors.LeakError(9, kind="the text", fields=fields))
    assert said.startswith("names that may not leave stand in the place of P00, ")
    one = str(errors.LeakError(7, kind="the text", fields=fields[:1]))
    assert one.startswith("a name that may not leave stands in the place of P00. ")
    assert "the place of P00, the place of P01, the place of P02 and in 6 more. " in said


def test_a_name_in_a_template_is_said_to_be_there(
    fair: Store, report: MatrixReport, tmp_path: Path
) -> None:
    for bad in (
        changed(house(), styles=lambda styles: styles.replace("Georgia", f"{NAME} Sans")),
        in_header(f"<w:r><w:tab/><w:t>{NAME[:4]}</w:t></w:r><w:r><w:t>{NAME[4:]}</w:t></w:r>"),
    ):
        options = DocumentOptions(template=template(bad))
        with pytest.raises(errors.LeakError) as caught:
            exporting.save_matrix(
                fair, report, tmp_path / "m.docx", options=options, by=BY, at=tick()
            )
        assert [one.field for one in caught.value.fields] == [Field.TEMPLATE]
        assert not holds(str(caught.value))
    assert of_template("word/document.xml") == of_template(None) == ()
    assert list(tmp_path.iterdir()) == []
