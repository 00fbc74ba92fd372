"""The Python face: a project with the same powers, the same gate and the same errors as the
command line.

    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "fairground"
    >>> with new(folder, coder="amina") as project:
    ...     _ = (folder / "transcripts" / "P01.txt").write_text(
    ...         "I: Who pays for the fair?\\n\\nP01: The council gave us a grant, once.\\n\\n"
    ...         "I: And now?\\n\\nP01: Now we pass a bucket round.\\n"
    ...     )
    ...     _ = (folder / "codebook.yaml").write_text(
    ...         "codebook: Fairs\\nversion: 1\\nthemes:\\n  - id: money\\n    name: Money\\n"
    ...     )
    ...     _ = project.apply_codebook()
    ...     report = project.import_transcripts()
    ...     _ = project.tag("P01", "money", quote="The council gave us a grant")
    ...     [(q.locator, q.text) for q in project.quotes("money")]
    ...     written = project.evidence().write(folder / "evidence.xlsx")
    [('P01 ¶2', 'The council gave us a grant')]
    >>> written.report.rows
    1
"""

from qualcode.api.opened import Pathish, Where
from qualcode.api.project import (
    Project,
    diff_exports,
    new,
    open,  # noqa: A004  the verb that people know
)
from qualcode.api.values import (
    Book,
    ComparisonTable,
    EvidenceTables,
    Hits,
    MatrixTable,
    Quotations,
    Values,
    Written,
)

__all__ = [
    "Book",
    "ComparisonTable",
    "EvidenceTables",
    "Hits",
    "MatrixTable",
    "Pathish",
    "Project",
    "Quotations",
    "Values",
    "Where",
    "Written",
    "diff_exports",
    "new",
    "open",
]
