"""Rounding of points: exact fractions in, decimals out, never a binary float on the way."""

from decimal import Decimal
from fractions import Fraction


def rounded(value: Fraction, places: int) -> Decimal:
    """Return the value with so many places, halves away from zero: 0.125 becomes 0.13, -0.125 becomes -0.13.

    The portal prints two places; which way it takes an exact half is the house's choice, as schools teach it.
    """
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)
