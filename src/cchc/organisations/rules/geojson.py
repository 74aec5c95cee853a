"""A GeoJSON file of boundaries (RFC 7946) read with distrust: polygons in degrees, by the code of a unit.

Plain arithmetic, no database. Problems are Vietnamese sentences that say what to do; all of them are found before anything is refused.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc.kernel.errors import Refused

# A ring: (longitude, latitude) in degrees, the first point not repeated at the end. A polygon: its outer ring, then its holes.
Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]

LARGEST = 200 * 1024 * 1024
# About a metre: finer than any boundary is known.
_DIGITS = 5
_LEAST = 3
_COMMUNE_DIGITS = 5
# Viet Nam with its seas: longitude, then latitude.
_WEST, _EAST, _SOUTH, _NORTH = 100.0, 120.0, 5.0, 25.0
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326", "WGS84")
_TOLD = 20


@dataclass(frozen=True)
class Read:
    """What a file holds: polygons by code, the property that held the codes, and how many features there were."""

    polygons: Mapping[str, tuple[Polygon, ...]]
    code_property: str
    features: int


def read(content: bytes, *, codes: Collection[str], code_property: str = "") -> Read:
    """Return the polygons of a file. ``codes`` are those of the units that there are.

    ``code_property`` holds the code; without it, the property whose values are codes of units most often. Features of one code are put
    together. Raises ``Refused`` with every problem, at most twenty of them told.
    """
    features = _features(content)
    name = code_property or _guessed(features, codes)
    found: dict[str, tuple[Polygon, ...]] = {}
    problems: list[str] = []
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties")
        raw = properties.get(name) if isinstance(properties, dict) else None
        code = _code(raw, codes)
        if code is None:
            problems.append(f"Đối tượng thứ {number}: thuộc tính «{name}» ghi «{raw}», không phải mã của đơn vị nào đang có.")
            continue
        try:
            found[code] = found.get(code, ()) + _polygons(feature.get("geometry"))
        except Refused as error:
            problems.append(f"Đối tượng thứ {number} ({code}): {error.message}")
    if problems:
        more = f"\n… và {len(problems) - _TOLD} lỗi nữa." if len(problems) > _TOLD else ""
        raise Refused("\n".join(problems[:_TOLD]) + more, field="file")
    return Read(found, name, len(features))


def _features(content: bytes) -> Sequence[Mapping[str, Any]]:
    if len(content) > LARGEST:
        raise Refused(
            f"Tệp lớn hơn {LARGEST // 1024 // 1024} MB. Hãy xuất riêng ranh giới cấp xã, hoặc giản lược trước khi nạp.", field="file"
        )
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused("Tệp không đọc được dưới dạng JSON. Hãy xuất lại thành GeoJSON, mã hóa UTF-8.", field="file") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise Refused(
            "Tệp không phải GeoJSON gồm nhiều đối tượng («FeatureCollection»). Hãy xuất lại lớp ranh giới thành GeoJSON.", field="file"
        )
    _must_be_degrees(document.get("crs"))
    features = [item for item in document["features"] if isinstance(item, dict)]
    if not features:
        raise Refused("Tệp không có đối tượng nào.", field="file")
    return features


def _must_be_degrees(crs: object) -> None:
    """Refuse a file that names a system of coordinates other than WGS 84; RFC 7946 knows no other, older files name theirs."""
    name = str(crs["properties"].get("name", "")) if isinstance(crs, dict) and isinstance(crs.get("properties"), dict) else ""
    if crs is not None and not any(known in name.upper() for known in _WGS84):
        raise Refused(
            f"Hệ tọa độ của tệp là «{name or crs}». Hãy chuyển sang WGS 84 (EPSG:4326) khi xuất GeoJSON; VN-2000 không vẽ thẳng được.",
            field="file",
        )


def _guessed(features: Iterable[Mapping[str, Any]], codes: Collection[str]) -> str:
    hits: Counter[str] = Counter()
    for feature in features:
        properties = feature.get("properties")
        if isinstance(properties, dict):
            hits.update(name for name, value in properties.items() if _code(value, codes) is not None)
    if not hits:
        raise Refused("Không thấy thuộc tính nào ghi mã đơn vị. Nêu tên thuộc tính bằng --property.", field="code_property")
    return hits.most_common(1)[0][0]


def _code(value: object, codes: Collection[str]) -> str | None:
    """Return the code that a value is, also where a table has eaten the zeros in front; None for no code of ours."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return next((code for code in (text, text.zfill(_COMMUNE_DIGITS)) if code in codes), None)


def _polygons(geometry: object) -> tuple[Polygon, ...]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        raise Refused(f"hình là «{kind}», cần vùng khép kín (Polygon hoặc MultiPolygon).")
    raw = geometry.get("coordinates")
    polygons = [raw] if kind == "Polygon" else raw
    if not isinstance(polygons, list) or not polygons or not all(isinstance(rings, list) and rings for rings in polygons):
        raise Refused("vùng không có đường ranh giới.")
    return tuple(tuple(_ring(ring) for ring in rings) for rings in polygons)


def _ring(raw: object) -> Ring:
    try:
        points = [(round(float(point[0]), _DIGITS), round(float(point[1]), _DIGITS)) for point in raw]  # type: ignore[attr-defined]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise Refused("đường ranh giới có điểm không phải cặp kinh độ, vĩ độ.") from error
    for lon, lat in points:
        _must_be_here(lon, lat)
    if points and points[0] != points[-1]:
        raise Refused("đường ranh giới không khép kín: điểm cuối phải trùng điểm đầu.")
    kept = [point for place, point in enumerate(points[:-1]) if point != points[place - 1 if place else -2]]
    if len(set(kept)) < _LEAST:
        raise Refused("đường ranh giới có ít hơn ba điểm.")
    return tuple(kept)


def _must_be_here(lon: float, lat: float) -> None:
    if _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH:
        return
    if _WEST <= lat <= _EAST and _SOUTH <= lon <= _NORTH:
        raise Refused(f"kinh độ và vĩ độ bị đổi chỗ ({lon}, {lat}). GeoJSON ghi kinh độ trước.")
    raise Refused(
        f"điểm ({lon}, {lat}) không ở Việt Nam tính theo độ. Nếu tệp dùng VN-2000 (tọa độ tính bằng mét), hãy chuyển sang WGS 84 (EPSG:4326)."
    )
