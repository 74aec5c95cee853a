"""The base of every vocabulary: a value that is stored and a Vietnamese label that is shown."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """One word of a vocabulary.

    Members are written ``NAME = "value", "Nhãn tiếng Việt"``. The label is the gettext message id; the template filter
    ``label`` translates it. No Django here, so rules may use vocabularies.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Keep the label beside the stored value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in the order of declaration, as a model field wants them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def values(cls) -> list[str]:
        """Return the stored values in the order of declaration."""
        return [member.value for member in cls]
