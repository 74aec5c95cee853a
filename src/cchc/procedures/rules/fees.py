"""What is to be paid. Amounts in đồng, whole numbers only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cchc.kernel.text import money, number
from cchc.procedures.terms import FeePer

# The key of ``quantities`` that counts each kind of thing.
QUANTITY = {FeePer.PAGE: "pages", FeePer.COPY: "copies", FeePer.PERSON: "people", FeePer.ITEM: "items"}


@dataclass(frozen=True)
class Tier:
    """From page ``start`` of a copy on, ``amount`` for each page."""

    start: int
    amount: int


@dataclass(frozen=True)
class Tariff:
    """One payment as published: the amount for one ``per``, or tiers by page with a cap for each copy."""

    name: str
    amount: int
    per: FeePer = FeePer.CASE
    per_text: str = ""
    tiers: tuple[Tier, ...] = ()
    cap: int | None = None
    is_optional: bool = False
    clause: str = ""


@dataclass(frozen=True)
class Reduction:
    """Why a payer pays less (Law 97/2015/QH13 Art. 10) and by how many hundredths; 100 is exempt. Decided by a person."""

    reason: str
    percent: int


@dataclass(frozen=True)
class FeeLine:
    """One line of a quote; ``how`` is the arithmetic in words."""

    name: str
    amount: int
    how: str
    clause: str = ""
    reduced_by: str = ""


def line(*, tariff: Tariff, quantities: Mapping[str, int], reduction: Reduction | None = None) -> FeeLine | None:
    """Return the line of one payment, or None for an optional one that nobody asked for.

    Quantities count ``copies``, ``pages`` (of one copy), ``people`` and ``items``; what is not given counts once, but pages
    must be given. Raises ``ValueError`` (Vietnamese) for a count below one, a fraction, or pages that are missing.
    """
    if tariff.is_optional and not quantities.get(QUANTITY.get(tariff.per, "items"), 0):
        return None
    if tariff.per is FeePer.PAGE:
        amount, how = _by_pages(tariff, _count(quantities, "pages", needed=True), _count(quantities, "copies"))
    elif tariff.per is FeePer.CASE:
        amount, how = tariff.amount, money(tariff.amount)
    else:
        count = _count(quantities, QUANTITY[tariff.per])
        amount, how = count * tariff.amount, f"{number(count)} {tariff.per_text or tariff.per.label} × {money(tariff.amount)}"
    if reduction is None:
        return FeeLine(name=tariff.name, amount=amount, how=how, clause=tariff.clause)
    if not 0 < reduction.percent <= 100:  # noqa: PLR2004 (hundredths)
        raise ValueError("Mức giảm phải từ 1 đến 100 phần trăm.")
    left = amount - amount * reduction.percent // 100
    return FeeLine(name=tariff.name, amount=left, how=how, clause=tariff.clause, reduced_by=reduction.reason)


def copy_fee(*, pages: int, tiers: Sequence[Tier], cap: int | None) -> int:
    """Return the fee for one copy of ``pages`` pages.

    Each page pays the amount of the tier it lies in; a copy never pays more than ``cap``. Certified copies of an original:
    Circular 226/2016/TT-BTC Art. 4 (2.000 đ for each of the first two pages, 1.000 đ from the third, at most 200.000 đ a
    copy; amounts checked against the published procedure 2.000815, the article from general knowledge).
    """
    total = 0
    for place, tier in enumerate(tiers):
        end = tiers[place + 1].start if place + 1 < len(tiers) else pages + 1
        total += max(0, min(pages + 1, end) - tier.start) * tier.amount
    return total if cap is None else min(total, cap)


def _by_pages(tariff: Tariff, pages: int, copies: int) -> tuple[int, str]:
    tiers = tariff.tiers or (Tier(1, tariff.amount),)
    one = copy_fee(pages=pages, tiers=tiers, cap=tariff.cap)
    parts = []
    for place, tier in enumerate(tiers):
        end = tiers[place + 1].start if place + 1 < len(tiers) else pages + 1
        count = max(0, min(pages + 1, end) - tier.start)
        if count:
            parts.append(f"{number(count)} × {money(tier.amount)}")
    inner = " + ".join(parts)
    if tariff.cap is not None and one == tariff.cap:
        inner = f"{inner}, tối đa {money(tariff.cap)}"
    return copies * one, f"{number(copies)} bản × ({inner})"


def _count(quantities: Mapping[str, int], key: str, *, needed: bool = False) -> int:
    words = {"pages": "Số trang", "copies": "Số bản", "people": "Số người", "items": "Số lượng"}
    if key not in quantities:
        if needed:
            raise ValueError("Phí tính theo trang: hãy nhập số trang của bản chính.")
        return 1
    value = quantities[key]
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{words[key]} phải là số nguyên từ 1 trở lên.")
    return value
