"""The table of commands as Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingsMap

from qualcode.tui.bindings import bindings, scope_of
from qualcode.tui.keys import Scope, commands
from qualcode.tui.screens.help import Help
from qualcode.tui.screens.home import Home


def test_every_command_with_keys_is_bound_under_its_id_and_no_key_twice() -> None:
    for scope in Scope:
        named = {one.id for one in commands(scope, everywhere=False) if one.keys}
        bound = BindingsMap(bindings(scope))

        assert {binding.id for _, binding in bound} == named
        assert all(len(one) == 1 for one in bound.key_to_bindings.values())


def test_keys_are_named_as_a_terminal_sends_them() -> None:
    bound = BindingsMap(bindings(Scope.CODING)).key_to_bindings

    assert bound["ctrl+shift+up"][0].action == "extend_turn_up"
    assert bound["left_curly_bracket"][0].action == "turn_up"
    assert bound["space"][0].action == "play"


def test_only_leaving_goes_before_a_field_that_is_typed_in() -> None:
    made = [one for scope in Scope for one in bindings(scope) if isinstance(one, Binding)]

    assert [one.id for one in made if one.priority] == ["everywhere.quit"]


def test_the_place_of_a_screen_is_that_of_its_commands() -> None:
    assert scope_of(Home()) is Scope.HOME
    assert scope_of(Help(None)) is None
