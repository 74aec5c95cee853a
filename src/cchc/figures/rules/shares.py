"""From what was counted to the value shown: shares in percent, rounded half away from zero to two places, and what a share of nothing is."""

from decimal import ROUND_HALF_UP, Decimal

from cchc.kernel.figures import Figure, Zero

_HUNDRED, _PLACES = Decimal(100), Decimal("0.01")


def value_of(figure: Figure, *, number: float, of: float | None) -> Decimal | None:
    """Return the value of a figure: the count itself, or the share in percent; None where the rule is to have no value."""
    if of is None:
        if isinstance(number, int):
            return Decimal(number)
        exact = Decimal(str(number))
        return exact if exact == exact.to_integral_value() else exact.quantize(_PLACES, ROUND_HALF_UP)
    if of == 0:
        return {Zero.NONE: None, Zero.NOUGHT: Decimal("0.00"), Zero.FULL: Decimal("100.00")}[figure.zero]
    return (Decimal(str(number)) * _HUNDRED / Decimal(str(of))).quantize(_PLACES, ROUND_HALF_UP)
