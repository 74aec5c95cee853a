"""What a step is, where the published process does not say, is guessed from its place and name; what is said stands."""

import pytest

from cchc.procedures import api
from cchc.procedures.rules.steps import kinds
from tests.procedures.drafts import draft

K = api.StepKind


def guessed(*names: str) -> list[api.StepKind]:
    return list(kinds([(None, name) for name in names]))


def test_a_common_process_is_read_from_its_names() -> None:
    found = guessed("Tiếp nhận hồ sơ", "Phân công", "Thẩm định", "Ký kết quả", "Trả kết quả")
    assert found == [K.INTAKE, K.ASSIGN, K.PROCESS, K.APPROVE, K.RETURN]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Tiếp nhận",), [K.INTAKE]),
        (("Tiếp nhận", "Ký"), [K.INTAKE, K.APPROVE]),
        (("Tiếp nhận", "Phê duyệt kết quả"), [K.INTAKE, K.APPROVE]),
        (("Tiếp nhận", "Kỹ thuật kiểm tra", "Trả"), [K.INTAKE, K.PROCESS, K.RETURN]),
        (("Tiếp nhận", "Phân công thẩm định", "Trả"), [K.INTAKE, K.PROCESS, K.RETURN]),
        ((), []),
    ],
)
def test_place_and_first_word_decide(names: tuple[str, ...], expected: list[api.StepKind]) -> None:
    assert guessed(*names) == expected


def test_what_is_said_stands() -> None:
    assert kinds([(K.PROCESS, "Ký nháy"), (None, "Trả kết quả")]) == (K.PROCESS, K.RETURN)


@pytest.mark.django_db
def test_a_version_tells_which_kinds_are_guessed(publish) -> None:
    said = api.StepDraft(name="Tiếp nhận", kind=K.INTAKE)
    view = publish(draft(steps=(said, api.StepDraft(name="Ký"))))
    assert [(step.kind, step.kind_is_guessed) for step in view.steps] == [(K.INTAKE, False), (K.APPROVE, True)]
    assert [step.kind for step in api.draft_of(view).steps] == [K.INTAKE, None]
