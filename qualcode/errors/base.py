"""The root of the family: how one sentence is made of what is wrong, where, and how to mend it.

The tree below is checked against the classes:

    QualcodeError                  exit code 1 unless said otherwise
        SeveralErrors              a batch gathers all its problems and says them together
        InputError                 something in the input to mend
            TranscriptError
                EmptyTranscriptError
                NotTextError
                DamagedFileError
                PasswordProtectedError
                NoTextLayerError
                NoTranscriptError
                TooLargeError
                TooMuchPrintedError
                TooManyLinesError
                TooManyEntriesError
                UnknownJsonError
                UnsupportedFormatError
                UnknownTableError
                ManifestAsTranscriptError
                CodingsAsTranscriptError
                WrongFormatError
                UnknownFormatError
                EncodingError
                FileMissingError
                FileUnreadableError
                OutsideFolderError
                TranscriptChangedError
                NameTakenError
                SameFileError
            ManifestError
                ManifestColumnError
                ManifestValueError
            CodebookError
                CodebookSyntaxError
                CodebookFieldError
                CodesInUseError
                UnknownCodeError
                RetiredCodeError
                CodebookEditError
                    CodeUnnamedError
                    KeyTakenError
                    UnderItselfError
                    NoSiblingError
                    ThemeFieldsError
                    MergeIntoItselfError
                    MergeIntoOwnCodeError
                CodebookMissingError
                CodebookChangedError
                CodebookBehindError
                CodebookReadOnlyError
            PlaceError
                EmptySpanError
                SpanOutsideTextError
                UnknownTurnError
                NoTimesError
                QuoteNotFoundError
                QuoteAmbiguousError
                NotAQuotationError
                NoQuotationThereError
                SeveralQuotationsError
                NoProposalError
                NoSuchCodingError
            UnknownNameError
                UnknownTranscriptError
                UnknownParticipantError
                UnknownCoderError
                UnknownSpeakerError
                UnknownMemoError
                UnknownCaseError
            NothingCodedError
            ParticipantErasedError
            TranscriptErasedError
            SharedInterviewsError
            NoSummaryError
            SummaryChangedError
            CellClosedError
            LinkElsewhereError
            NameNotListedError
            WholeNameSettledError
            OwnNameSettledError
            UnknownVersionError
            SpellingError
                SlipInLabelError
                SpellingOfItselfError
                TwoParticipantsError
            FilterError
            FilterValueError
            QueryError
            PlainLineError
                UnreadableLineError
                UnknownCommandError
                NothingFollowsError
                SomethingFollowsError
                HowFarError
                TooFarError
                NothingAskedError
                OnlyGuessedError
                NothingFoundYetError
                NoCodeLikeThatError
                NoCodeOfNumberError
                SeveralCodesError
                NoSuchThemeError
                NoCodingHereError
                NotCodedHereError
                SeveralCodingsHereError
                NotListedError
                NoPassageOfNumberError
                NothingProposedError
                CorrectedMeanwhileError
            CodingTableError
            AliasTableError
            TableError
            EditError
                CutInsideWordError
                EditNotBracketedError
                EditAcrossSpeakersError
                EditOfMaskError
                EditOverlapsError
                NothingLeftError
                EditedWordsError
            NotYoursError
            NothingToUndoError
            ChangedSinceError
            NotUndoableError
            ErasedForGoodError
            NotUndoneHereError
            CodingGoneError
            NotWaitingError
            NotAsShownError
            SharedIdError
            TranscriptCorrectedError
            TranscriptCodedError
            CodesCodedError
            UnstorableTextError
            TemplateError
                TemplateDamagedError
                TemplateKindError
                TemplateProtectedError
                TemplateTooLargeError
                TemplateWithoutStylesError
            FileExistsAlreadyError
            NoContentsError
            NothingToCompareError
            OutputError
        HelperError                a program beside qualcode that did not do its part
            SentencesError
            PlayingError
                NoRecordingError
                RecordingMissingError
                RecordingKindError
                NoTimeError
                PlayerMissingError
                PlayerFailedError
        WithheldError              exit code 4: refused by consent
        GateError                  exit code 4
            LeakError
            UncheckedError
            ConsentChangedError
            JointInterviewError
            NamesNotAtHandError
        UsageError                 exit code 2
            ProjectNotGivenError
            CoderNotGivenError
            NotATerminalError
            ProjectUnnamedError
            ProjectElsewhereError
            UnknownSuffixError
            OptionInVainError
            SaidElsewhereError
            ExtraMissingError
            BackupByServerError
            SealingByServerError
            PassphraseNotGivenError
        StoreError                 exit code 3
            StoreMissingError
            StoreReplacedError
            StoreLockedError
            StoreDamagedError
            StoreNotOursError
            StoreNewerError
            StoreOlderError
            StoreReadOnlyError
            StoreUnreadableError
            StoreFullError
            StoreDiskError
            StoreUnreachableError
            StoreEncodingError
            IdentitiesMissingError
            IdentitiesNotOursError
            IdentitiesSealedError
            WrongPassphraseError
            NamesNotSealedError
            UpgradeFailedError
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_NAME = 60
_MOST_WORDS = 6


def quoted_name(name: str) -> str:
    """A name in quotes; what is too long for one may be a passage of an interview."""
    if len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return "what stands here"
    return f"'{name}'"


class QualcodeError(Exception):
    """Anything that a person can mend; its text is the sentence they read."""

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what = what
        self.where = where
        self.mend = mend
        sentence = what if what.endswith((".", "?", "!")) or mend is None else f"{what}."
        parts = [f"{where}: {sentence}" if where else sentence]
        if mend:
            parts.append(mend)
        super().__init__(" ".join(parts))


class SeveralErrors(QualcodeError):  # noqa: N818  the plural says what it is
    """All problems of one batch, in the order of the input."""

    def __init__(self, errors: Sequence[QualcodeError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in errors))
        self.exit_code = max((error.exit_code for error in errors), default=1)


class InputError(QualcodeError):
    """Something in a file or an argument has to be mended by the person who gave it."""
