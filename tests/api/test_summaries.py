"""Summaries by the Python face: written, listed, and shown as long as they may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode import api, errors
from qualcode.model.summary import SummaryStatus


def test_a_summary_is_written_checked_and_listed(project: api.Project) -> None:
    written = project.write_summary("P01", "money", "The bucket took over.", status="checked")
    assert written.status is SummaryStatus.CHECKED
    assert project.summaries() == (project.summary("P01", "money"),)
    assert project.summaries(status="draft") == ()
    assert project.remove_summary("P01", "money").text == written.text
    assert project.summaries() == ()


def test_listed_summaries_show_nothing_once_somebody_withdrew(project: api.Project) -> None:
    project.write_summary("P01", "money", "The bucket took over.")
    listed = project.summaries()
    project.tag("P01", "ties", quote="Now we pass a bucket round")  # work changes nothing of them
    assert [one.text for one in listed] == ["The bucket took over."]
    project.withdraw_participant("P01")
    for look in (len, list, repr, lambda one: one[0]):
        with pytest.raises(errors.ConsentChangedError, match="the summaries"):
            look(listed)
    project.undo()
    assert listed[0].passages[0].text.startswith("The council")


def test_a_table_of_summaries_is_one_act_and_their_status_is_said(
    project: api.Project, tmp_path: Path
) -> None:
    table = tmp_path / "s.csv"
    table.write_text("case,theme,text\nP01,money,The bucket took over.\nP01,ties,They meet.\n")
    assert project.write_summaries_from(table, dry_run=True) == (2, 0)
    assert project.summaries() == ()
    assert project.write_summaries_from(table) == (2, 0)
    assert project.write_summaries_from(table) == (0, 2)
    assert project.set_summary_status("P01", "ties", "final").status is SummaryStatus.FINAL
    assert [one.theme for one in project.summaries(status="final")] == ["ties"]
    project.undo()
    project.undo()
    assert project.summaries() == ()
