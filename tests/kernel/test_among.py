"""One of many numbers, as one parameter."""

import pytest

from cchc.kernel.among import among
from cchc.organisations.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [0, 1, 2, 50])
def test_it_finds_what_a_list_of_parameters_finds(size: int) -> None:
    numbers = list(Unit.objects.order_by("pk").values_list("pk", flat=True)[:size])
    found = Unit.objects.filter(among("pk", numbers)).order_by("pk")
    assert list(found.values_list("pk", flat=True)) == numbers
    assert Unit.objects.exclude(among("pk", numbers)).count() == Unit.objects.count() - size


def test_it_reaches_over_a_relation_and_goes_together_with_other_conditions() -> None:
    child = Unit.objects.filter(parents__isnull=False).earliest("pk")
    parents = list(child.parents.values_list("parent_id", flat=True))
    found = Unit.objects.filter(among("parents__parent_id", [*parents, 0]) & among("pk", [child.pk, 0]))
    assert set(found) == {child}


def test_many_are_one_parameter_and_one_is_compared_as_such() -> None:
    many = str(Unit.objects.filter(among("pk", range(1, 200))).query)
    assert "= ANY([1, 2, 3," in many
    assert "ANY" not in str(Unit.objects.filter(among("pk", [7])).query)
