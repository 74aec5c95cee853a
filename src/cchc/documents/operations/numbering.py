"""Take the next number of a series."""

from django.db import connection, transaction

# The upsert takes the counter's row lock: whoever asks next waits until this transaction ends, and gets the number back if it fails.
_NEXT = """
    INSERT INTO documents_counter (unit_id, series, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (unit_id, series, year) DO UPDATE SET last = documents_counter.last + 1
    RETURNING last
"""


def next_number(*, unit_id: int, series: str, year: int) -> int:
    """Return the next number of the unit's series in the year, from 1, without gaps or doubles (Decree 30/2020/NĐ-CP Art. 15).

    Must run inside the transaction of what bears the number, as late in it as can be, since others wait for its end. ``series`` is the
    suffix of papers (``TN``) or the name of a book, such as a certification register (``SCT-BS``). One statement.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Số chỉ được cấp trong giao dịch của việc mang số.")
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [unit_id, series, year])
        (number,) = cursor.fetchone()
    return int(number)
