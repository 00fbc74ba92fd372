"""What points at a person without a name: addresses, numbers, dates of birth."""

from __future__ import annotations

import pytest

from qualcode.text.names.identifiers import Identifier, is_nhs_number, patterns


def test_dates_of_birth_are_told_in_the_order_of_the_text() -> None:
    text = "My birthday is 3 May 1960, and he was born 4 June 1961; write to a@b.org, dob 5/6/62."
    found = [text[one.span.start : one.span.end] for one in patterns(text)]
    assert found == ["3 May 1960", "4 June 1961", "a@b.org", "5/6/62"]


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("Write to ama.b+x@hall.org.uk.", "e-mail", "ama.b+x@hall.org.uk"),
        ("See https://hall.org/a?b=1.", "web address", "https://hall.org/a?b=1"),
        ("See www.hall.org, then", "web address", "www.hall.org"),
        ("on (020) 7946 0958.", "telephone number", "(020) 7946 0958"),
        ("on 020 7946 0958.", "telephone number", "020 7946 0958"),
        ("on (0161) 496-0000.", "telephone number", "(0161) 496-0000"),
        ("on +44 (0)20 7946 0958.", "telephone number", "+44 (0)20 7946 0958"),
        ("on +44 7700 900123.", "telephone number", "+44 7700 900123"),
        ("on 07700900123.", "telephone number", "07700900123"),
        ("on (01632) 960 123", "telephone number", "(01632) 960 123"),
        ("at N17 6LA now", "postcode", "N17 6LA"),
        ("at ec1a1bb", "postcode", "ec1a1bb"),
        ("number 943 476 5919.", "NHS number", "943 476 5919"),
        ("number 9434765919", "NHS number", "9434765919"),
        ("I was born on 3 April 1961.", "date of birth", "3 April 1961"),
        ("born the 3rd of April", "date of birth", "3rd of April"),
        ("DOB: 03/04/61", "date of birth", "03/04/61"),
        ("my birthday is April 3rd, 1961", "date of birth", "April 3rd, 1961"),
    ],
)
def test_what_points_at_a_person_is_found(text: str, kind: str, stretch: str) -> None:
    (found,) = patterns(text)
    assert (found.kind, text[found.span.start : found.span.end]) == (Identifier(kind), stretch)


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 and 2020 we had 1,000,000 of them",
        "number 943 476 5918",
        "flat W1 2nd floor",
        "code P07 1AB and Q1 2AB",
        "a hash 0a1b2c07700900123ff",
        "I was born in Leeds. On 3 April 1961 we met",
        "at 10:15 on 3 April 1961",
        "@sarah, a@b",
    ],
)
def test_other_numbers_and_signs_are_left(text: str) -> None:
    assert patterns(text) == []


def test_an_nhs_number_has_its_check_digit() -> None:
    assert is_nhs_number("9434765919")
    assert not any(is_nhs_number(f"943476591{last}") for last in "012345678")
    assert not is_nhs_number("0000000000")
    assert not is_nhs_number("943476591")
