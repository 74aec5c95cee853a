"""How a number in a series is written."""

from cchc.documents.terms import LETTERS, FormKey

# Slips of the counter line up in a column; a letter has a zero only before a number below ten (Decree 30/2020/NĐ-CP Annex I).
SLIP_WIDTH, LETTER_WIDTH = 4, 2


def format_number(number: int, series: str, *, form: FormKey) -> str:
    """Return ``0042/TN`` on a slip, ``42/XL`` on a letter: digits, a slash, the series without spaces (Annex I, number and symbol).

    Without a series the digits stand alone. Raises ``ValueError`` for a number below 1: numbering starts at 1 each year (Art. 15).
    """
    if number < 1:
        raise ValueError(f"Số thứ tự phải từ 1, không phải {number}.")
    digits = f"{number:0{LETTER_WIDTH if form in LETTERS else SLIP_WIDTH}d}"
    return f"{digits}/{series}" if series else digits
