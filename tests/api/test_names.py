"""Names looked after and sealed from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import qualcode
from qualcode import errors


def test_names_are_looked_after_and_sealed(folder: Path) -> None:
    with qualcode.open(folder, coder="amina") as project:
        project.import_transcripts(manifest=folder / "transcripts" / "m.csv")
        assert project.add_name("Kofi Mensah", kind="person", shown="a neighbour")
        assert [one.shown for one in project.names()] == ["[P01]", "[P02]", "[a neighbour]"]
        assert project.settle_name("Amma", participant="P01").of == "P01"
        assert [one.form for one in project.name_decisions()] == ["Amma"]
        assert project.unsettle_name("Amma")
        assert project.find_names("P01").names_at_hand
        project.remove_name("Kofi Mensah")
        project.seal_names("correct horse")
        with pytest.raises(errors.IdentitiesSealedError):
            project.names()
    with qualcode.open(folder, passphrase="correct horse") as project:
        assert len(project.names()) == 2
        project.unseal_names("correct horse")
        assert len(project.names()) == 2
