"""How a number in a series is written."""

WIDTH = 4


def format_number(number: int, series: str) -> str:
    """Return ``0042/TN``: at least four digits, a slash, the series without spaces (Decree 30/2020/NĐ-CP Annex I, number and symbol).

    Without a series the digits stand alone. Raises ``ValueError`` for a number below 1: numbering starts at 1 each year (Art. 15).
    """
    if number < 1:
        raise ValueError(f"Số thứ tự phải từ 1, không phải {number}.")
    digits = f"{number:0{WIDTH}d}"
    return f"{digits}/{series}" if series else digits
