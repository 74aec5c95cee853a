"""QR codes as SVG, for papers and for pages."""

import segno

# Level M mends 15 % of the square, enough for a folded slip, and keeps the modules large. Four modules of white around are in ISO/IEC 18004.
_LEVEL = "m"
_QUIET = 4


def qr_svg(text: str, *, title: str = "", scale: int = 4) -> str:
    """Return the text as one ``<svg>`` element: no style attribute, only width and height, so a strict content policy lets it through.

    ``scale`` is pixels per module. ``title`` names the picture to a screen reader and is escaped. Raises ``ValueError`` for an empty text.
    """
    if not text:
        raise ValueError("Mã QR cần có nội dung.")
    code = segno.make(text, error=_LEVEL, micro=False, boost_error=False)
    return str(code.svg_inline(scale=scale, border=_QUIET, dark="#000", light="#fff", title=title or None, svgclass="qr", lineclass=None))
