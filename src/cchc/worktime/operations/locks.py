"""The lock between those who count on the calendar and those who change it.

Whoever makes or changes a promise holds the calendar until the transaction ends; holders do not wait for each other. An edit waits for
them, and they for it. So no promise counted on the old calendar is committed after the edit, and whoever looks for promises to settle
after the edit finds all of them.

The order of locks: the calendar, then the row of a clock. An owner may lock its own row (a case) before; an edit never does, and never
touches a clock in its own transaction, or the two would wait for each other.
"""

from django.db import connection

_KEY = "hashtext('worktime:calendar')"


def hold_calendar() -> None:
    """Keep the calendar from being edited until this transaction ends. Taken before the calendar is read."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock_shared({_KEY})")


def edit_calendar() -> None:
    """Wait until nobody counts on the calendar or edits it, and keep others from both until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({_KEY})")
