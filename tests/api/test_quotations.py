"""Quotations edited and starred from Python."""

from __future__ import annotations

from qualcode import api


def test_quotations_are_edited_and_starred(project: api.Project) -> None:
    coding = project.quotes()[0].coding
    words = project.quotes()[0].text.split()
    shown = project.edit_quotation(coding, cut=[words[0]], put={words[1]: "[sic]"})
    assert (shown.edits, shown.text.startswith("[…] [sic]")) == (2, True)
    assert project.quotes()[0].text == shown.text
    assert project.take_edits_back("P01:2", code="money").edits == 0

    assert project.quotes(starred=True) == ()
    assert (project.star(coding), project.star(coding)) == (1, 0)
    assert [one.coding for one in project.quotes(starred=True)] == [coding]
    assert (project.unstar("P01 ¶2", code="grant"), project.unstar(coding)) == (1, 0)
