"""Texts that people and programs really write, and that break programs; and ways to make more."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from qualcode.model.spans import Span

ROOT = Path(__file__).parents[2]
NASTY = ROOT / "tests" / "vectors" / "transcripts" / "nasty"
REAL = ROOT.parent / "shared" / "corpus" / "real"
WHY_NO_REAL = f"the corpus of real transcripts is not at {REAL}"

# One of each kind that lists of such strings hold, Unicode's own examples among them.
NASTY_STRINGS = (
    "",
    " ",
    "\n\n\n",
    "\r\n",
    "a\r\nb\rc",
    "\u00a0non-breaking\u00a0blanks\u202f!",
    "zero\u200bwidth and \u2060joiners\u200d.",
    "soft\u00adhyphen. Next.",
    "👨‍👩‍👧‍👦 came. 👍🏽 Then 🇩🇪 left.",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G. Yes.",
    "e\u0301 is not é. Or is it?",
    "مرحبا. كيف حالك؟ جيد",
    "שלום. מה שלומך?",
    "यह ठीक है। हाँ।",
    "很好。谢谢。再见！",
    "ใช่ครับ ขอบคุณ",
    "İstanbul. ΟΔΟΣ. Straße. ǅ. ﬁne.",
    "\u2028line\u2029paragraph\x85next",
    "\ufeffmark. After.",
    "Ω≈ç√∫ ‘a’ “b” „c“ «d» ‚e‘.",
    "…... . .. !? ?! ?!? (.) [.] <.>",
    "a" * 5_000,
    "." * 5_000,
    "(" * 5_000 + ".",
    "x. [a] " * 500,
    "Well... I mean [laughs?] yes. [inaudible 00:12:03] no",
    "\U0010ffff. \U00020000字",
)

_PIECES = st.sampled_from(
    (
        *("we", "They", "I", "fund", "Funding", "don't", "don’t", "café", "e\u0301", "Dr.", "U.S."),
        *(
            ".",
            ". ",
            "? ",
            "! ",
            "...",
            "… ",
            "?!",
            ", ",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\r\n",
            "\u00a0",
        ),
        *(
            "[laughs]",
            "[ph?]",
            "(unv.)",
            "<x>",
            "[",
            "(",
            ")",
            "“",
            "”",
            '"',
            "« ",
            " »",
            "- ",
            "– ",
        ),
        *("很好", "。", "！", "हाँ", "।", "؟ ", "👍🏽", "\u200d", "12:30", "3.5"),
    )
)


def texts() -> st.SearchStrategy[str]:
    """Speech on paper, of any sense and of none."""
    return st.one_of(
        st.lists(_PIECES, max_size=40).map("".join),
        st.text(max_size=60),
        st.sampled_from(NASTY_STRINGS),
    )


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, Span]:
    """A text and a stretch of it."""
    text = draw(texts().filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def texts_with_turns(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text of turns, parted by one blank line each."""
    turns = draw(st.lists(texts().filter(bool), min_size=1, max_size=5))
    spans: list[Span] = []
    at = 0
    for turn in turns:
        spans.append(Span(at, at + len(turn)))
        at += len(turn) + 2
    return "\n\n".join(turns), spans


def words_of(text: str, spans: object) -> list[str]:
    """The words that stand at some spans."""
    assert isinstance(spans, (list, tuple))
    return [text[span.start : span.end] for span in spans]
