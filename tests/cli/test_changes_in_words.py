"""The lines in which a terminal says what changed between two exports."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qualcode.cli.changes_in_words import told
from qualcode.model.manifest import Changed, Changes, MadeOtherwise, NotCompared

FILES = ("old.docx", "new.csv")


def said(changes: Changes, *, has_project: bool = True, most: int | None = 20) -> list[str]:
    return list(told(changes, FILES, has_project=has_project, most=most))


def quoted(number: int) -> tuple[Changed, ...]:
    return tuple(Changed("P01", "a/b", f"P01 ¶{n}") for n in range(number))


def test_how_somebody_is_cited_is_said_once_for_all_their_quotations() -> None:
    one = Changed("P14", "a/b", "P14 ¶2", before="Clerk", now="Warden", who="P14")
    two = replace(one, before="", now="Anonymous participant", who="P15")
    assert said(Changes(cited=(one, two, one))) == [
        "3 quotations attributed otherwise:",
        "  P14: Clerk → Warden, 2 quotations",
        "  P15: attribution changed → Anonymous participant, 1 quotation",
    ]


def test_where_nothing_changed_for_another_reader_it_is_said_in_what() -> None:
    found = replace(Changes(), compared=("quotations",))
    assert said(found) == ["Nothing changed."]
    for_all = replace(found, made=(MadeOtherwise("audience", "the team", "publication"),))
    assert said(for_all)[-1] == "Nothing changed in what both hold: quotations."


def test_of_changed_words_what_differs_is_said_with_some_around_it() -> None:
    around = "one two three four five six"
    one = Changed("P1", "a", "P1 ¶2", before=f"{around} came {around}", now=f"{around} {around}")
    hidden = replace(one, before="", now="what is left")
    assert said(Changes(reworded=(one, hidden, replace(one, before="", now="")))) == [
        "3 quotations shown in other words:",
        "  P1 ¶2 a: “… three four five six came one two three four …” → "
        "“… three four five six one two three four …”",
        "  P1 ¶2 a: words withdrawn → “what is left”",
        "  P1 ¶2 a",
    ]


@given(st.lists(st.text("ab ", max_size=9)), st.lists(st.text("ab ", max_size=9)))
def test_any_two_wordings_are_said_in_a_line_each(old: list[str], new: list[str]) -> None:
    one = Changed("P1", "a", "P1 ¶2", before=" ".join([*old, "x"]), now=" ".join([*new, "y"]))
    (_, line) = said(Changes(reworded=(one,)))
    assert len(line) < 2 * 180
    assert "“" in line


def test_a_long_kind_is_cut_and_says_how_to_see_the_rest() -> None:
    lines = said(Changes(new=quoted(75)))
    assert lines[0] == "75 quotations new:"
    assert len(lines) == 22
    assert lines[-1] == "  and 55 more (--all lists them, --json holds them)"
    assert len(said(Changes(new=quoted(75)), most=None)) == 76
    assert len(said(Changes(new=quoted(20)))) == 21


def test_without_a_project_what_is_left_out_may_be_gone() -> None:
    changes = Changes(made=(MadeOtherwise("most", "", "1"),), left_out=(2, 3))
    first = "new.csv was made with --max-quotes 1 (before: all)."
    came = "2 quotations of new.csv not shown in old.docx: left out there, or new."
    assert said(changes) == [
        first,
        "3 quotations of old.docx not shown in new.csv, but not gone.",
        came,
    ]
    assert said(changes, has_project=False)[1] == (
        "3 quotations of old.docx not shown in new.csv: left out, or gone."
    )


def test_nothing_changed_is_said_of_what_both_hold_alone() -> None:
    assert said(Changes()) == ["Nothing changed."]
    changes = Changes(compared=("cells",), not_compared=(NotCompared("quotations", "new"),))
    assert said(changes) == [
        "Nothing changed in what both hold: cells.",
        "quotations and their attributions were not compared: new.csv holds cells only",
    ]


def test_what_a_terminal_would_obey_is_never_said() -> None:
    nasty = "\x1b[2J\u202e"
    one = Changed(nasty, nasty, nasty, nasty, nasty, nasty, nasty, (nasty,), (nasty,))
    kinds = ("new", "gone", "moved", "reworded", "cited", "cells")
    changes = Changes(
        rows_gone=(nasty,),
        withdrew=(nasty,),
        made=(MadeOtherwise("only", nasty, nasty),),
        **dict.fromkeys(kinds, (one,)),  # type: ignore[arg-type]
    )
    text = "".join(said(changes))
    assert "\x1b" not in text
    assert "\u202e" not in text
