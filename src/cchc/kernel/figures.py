"""How a published number is declared. Computation and drill-down live with the module that owns the facts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One registered number.

    ``key`` is ``<module>.<name>``; ``label``, ``definition`` and ``formula`` are Vietnamese; ``unit`` is what is counted
    (``hồ sơ``, ``%``); ``clause`` is the legal ground, or empty when the figure is ours.
    """

    key: str
    label: str
    definition: str
    formula: str
    unit: str = "hồ sơ"
    clause: str = ""


@dataclass(frozen=True)
class Dimension:
    """A way to break a figure down. Values are keys; ``label`` is what the column is called."""

    key: str
    label: str
