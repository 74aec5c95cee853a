"""Write seeds/reference/worktime/calendar.csv from the PyPI package ``holidays`` and corrections.csv; run it when either changes.

The package knows the rest days of Viet Nam and most swaps. What it lacks or names without a source stands in corrections.csv,
whose rows win. How far each year can be trusted is kept by hand in years.csv.
"""

import csv
import re
import sys
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path

import holidays

FOLDER = Path(__file__).resolve().parent.parent / "seeds" / "reference" / "worktime"
COLUMNS = ["date", "kind", "name", "for_date", "source", "confidence"]
COMPENSATORY = " (nghỉ bù)"
SWAPPED = re.compile(r"thay cho ngày (\d{2}/\d{2}/\d{4})")


def rows() -> list[dict[str, str]]:
    """Return the rows of calendar.csv in order of date."""
    years = _years()
    known = holidays.country_holidays("VN", years=sorted(years), language="vi")
    found: dict[str, dict[str, str]] = {}
    for day, name in sorted(known.items()):
        for row in _rows_of(day, name, known):
            found[row["date"]] = {**row, "source": f"PyPI holidays {version('holidays')}", "confidence": years[day.year]}
    with (FOLDER / "corrections.csv").open(encoding="utf-8", newline="") as file:
        found.update({row["date"]: row for row in csv.DictReader(file)})
    return [found[day] for day in sorted(found)]


def main() -> None:
    """Write the file."""
    with (FOLDER / "calendar.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())
    sys.stderr.write(f"calendar.csv: {len(rows())} rows\n")


def _years() -> dict[int, str]:
    """Return the confidence of the package's rows by year."""
    confidence = {"official": "sure", "reconstructed": "unverified", "provisional": "provisional"}
    with (FOLDER / "years.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): confidence[row["status"]] for row in csv.DictReader(file)}


def _rows_of(day: date, name: str, known: holidays.HolidayBase) -> list[dict[str, str]]:
    """Return one row for a day off, two for a swap."""
    if swapped := SWAPPED.search(name):
        makeup = datetime.strptime(swapped[1], "%d/%m/%Y").date()  # noqa: DTZ007 (a date without a clock)
        words = "Nghỉ hoán đổi"
        return [_row(day, "swapped_off", words, makeup), _row(makeup, "makeup_work", words, day)]
    if name.endswith(COMPENSATORY):
        bare = name.removesuffix(COMPENSATORY)
        original = max((d for d, other in known.items() if d < day and bare in other and COMPENSATORY not in other), default=None)
        return [_row(day, "compensatory", bare, original)]
    return [_row(day, "holiday", name, None)]


def _row(day: date, kind: str, name: str, for_date: date | None) -> dict[str, str]:
    return {"date": day.isoformat(), "kind": kind, "name": name, "for_date": for_date.isoformat() if for_date else ""}


if __name__ == "__main__":
    main()
