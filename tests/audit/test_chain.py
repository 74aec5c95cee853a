"""The canonical form and the hash never change: this vector is the contract with every copy of a journal."""

from datetime import UTC, datetime

import pytest

from cchc.audit.rules.chain import FIRST, Head, canonical, fingerprint, private_digest

VECTOR = Head(
    stream="case:H27.112-261120-0042",
    seq=1,
    at=datetime(2026, 11, 20, 7, 32, 0, 1, tzinfo=UTC),
    recorded_at=datetime(2026, 11, 20, 7, 32, 1, tzinfo=UTC),
    act="received",
    actor_post="Công chức tiếp nhận @ H27.112.01",
    actor_person="11111111-2222-3333-4444-555555555555",
    public={"due_at": "2026-11-26T16:00:00+07:00", "papers": 2, "ok": True, "none": None, "list": ["b", "a"]},
    private_digest=private_digest("00ff", {"owner": "Đỗ Thị Bích Ngọc"}),
    previous=FIRST,
)


def test_canonical_form() -> None:
    assert canonical({"b": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"b":1}'.encode()


def test_text_is_normalised_before_hashing() -> None:
    assert canonical({"a": "Hòa"}) == canonical({"a": "Hòa"})


@pytest.mark.parametrize("value", [1.5, {"x": 0.1}, {1: "a"}, object()])
def test_what_two_machines_may_write_differently_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_the_vector() -> None:
    assert VECTOR.private_digest == "2a8c4cd7697b9f7c52078775e9717056f24a013fa72c969f5b63980970e01741"
    assert VECTOR.hash() == "10abfa4f06ff75ef072ee6eeda02d8a3d4d65dfbadcb261b3d193f1bea20d6e9"
    assert fingerprint(VECTOR.hash()) == "10AB FA4F"


@pytest.mark.parametrize(
    "change", [{"seq": 2}, {"act": "refused"}, {"actor_post": "x"}, {"previous": "1" * 64}, {"stream": "case:x"}, {"private_digest": ""}]
)
def test_every_part_is_in_the_hash(change: dict[str, object]) -> None:
    assert Head(**{**VECTOR.__dict__, **change}).hash() != VECTOR.hash()  # type: ignore[arg-type]
