"""Numbers without gaps or doubles."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections, transaction

from cchc.documents import api as documents
from cchc.organisations import api as organisations


def test_each_unit_series_and_year_counts_from_one(unit_id: int, other_unit_id: int) -> None:
    assert [documents.next_number(unit_id=unit_id, series="TN", year=2026) for _ in range(3)] == [1, 2, 3]
    assert documents.next_number(unit_id=unit_id, series="BS", year=2026) == 1
    assert documents.next_number(unit_id=unit_id, series="TN", year=2027) == 1
    assert documents.next_number(unit_id=other_unit_id, series="TN", year=2026) == 1


def test_a_number_whose_transaction_fails_is_given_again(unit_id: int) -> None:
    documents.next_number(unit_id=unit_id, series="SCT-BS", year=2026)

    def fail() -> None:
        with transaction.atomic():
            assert documents.next_number(unit_id=unit_id, series="SCT-BS", year=2026) == 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert documents.next_number(unit_id=unit_id, series="SCT-BS", year=2026) == 2


def test_eight_counters_at_once_leave_no_gap_and_no_double(fresh_database: object) -> None:
    unit_id = organisations.unit("18313", on=date(2026, 11, 20)).id

    def work(worker: int) -> list[int]:
        taken = []
        try:
            for turn in range(25):
                try:
                    with transaction.atomic():
                        number = documents.next_number(unit_id=unit_id, series="TN", year=2026)
                        if (worker + turn) % 5 == 0:
                            raise RuntimeError
                        taken.append(number)
                except RuntimeError:
                    continue
        finally:
            connections.close_all()
        return taken

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(number for taken in pool.map(work, range(8)) for number in taken)
    assert numbers == list(range(1, 161))


def test_a_number_outside_a_transaction_is_refused(fresh_database: object) -> None:
    assert not connection.in_atomic_block
    with pytest.raises(transaction.TransactionManagementError, match="giao dịch"):
        documents.next_number(unit_id=1, series="TN", year=2026)
