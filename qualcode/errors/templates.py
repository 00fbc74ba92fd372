"""Documents of the house that cannot be used as templates."""

from __future__ import annotations

from qualcode.errors.base import InputError


class TemplateError(InputError):
    """A file cannot be the template of a Word document."""


class TemplateDamagedError(TemplateError):
    """A template has the marks of a Word document but cannot be read."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the template is damaged",
            where=where,
            mend="Open it in Word, save it again as a Word document (.docx), and give that copy.",
        )


class TemplateKindError(TemplateError):
    """A template is a file of another kind."""

    def __init__(self, kind: str, *, where: str) -> None:
        super().__init__(
            f"the template is {kind}, not a Word document (.docx)",
            where=where,
            mend="Open it in Word, save it as a Word document (.docx), and give that copy.",
        )


class TemplateProtectedError(TemplateError):
    """A template is encrypted."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the template is protected by a password",
            where=where,
            mend="Take the password off in Word, and give that copy.",
        )


class TemplateTooLargeError(TemplateError):
    """A template is, or would unpack to, more than any letterhead needs."""

    def __init__(self, *, where: str, limit_mb: int) -> None:
        super().__init__(
            f"the template holds more than the {limit_mb} MB that are read",
            where=where,
            mend="Take its pages and large pictures out, save it, and give that copy.",
        )


class TemplateWithoutStylesError(TemplateError):
    """A template has no styles, and so nothing of what it would be given for."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the template has no styles",
            where=where,
            mend="Open it in Word, save it again as a Word document (.docx), and give that copy.",
        )
