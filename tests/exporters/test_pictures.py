"""A picture of a letterhead leaves as it is drawn, without what it says of itself."""

from __future__ import annotations

from io import BytesIO

import pytest
from exporters.houses import picture

from qualcode.exporters.word.template.pictures import bare

SAYS = b"GPS 51.5N Amina Okafor"
EOI = b"\xff\xd9"


def segment(marker: bytes, content: bytes) -> bytes:
    return b"\xff" + marker + (len(content) + 2).to_bytes(2) + content


COMMENT = segment(b"\xfe", SAYS)
EXIF = segment(b"\xe1", b"Exif\x00\x00" + SAYS)


def of_two_scans(between: bytes) -> bytes:
    """A picture that is drawn twice over, as progressive ones are, with this between the scans."""
    whole = picture("JPEG")
    start = whole.index(b"\xff\xda")
    scan = whole[start:-2]
    return whole[:start] + scan + between + scan + EOI


@pytest.mark.parametrize("said", [COMMENT, EXIF], ids=["comment", "exif"])
def test_what_stands_between_two_scans_is_left_out(said: bytes) -> None:
    whole = of_two_scans(said)
    alone = bare(whole)

    assert SAYS in whole
    assert alone is not None
    assert SAYS not in alone
    assert alone == bare(of_two_scans(b""))
    assert alone.count(b"\xff\xda") == 2


def test_a_second_picture_behind_the_first_is_left_out() -> None:
    one = picture("JPEG")
    two = one[:2] + EXIF + one[2:]

    assert bare(one + two) == bare(one)


def test_points_that_look_like_markers_are_points() -> None:
    one = picture("JPEG")
    start = one.index(b"\xff\xda")
    points = start + 2 + int.from_bytes(one[start + 2 : start + 4])
    odd = one[:points] + b"\xff\x00\xff\xd0\xff\x00" + one[points:]

    alone = bare(odd)
    assert alone is not None
    assert b"\xff\x00\xff\xd0\xff\x00" in alone
    assert alone.endswith(EOI)


@pytest.mark.parametrize("marker", [b"\xfe", b"\xe0", b"\xed", b"\xf0", b"\xfd", b"\x02", b"\xbf"])
def test_what_nothing_is_drawn_from_is_left_out(marker: bytes) -> None:
    one = picture("JPEG")

    assert bare(one[:2] + segment(marker, SAYS) + one[2:]) == bare(one)


def test_what_pretends_to_say_how_colours_are_read_is_left_out() -> None:
    one = picture("JPEG")
    colours = segment(b"\xee", b"Adobe\x00\x64\x00\x00\x00\x00\x01")
    pretended = segment(b"\xee", b"Adobe" + SAYS)

    kept = bare(one[:2] + colours + pretended + one[2:])
    assert kept is not None
    assert colours in kept
    assert SAYS not in kept


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_picture_that_breaks_off_is_none(cut: int) -> None:
    one = picture("JPEG")
    assert bare(one[:-cut]) is None


def test_a_bare_picture_can_be_opened() -> None:
    from docx.image.image import Image

    alone = bare(of_two_scans(COMMENT))
    assert alone is not None
    assert Image.from_file(BytesIO(alone)).px_width > 0
