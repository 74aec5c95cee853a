"""The case code, by strategy.

Law 61/2018 Art. 26 and Circular 01/2018 Art. 19 fix receiving agency, date and running number of the day; practice since
Decision 20/2020 writes ``H27.112-261120-0042``. Circular 03/2025 and the rule due from Bộ Công an were not read, so which
strategy holds from when is reference data.
"""

from collections.abc import Callable
from datetime import date

from cchc.kernel.codes import legacy

Strategy = Callable[[str, date, int], str]


def modern(agency: str, day: date, number: int) -> str:
    """Return ``H27.112-261120-0042``; past 9999 the number simply grows a digit and stays unique."""
    return f"{agency}-{day:%y%m%d}-{number:04d}"


def circular_01_2018(agency: str, day: date, number: int) -> str:
    """Return ``000.00.16.H56-240115-0007``, the shape of Circular 01/2018 Art. 19."""
    return f"{legacy(agency)}-{day:%y%m%d}-{number:04d}"


STRATEGIES: dict[str, Strategy] = {"modern": modern, "circular_01_2018": circular_01_2018}
