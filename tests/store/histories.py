"""Random histories of a tiny project, and random ways in which they reach another copy.

The domains are tiny on purpose: two transcripts, one span, two codes, two coders. Only so do acts
of different people often meet on one record, and a tombstone that was deleted is missed.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import NamedTuple

from hypothesis import strategies as st

from qualcode.store.fold import ERASE, Event, scope_alone

TRANSCRIPTS = ("t1", "t2")
CODES = ("fairs", "halls")
CODERS = ("amina", "bo")
PEOPLE = ("P01",)

_MOMENTS = st.integers(0, 3)
"""Milliseconds: so few that events of different laptops often share one."""


class _Said(NamedTuple):
    kind: str
    key: list[object]
    body: dict[str, object] | None
    scope: str | None


_TRANSCRIPT = st.sampled_from(TRANSCRIPTS)
_CODE = st.sampled_from(CODES)
_CODER = st.sampled_from(CODERS)
_PERSON = st.sampled_from(PEOPLE)
_WORD = st.sampled_from(("one", "two"))


def _or_gone(bodies: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[object]:
    return st.one_of(bodies, st.none())


_TURNS = st.sampled_from(
    ([], [[0, 3, "P", None, None]], [[0, 3, None, 0, 9], [5, 9, "P", 9, None]])
)

_CODING = st.builds(
    lambda t, code, coder, body: _Said("coding", [f"{t}-v1", 0, 3, code, coder], body, t),
    _TRANSCRIPT,
    _CODE,
    _CODER,
    _or_gone(st.sampled_from(({}, {"doubt": True}, {"origin": "rule"}))),
)
_OTHER = st.one_of(
    st.builds(
        lambda code, body: _Said("code", [code], body, None),
        _CODE,
        _or_gone(
            st.builds(
                lambda name, parent: {"name": name, "parent": parent, "retired": True}, _WORD, _CODE
            )
        ),
    ),
    st.builds(lambda coder, name: _Said("coder", [coder], {"name": name}, None), _CODER, _WORD),
    st.builds(
        lambda t, name: _Said("transcript", [t], name, t),
        _TRANSCRIPT,
        _or_gone(st.builds(lambda name: {"name": name}, _WORD)),
    ),
    st.builds(
        lambda t, turns, marks: _Said(
            "version",
            [f"{t}-v1"],
            {"transcript": t, "text_sha256": "0" * 64} | turns | marks,
            t,
        ),
        _TRANSCRIPT,
        _TURNS.map(lambda turns: {"turns": turns} if turns else {}),
        st.sampled_from(({}, {"marks": [[0, 5]]})),
    ),
    st.builds(
        lambda t, who, body: _Said("transcript-participant", [t, who], body, t),
        _TRANSCRIPT,
        _PERSON,
        _or_gone(st.just({})),
    ),
    st.builds(
        lambda t, who: _Said("speaker", [t, "P"], {"role": "participant"} | who, t),
        _TRANSCRIPT,
        st.one_of(_PERSON.map(lambda one: {"participant": one}), st.just({})),
    ),
    st.builds(
        lambda t, body: _Said("spelling", [t, "P"], body, t),
        _TRANSCRIPT,
        _or_gone(st.just({"same_as": "Q"})),
    ),
    st.builds(
        lambda t, body: _Said("left-out", [t, "2" * 64], body, t),
        _TRANSCRIPT,
        _or_gone(st.just({"sameness": "same-words"})),
    ),
    st.builds(
        lambda who, place: _Said("participant", [who], {"place": place}, f"participant:{who}"),
        _PERSON,
        _WORD,
    ),
    st.builds(
        lambda coder, body: _Said("memo", [f"memo of {coder}"], body, None),
        _CODER,
        _or_gone(st.builds(lambda word: {"body": word}, _WORD)),
    ),
    st.builds(
        lambda place, code, body: _Said("summary", ["place", place, code], body, None),
        _WORD,
        _CODE,
        _or_gone(st.builds(lambda word: {"words": word}, _WORD)),
    ),
    st.builds(
        lambda t, coder, body: _Said("work", [t, coder], body, t),
        _TRANSCRIPT,
        _CODER,
        _or_gone(st.just({})),
    ),
    st.builds(lambda: _Said("constellation", ["of a newer program"], {"x": 1}, None)),
)
_ERASURE = st.one_of(
    st.sampled_from((*TRANSCRIPTS, "participant:P01")),
    st.builds(lambda number, ms: scope_alone(_id(number, ms)), st.integers(0, 15), _MOMENTS),
).map(lambda scope: _Said(ERASE, [scope], None, None))
# Most is coding, as in life; other kinds share what remains.
_SAID = st.one_of(*[_CODING] * 5, _OTHER, _OTHER, _ERASURE)


def _id(number: int, ms: int) -> bytes:
    return ms.to_bytes(6, "big") + b"\x70\x00" + b"\x80" + number.to_bytes(7, "big")


def _event(number: int, ms: int, said: _Said) -> Event:
    """An event whose id is new whatever its moment: the number stands where chance would."""
    ev = _id(number, ms)
    key = str(said.key[0]) if said.kind == ERASE else _json(said.key)
    body = None if said.body is None else _json({k: v for k, v in said.body.items() if v})
    return Event(ev, ev, "amina", "act", said.kind, key, body, said.scope)


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


HISTORIES = st.lists(st.tuples(_MOMENTS, _SAID), min_size=3, max_size=16).map(
    lambda said: [_event(number, ms, one) for number, (ms, one) in enumerate(said)]
)


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Event], list[list[Event]]]:
    """A history, and bundles of it: out of order, some events again, all of them at least once."""
    history = draw(HISTORIES)
    again = draw(st.lists(st.sampled_from(history), max_size=6))
    shuffled = draw(st.permutations([*history, *again]))
    cuts = sorted(draw(st.lists(st.integers(0, len(shuffled)), max_size=4)))
    edges = [0, *cuts, len(shuffled)]
    return history, [shuffled[a:b] for a, b in pairwise(edges)]
