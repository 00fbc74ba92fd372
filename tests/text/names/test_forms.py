"""The forms of a name: what it comes up as, in the ways in which languages write it."""

from __future__ import annotations

import pytest

from qualcode.text.names.finder import NameFinder, Term
from qualcode.text.names.forms import parts, whole_forms


@pytest.mark.parametrize(
    ("name", "said", "found"),
    [
        ("Jean D’Aubigné", "I asked Aubigné, and madame d'Aubigné", ["Aubigné", "d'Aubigné"]),
        ("Nora O’Brien", "Then Brien came", []),
        ("李明华", "我见过明华，还有李明华。", ["明华", "李明华"]),
        ("山田太郎", "山田さんと太郎が来た。", ["山田", "太郎"]),
        ("김철수", "철수가 왔고 김철수도 왔어요.", ["철수", "김철수"]),
        ("محمد الراشدي", "ذهبت مع والراشدي وقلت للراشدي", ["والراشدي", "للراشدي"]),
        ("דוד לוי", "אמרתי לדוד ודוד בא", ["לדוד", "ודוד"]),
    ],
)
def test_somebody_is_found_as_they_are_called_in_their_language(
    name: str, said: str, found: list[str]
) -> None:
    finder = NameFinder(Term(form, "[P01]") for form in (*whole_forms(name), *parts(name)))
    assert [said[one.span.start : one.span.end] for one in finder.find(said)] == found
