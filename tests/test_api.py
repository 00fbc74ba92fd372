"""The Python face: the same powers, the same gate, the same errors as the command line."""

from __future__ import annotations

import doctest
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exporters.houses import house

import qualcode
from qualcode import api, errors
from qualcode.model.coding import MemoType
from qualcode.model.people import Attribution, Role
from qualcode.services.intake.duplicates import Treatment
from qualcode.services.intake.recordings import Recording

BOOK = """\
codebook: Fairs
version: 1
themes:
  - id: money
    name: Money
    codes:
      - id: grant
        name: Grant
  - id: ties
    name: Ties
"""
P01 = """\
I: Who pays for the fair?

P01: The council gave us a grant, once.

I: And now?

P01: Now we pass a bucket round.
"""
P02 = "I: And you?\n\nP02: I would rather not say.\n"
MANIFEST = """\
file,participant,name,role,place,attribution
P01.txt,P01,Ama Boateng,Chair,Marle,role
P02.txt,P02,Bea Holt,Clerk,Ashmere,withheld
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new project with two transcripts and a manifest, nothing of them imported."""
    with qualcode.new(tmp_path / "fair", name="Fairs", coder="amina"):
        pass
    place = tmp_path / "fair"
    (place / "codebook.yaml").write_text(BOOK)
    for name, text in {"P01.txt": P01, "P02.txt": P02, "m.csv": MANIFEST}.items():
        (place / "transcripts" / name).write_text(text)
    return place


@pytest.fixture
def project(folder: Path) -> api.Project:
    """The project open, imported and coded."""
    opened = qualcode.open(folder, coder="amina")
    opened.apply_codebook()
    opened.import_transcripts(manifest=folder / "transcripts" / "m.csv")
    opened.tag("P01", "grant", quote="The council gave us a grant", memo="once?", doubt=True)
    return opened


def test_the_examples_of_the_documentation_run() -> None:
    for module in (api, qualcode):
        result = doctest.testmod(module)
        assert (result.failed, result.attempted > 0) == (0, True)


def test_a_project_is_opened_by_file_folder_or_text(folder: Path) -> None:
    for place in (folder, str(folder), folder / "fair.qualcode"):
        with qualcode.open(place) as opened:
            assert opened.folder == folder
            assert opened.transcripts() == ()


def test_a_project_is_found_from_the_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "transcripts")
    with qualcode.open() as opened:
        assert opened.folder.resolve() == folder.resolve()


def test_what_is_no_project_raises_the_family(tmp_path: Path) -> None:
    (tmp_path / "x.qualcode").write_text("not a database, whatever it is called")
    with pytest.raises(qualcode.QualcodeError):
        qualcode.open(tmp_path / "x.qualcode")
    with pytest.raises(errors.StoreMissingError):
        qualcode.open(tmp_path / "none.qualcode")


def test_transcripts_come_in_from_the_projects_own_folder(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        rehearsed = opened.import_transcripts(dry_run=True)
        done = opened.import_transcripts()
        again = opened.import_transcripts([folder / "transcripts"])

    assert (rehearsed.imported, rehearsed.written) == (2, False)
    assert (done.imported, again.imported, again.unchanged) == (2, 0, 2)


def test_a_changed_file_is_taken_with_a_yes(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        file.write_text(file.read_text(encoding="utf-8").replace("grant", "loan"))

        assert opened.import_transcripts().unconfirmed
        assert opened.revise("P01", file, dry_run=True).revised == 1
        assert opened.transcript("P01").record.version == 1
        assert opened.import_transcripts(yes=True).revised == 1
        assert opened.transcript("P01").record.version == 2
        assert opened.revise("P01", file, yes=True).unchanged == 1


def test_doubles_are_treated_as_told(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        shutil.copy(file, file.with_name("P01 copy.txt"))

        assert len(opened.import_transcripts(duplicates="leave", dry_run=True).left_out) == 1
        assert opened.import_transcripts(duplicates=lambda _: Treatment.LEAVE).imported == 0
        for untold in (opened.import_transcripts(), opened.import_transcripts(duplicates="leave")):
            assert (untold.imported, len(untold.left_out)) == (0, 1)
        assert opened.import_transcripts(duplicates=lambda _: Treatment.KEEP).imported == 1
        with pytest.raises(errors.UsageError):
            opened.import_transcripts(duplicates="perhaps")


def test_what_was_left_out_comes_in_where_a_script_says_so(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        shutil.copy(file, file.with_name("P01 copy.txt"))
        opened.import_transcripts(duplicates="leave")

        assert opened.import_transcripts(duplicates="keep").imported == 1


@pytest.mark.parametrize("answer", [*Treatment, *map(str, Treatment)])
def test_a_function_answers_of_a_double_in_a_word_or_its_text(
    folder: Path, answer: Treatment | str
) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        words = file.read_text(encoding="utf-8")
        file.with_name("P01 copy.txt").write_text(f"{words}\n", encoding="utf-8")

        [judged] = opened.import_transcripts(duplicates=lambda _: answer, yes=True).doubles
        assert judged.treatment is Treatment(answer)
        assert opened.transcript("P01").record.version == (2 if answer == "revise" else 1)
        assert len(opened.transcripts()) == (3 if answer == "keep" else 2)


def test_a_function_that_answers_with_no_such_word_changes_nothing(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        shutil.copy(file, file.with_name("P01 copy.txt"))

        with pytest.raises(errors.UsageError, match="'perhaps' is none of them"):
            opened.import_transcripts(duplicates=lambda _: "perhaps")
        assert len(opened.transcripts()) == 2


def test_who_codes_has_to_be_known(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.apply_codebook()
        opened.import_transcripts()
        for act in (
            lambda: opened.tag("P01", "grant", turn=2),
            opened.undo,
            lambda: opened.add_memo("P01", "a thought"),
        ):
            with pytest.raises(errors.CoderNotGivenError):
                act()


def test_tagging_by_span_turn_and_words(project: api.Project) -> None:
    assert project.tag("P01", "ties", span=(0, 25)).text == "Who pays for the fair?\n\nT"
    assert project.tag("P01", "ties", turn=2).text == "The council gave us a grant, once."
    assert project.tag("P01", "money", turn=(2, 4)).text.endswith("bucket round.")
    assert project.tag("P01", "money", quote="we passed a bucket", threshold=60).score
    assert project.untag("P01", "ties", turn=2).changed
    assert not project.tag("P01", "grant", quote="The council gave us a grant", doubt=True).changed


@pytest.mark.parametrize("place", [{}, {"span": (0, 5), "turn": 1}, {"turn": 1, "quote": "x"}])
def test_a_place_is_given_in_one_way(project: api.Project, place: dict[str, object]) -> None:
    with pytest.raises(errors.UsageError):
        project.tag("P01", "grant", **place)  # type: ignore[arg-type]


def test_undo_and_redo(project: api.Project) -> None:
    before = project.quotes()

    assert project.undo().changed == 2
    assert project.quotes() == ()
    assert project.redo().changed == 2
    assert project.quotes() == before


def test_many_codings_come_from_a_table(project: api.Project, tmp_path: Path) -> None:
    table = tmp_path / "codings.csv"
    table.write_text("transcript,start,end,code\nP01,0,22,ties\nP01,24,40,money\n")

    assert project.tag_from(table, dry_run=True).codings == 2
    assert project.tag_from(table).codings == 2
    assert project.tag_from(table).codings == 0
    assert [work.codings for work in project.coders() if work.name == "amina"] == [3]


def test_quotes_and_search_keep_back_what_is_withheld(project: api.Project) -> None:
    project.tag("P02", "money", turn=2)

    assert [quote.attribution for quote in project.quotes("money")] == ["Chair"]
    assert project.quotes(where={"place": ["Marle", "Ashmere"]})[0].memo == "once?"
    assert project.quotes(where={"place": "Ashmere"}) == ()
    assert project.search("rather") == ()
    assert [hit.locator for hit in project.search("bucket", role="participant")] == ["P01 ¶4"]
    assert project.search("bucket", role=Role.INTERVIEWER) == ()


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md", "csv", "json"])
def test_a_matrix_is_looked_at_and_written(
    project: api.Project, tmp_path: Path, suffix: str
) -> None:
    matrix = project.matrix(rows="place", where={"attribution": "role"}, title="Money")
    matrix.write(tmp_path / f"m.{suffix}")

    assert [row.label for row in matrix.report.matrix.rows] == ["Marle"]
    assert (tmp_path / f"m.{suffix}").stat().st_size > 100
    if suffix == "json":
        assert json.loads((tmp_path / "m.json").read_text())["rows"]


def test_documents_are_laid_out_as_they_are_on_the_command_line(
    project: api.Project, tmp_path: Path
) -> None:
    (tmp_path / "house.docx").write_bytes(house())
    matrix, book = project.matrix(), project.book()
    own = tmp_path / "house.docx"
    done = matrix.write(
        tmp_path / "m.docx",
        layout="list",
        notes="endnotes",
        paper="a3",
        memos=False,
        template=own,
    )
    book.write(tmp_path / "b.docx", notes="endnotes", template=own)
    assert done.layout == "list"
    for name in ("m.docx", "b.docx"):
        with zipfile.ZipFile(tmp_path / name) as document:
            assert "word/endnotes.xml" in document.namelist()
            assert b"Loom Foundation" in document.read("word/header1.xml")
    with pytest.raises(errors.OptionInVainError, match="layout is for a"):
        matrix.write(tmp_path / "m.csv", layout="list")
    with pytest.raises(errors.OptionInVainError, match="template is for a"):
        book.write(tmp_path / "b.md", template=tmp_path / "house.docx")
    with pytest.raises(errors.UsageError):
        matrix.write(tmp_path / "m.docx", layout="heap")


def test_a_wish_that_nobody_knows_writes_nothing(project: api.Project, tmp_path: Path) -> None:
    """`audience` belongs to what is written: given here, it left the team's file for a reader."""
    unknown: Any = {"audience": "publication"}
    for value in (project.matrix(), project.book()):
        with pytest.raises(TypeError, match="audience"):
            value.write(tmp_path / "x.docx", **unknown)
        with pytest.raises(TypeError, match="audience"):
            value.to_bytes("docx", **unknown)
    with pytest.raises(TypeError, match="layout"):
        project.book().write(tmp_path / "x.docx", **{**unknown, "layout": "list"})
    with pytest.raises(TypeError, match="audience"):
        project.matrix().write_parts(tmp_path / "x.docx", **unknown)
    assert not list(tmp_path.glob("x*"))


def test_evidence_and_books_are_looked_at_and_written(project: api.Project, tmp_path: Path) -> None:
    evidence = project.evidence(audience="publication", context=2)
    done = evidence.write(tmp_path / "cases.csv", table="cases")
    book = project.book("money", where={"attribution": "role"}, context=3)
    book.write(tmp_path / "book.html")

    assert [quote.coder for quote in evidence.evidence.quotations] == ["coder 1"]
    assert done.report.rows == len(evidence.evidence.matrix.rows)
    named = ["cases.csv", "cases-dictionary.csv", "cases-labels.csv"]
    assert [file.name for file in done.files] == named
    made = {path.name for path in tmp_path.iterdir()}
    assert {"cases.csv", "cases-dictionary.csv", "cases-labels.csv", "book.html"} <= made
    assert [theme.key for theme in book.book.themes] == ["money"]
    with pytest.raises(errors.UsageError):
        project.evidence(audience="everybody")


def test_quotations_and_comparisons_are_written_and_what_left_is_listed(
    project: api.Project, tmp_path: Path
) -> None:
    project.tag("P01", "grant", quote="we pass a bucket round")
    found = project.quotes("money")
    found.write(tmp_path / "q.csv")
    project.compare("role").write(tmp_path / "c.md")
    project.matrix().write(tmp_path / "m.html", layout="list")
    data, _ = project.quotes("money").to_bytes("csv")

    assert (tmp_path / "q.csv").read_bytes() == data
    assert [one.file for one in project.exports()] == ["q.csv", "c.md", "m.html", "-"]
    assert {one.by for one in project.exports()} == {"amina"}
    assert project.exports()[0].quotations == len(found) == 2
    with pytest.raises(errors.UnknownSuffixError):
        found.write(tmp_path / "q.unheard-of")


def test_two_exports_are_compared_without_a_project(project: api.Project, tmp_path: Path) -> None:
    project.matrix().write(tmp_path / "old.docx")
    project.tag("P01", "grant", quote="we pass a bucket round")
    project.matrix().write(tmp_path / "new.html")

    changes = qualcode.diff_exports(tmp_path / "old.docx", tmp_path / "new.html")
    assert [one.code for one in changes.new] == ["money/grant"]
    assert project.diff_exports(tmp_path / "old.docx", tmp_path / "new.html") == changes


def test_a_matrix_is_written_in_parts(project: api.Project, tmp_path: Path) -> None:
    parts = project.matrix().write_parts(tmp_path / "m.docx", "theme", notes="endnotes")

    assert [one.files for one in parts] == [(tmp_path / "m-money.docx",)]
    assert (tmp_path / "m-money.docx").stat().st_size > 1000


def test_what_a_stream_takes_is_what_a_file_holds(project: api.Project, tmp_path: Path) -> None:
    book, matrix = project.book(), project.matrix()
    book.write(tmp_path / "b.md")
    matrix.write(tmp_path / "m.docx", paper="a3")

    assert book.to_bytes("md")[0] == (tmp_path / "b.md").read_bytes()
    assert matrix.to_bytes("docx", paper="a3")[0] == (tmp_path / "m.docx").read_bytes()


def test_participants_speakers_and_memos_are_looked_after(project: api.Project) -> None:
    project.set_participant("P01", new=True, attribution="anonymous", ward="North", name="Ama B.")
    speaker = project.set_speaker("P01", "P01", role="participant", participant="P01")
    memo = project.add_memo("P01", "a thought", type="query")

    assert project.participants()[0].attribution is Attribution.ANONYMOUS
    assert project.participants()[0].attributes == {"ward": "North"}
    assert speaker.role is Role.PARTICIPANT
    assert memo.type is MemoType.QUERY
    assert [shown.memo.body for shown in project.memos("P01")] == ["a thought"]


def test_participants_are_checked_withdrawn_and_erased(project: api.Project) -> None:
    codes = [person.code for person in project.participants()]
    odd = project.check_participants(first=date(2024, 1, 1))
    assert {one.kind for one in odd} == {"linkage"}
    would = project.withdraw_participant(codes[0], dry_run=True)
    assert would.participant == codes[0]
    assert project.participant(codes[0]).participant.attribution is would.was

    assert not project.withdraw_participant(codes[0]).erased
    assert project.participant(codes[0]).participant.attribution == "withheld"
    assert project.withdraw_participant(codes[0], erase=True).erased
    assert [person.code for person in project.participants()] == codes[1:]


def test_two_labels_are_said_to_be_one_speaker(project: api.Project) -> None:
    assert project.suggest_aliases() == ()
    spelling = project.set_speaker("P01", "P01", same_as="Ama")

    assert (spelling.label, spelling.same_as) == ("P01", "Ama")
    labels = {turn.speaker for turn in project.transcript("P01").text.turns}
    assert "Ama" in labels
    assert "P01" not in labels


def test_transcripts_and_codebook_are_looked_at(project: api.Project) -> None:
    assert [t.name for t in project.transcripts()] == ["P01", "P02"]
    assert project.transcript("P01").text.text.startswith("Who pays")
    assert dict(project.codebook().counts) == {"grant": 1}
    assert project.remove_transcript("P02").name == "P02"
    with pytest.raises(errors.TranscriptCodedError):
        project.remove_transcript("P01")


def test_an_interview_is_described_and_its_recording_found(project: api.Project) -> None:
    assert project.recording("P01") is None
    (project.folder / "recordings").mkdir()
    (project.folder / "recordings" / "P01.amr").write_bytes(b"#!AMR")
    after = project.set_transcript("P01", date="2024-03-14", recording="P01.amr", mood="good")

    assert (after.interviewed, after.attributes["mood"]) == ("2024-03-14", "good")
    assert project.recording("P01") == Recording("P01.amr", found=True, ms=None)
    assert project.transcript("P01", version=1).record == after
    project.undo()
    assert project.transcript("P01").record.interviewed is None


def test_a_coder_says_that_a_transcript_is_done(project: api.Project) -> None:
    assert project.finish("P01")
    assert not project.finish("P01")
    assert [t.status for t in project.progress().transcripts] == ["finished", "new"]
    assert project.finish("P01", finished=False)
    assert [t.status for t in project.progress().transcripts] == ["started", "new"]
    assert [coder.name for coder in project.progress().coders] == ["amina"]
    assert project.undo().verb == "unfinish"


def test_codings_of_a_corrected_transcript_are_reviewed_and_settled(
    project: api.Project, folder: Path
) -> None:
    corrected = P01.replace("The council gave us a grant, once", "The council paid a grant, twice")
    (folder / "transcripts" / "P01.txt").write_text(corrected)
    assert project.review() == ()
    assert project.import_transcripts(yes=True).revised == 1
    (waits,) = project.review("P01")
    assert (waits.old, waits.new) == ("The council gave us a grant", "The council paid a grant")
    with pytest.raises(errors.UsageError):
        project.settle(waits.id, accept=True, drop=True)
    assert project.settle(waits.id, accept=True).waiting == 0
    assert [(q.text, q.memo) for q in project.quotes()] == [("The council paid a grant", "once?")]
    project.undo()
    assert project.settle(waits.id, quote="paid a grant", dry_run=True).waiting == 0
    assert project.review() == (waits,)
    assert project.settle(waits.id, quote="paid a grant").waiting == 0


def test_proposals_that_were_seen_are_accepted_at_once(project: api.Project, folder: Path) -> None:
    corrected = P01.replace("The council gave us a grant, once", "The council paid a grant, twice")
    (folder / "transcripts" / "P01.txt").write_text(corrected)
    project.import_transcripts(yes=True)
    seen = project.review()
    assert project.review_memos() == ()
    assert project.accept_proposals(seen, at_least=100).laid_on == ()
    assert project.accept_proposals(seen, dry_run=True).waiting == 0
    assert project.accept_proposals(seen).waiting == 0
    assert [q.text for q in project.quotes()] == ["The council paid a grant"]


def test_one_place_is_not_for_two_codings(project: api.Project) -> None:
    with pytest.raises(errors.UsageError, match="the place of one coding"):
        project.settle("one", "other", span=(0, 3))


def test_the_store_is_examined_and_backed_up(project: api.Project, tmp_path: Path) -> None:
    assert project.examine().is_whole
    copy = project.back_up(tmp_path / "copy.qualcode")
    with qualcode.open(copy) as opened:
        assert len(opened.transcripts()) == 2


def test_every_act_of_the_face_is_documented() -> None:
    public = [name for name in dir(api.Project) if not name.startswith("_")]

    assert len(public) > 20
    assert all(getattr(api.Project, name).__doc__ for name in public)


def test_the_codebook_is_edited_with_its_file(project: api.Project) -> None:
    file = project.folder / "codebook.yaml"
    before = file.read_text()
    done = project.edit.add("Raffles", under="money", proposed=True)
    assert done.code.id == "raffles"
    assert "proposed: true" in file.read_text()
    assert project.edit.preview_merge("grant", "raffles").doubled == 0
    project.edit.merge("grant", "raffles")
    assert [q.code for q in project.quotes("money")] == ["money/raffles"] * len(
        project.quotes("money")
    )
    assert project.edit.state().kind == "same"
    assert project.undo().verb == "merge code"
    assert project.undo().verb == "add code"
    assert file.read_text() == before
    assert project.redo().verb == "add code"
    assert "raffles" in file.read_text()
    file.write_text(f"{file.read_text()}# mine\n")
    assert project.undo().file_left
    assert project.edit.redo().file_left


def test_a_project_reached_by_a_link_has_the_codebook_beside_its_file(
    project: api.Project, tmp_path: Path
) -> None:
    link = tmp_path / "link.qualcode"
    link.symlink_to(next(project.folder.glob("*.qualcode")))
    with api.open(link, coder="amina") as opened:
        assert opened.folder == project.folder
        opened.edit.add("Raffles", under="money")
    assert "raffles" in (project.folder / "codebook.yaml").read_text()


def test_names_are_looked_after_and_sealed(folder: Path) -> None:
    with qualcode.open(folder, coder="amina") as project:
        project.import_transcripts(manifest=folder / "transcripts" / "m.csv")
        assert project.add_name("Kofi Mensah", kind="person", shown="a neighbour")
        assert [one.shown for one in project.names()] == ["[P01]", "[P02]", "[a neighbour]"]
        assert project.settle_name("Amma", participant="P01").of == "P01"
        assert [one.form for one in project.name_decisions()] == ["Amma"]
        assert project.unsettle_name("Amma")
        assert project.find_names("P01").names_at_hand
        project.seal_names("correct horse")
        with pytest.raises(errors.IdentitiesSealedError):
            project.names()
    with qualcode.open(folder, passphrase="correct horse") as project:
        project.remove_name("Kofi Mensah")
        assert len(project.names()) == 2
        project.unseal_names("correct horse")
        assert len(project.names()) == 2


def test_quotations_are_edited_and_starred(project: api.Project) -> None:
    coding = project.quotes()[0].coding
    words = project.quotes()[0].text.split()
    shown = project.edit_quotation(coding, cut=[words[0]], put={words[1]: "[sic]"})
    assert (shown.edits, shown.text.startswith("[…] [sic]")) == (2, True)
    assert project.quotes()[0].text == shown.text
    assert project.take_edits_back(coding).edits == 0

    assert project.quotes(starred=True) == ()
    assert (project.star(coding), project.star(coding)) == (1, 0)
    assert [one.coding for one in project.quotes(starred=True)] == [coding]
    assert (project.unstar(coding), project.unstar(coding)) == (1, 0)


def test_groups_are_compared_and_the_best_quotations_chosen(project: api.Project) -> None:
    project.tag("P01", "grant", quote="we pass a bucket round")
    brief = project.matrix(max_quotes=1, by=["role"], audience="publication").report

    assert [len(cell.quotes) for row in brief.matrix.cells for cell in row if cell.count] == [1]
    assert project.compare("role").comparison.attribute == "role"
    with pytest.raises(errors.UsageError):
        project.compare("participant")
