"""Summaries by the Python face: written, listed, and shown as long as they may be."""

from __future__ import annotations

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
