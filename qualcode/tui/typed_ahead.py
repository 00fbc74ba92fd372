"""Keys that come faster than they are acted upon: each waits until all before it have had effect.

A key travels: to the widget that has the keys, from there up to the app, whose action may move the
keys elsewhere, post messages, open a screen, begin a worker. One that comes meanwhile would go to
where the keys were, and Enter behind a name would take what stood there before the name.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from textual.worker import Worker, WorkerState

if TYPE_CHECKING:
    from textual.app import App
    from textual.events import Event
    from textual.message_pump import MessagePump
    from textual.screen import Screen

KEYS = "keys"
"""The group of the worker that lets keys in."""

BESIDE = frozenset({"poll", "sentences", KEYS})
"""Groups of workers that do not belong to what a key has asked for."""

AT_ONCE = 200
"""Looks without a pause between them: a message takes some turns of the loop, and hardly time."""

PAUSE_S = 0.002
"""Between two looks after that: something is being read, or is to be painted first."""

PATIENCE = AT_ONCE + 2_500
"""Looks, five seconds of them; what takes longer holds no other key."""


class TypedAhead:
    """The keys that wait; `take` is what the app does with one whose turn has come."""

    # Why looking, and not a message of ours sent behind each key on the same road, after which the
    # next one may come: that costs each key 2 ms and a burst three times the CPU, and nobody knows
    # how often to send it, for what a key causes has consequences of its own. A look takes 10 µs.
    # It is a worker that waits, never the app, so an action that waits for the app cannot hang.

    def __init__(self, app: App[Any], take: Callable[[Event], Awaitable[None]]) -> None:
        self._app, self._take = app, take
        self._waiting: deque[Event] = deque()
        self._letting_in = False
        self._given_up: WeakSet[Worker[Any]] = WeakSet()

    def hold(self, event: Event) -> bool:
        """Keep an event that came too early, to be taken in its turn; False where it may go on.

        To be asked by the app while it handles the event.
        """
        if not (self._letting_in or _has_more(self._app)) and self._screen_rests():
            return False
        self._waiting.append(event)
        if not self._letting_in:
            self._letting_in = True
            self._app.run_worker(self._let_in(), group=KEYS)
        return True

    async def _let_in(self) -> None:
        try:
            while self._waiting:
                await self._rest()
                self._app.call_later(self._take, self._waiting.popleft())
        finally:
            self._letting_in = False

    async def _rest(self) -> None:
        """Wait until nobody is busy, or until it is enough."""
        looks = 0
        while _is_busy(self._app) or not self._screen_rests():
            if looks >= PATIENCE:
                self._given_up.update(self._app.workers)
                return
            # While the app is busy itself no key could be taken anyway: that is no waiting.
            looks += not _is_busy(self._app) or looks < AT_ONCE
            await asyncio.sleep(0 if looks < AT_ONCE else PAUSE_S)

    def _screen_rests(self) -> bool:
        """True when nobody on the screen that is shown has anything to do.

        Screens below it are not asked: one of them may be waiting for an answer, and for keys.
        """
        if not self._app.screen_stack:
            return False
        screen = self._app.screen
        return (
            screen.is_mounted
            and not screen._callbacks
            and not any(map(_is_busy, screen.walk_children(with_self=True)))
            and not any(True for _ in self._workers(screen))
        )

    def _workers(self, screen: Screen[Any]) -> Iterator[Worker[Any]]:
        """Those that do what keys have asked for, and those that are only about to begin."""
        for worker in self._app.workers:
            begins = worker.state is WorkerState.PENDING and worker.group != KEYS
            ends_soon = worker.group not in BESIDE and worker not in self._given_up
            works = ends_soon and not worker.is_finished
            if begins or (works and screen in worker.node.ancestors_with_self):
                yield worker


def _is_busy(pump: MessagePump) -> bool:
    """True unless it does nothing but wait for its next message."""
    queue: Any = pump._message_queue  # Textual's own; what is being handled is in it no longer
    return not (queue.ready_event._waiters and queue.empty())


def _has_more(pump: MessagePump) -> bool:
    """True where something comes after the message that is being handled."""
    more = pump._pending_message is not None or bool(pump._next_callbacks)
    return more or not pump._message_queue.empty()
