"""Counting the queries of a page: always of a first reader's page, for whom nothing is held yet."""

from typing import Self

from django.db import connection
from django.test.utils import CaptureQueriesContext


def renew_stamps() -> None:
    """Let nothing held stand any longer: the next reader is the first one. The calendar is loaded once a process, by whoever comes."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE editions_stamp SET stamp = gen_random_uuid() WHERE subject <> 'worktime'")
        cursor.execute("UPDATE editions_month SET stamp = gen_random_uuid()")


class FirstReader(CaptureQueriesContext):
    """Captures the queries of a first reader."""

    def __init__(self) -> None:
        """Take the one database."""
        super().__init__(connection)

    def __enter__(self) -> Self:
        """Forget what is held, and begin."""
        renew_stamps()
        super().__enter__()
        return self
