"""A condition on one of many numbers, given to the database as one parameter and not as hundreds."""

from collections.abc import Collection

from django.db.models import BooleanField, F, Func, Q, Value


class _Among(Func):
    template, arg_joiner = "(%(expressions)s))", " = ANY("

    def __init__(self, column: str, numbers: Collection[int]) -> None:
        super().__init__(F(column), Value(list(numbers)), output_field=BooleanField())


def among(column: str, numbers: Collection[int]) -> Q:
    """Return the condition that a column is one of these numbers, as ``column__in`` does.

    A page of a province asks a dozen times for its 150 agencies: as so many parameters each question is built as long as it is answered.
    A single number is compared as such, so that an index goes on being read in its order.
    """
    if len(numbers) == 1:
        return Q((column, next(iter(numbers))))
    return Q(_Among(column, numbers))
