"""Which unit may stand under which."""

from cchc.organisations.terms import UnitKind

# Territorial tiers before and after 1 July 2025 (Law on Local Government 72/2025/QH15: province and commune).
_ABOVE: dict[UnitKind, tuple[UnitKind, ...]] = {
    UnitKind.PROVINCE: (),
    UnitKind.DISTRICT: (UnitKind.PROVINCE,),
    UnitKind.COMMUNE: (UnitKind.PROVINCE, UnitKind.DISTRICT),
}


def problem_with_parent(*, kind: UnitKind, parent_kind: UnitKind | None) -> str:
    """Return the Vietnamese sentence that says why the parent does not fit, or an empty text. None is no parent."""
    allowed = _ABOVE.get(kind)
    if allowed is None:
        return ""
    if not allowed:
        return "" if parent_kind is None else "Đơn vị hành chính cấp tỉnh không trực thuộc đơn vị nào khác: hãy bỏ trống đơn vị cấp trên."
    if parent_kind in allowed:
        return ""
    wanted = " hoặc ".join(kind_.label.lower() for kind_ in allowed)
    return f"Đơn vị {kind.label.lower()} phải trực thuộc một đơn vị {wanted}: hãy chọn lại đơn vị cấp trên."
