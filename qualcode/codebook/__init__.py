"""codebook.yaml: load and check it, change it in place, compare two versions, find its codes."""

from qualcode.codebook.blank import blank_codebook
from qualcode.codebook.comparing import CodebookChanges, CodeChange, compare_codebooks
from qualcode.codebook.loading import check_codebook, load_codebook
from qualcode.codebook.resolving import resolve_code
from qualcode.codebook.writing import add_code, set_field

__all__ = [
    "CodeChange",
    "CodebookChanges",
    "add_code",
    "blank_codebook",
    "check_codebook",
    "compare_codebooks",
    "load_codebook",
    "resolve_code",
    "set_field",
]
