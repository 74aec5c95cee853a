"""Every template compiles, and somebody uses it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "src" / "cchc" / "web" / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
# Found by Django and allauth by their names, and help by the name of its screen.
FOUND_BY_NAME = re.compile(r"(400|403|403_csrf|404|500)\.html|(account|allauth|django)/.*|help/[a-z]+(\.[a-z0-9_]+)?\.html")


@pytest.mark.parametrize("name", TEMPLATES)
def test_compiles(name):
    get_template(name)


def test_each_is_used():
    code = FOLDER.parents[1].rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*code, *FOLDER.rglob("*.html")])
    unused = [name for name in TEMPLATES if not FOUND_BY_NAME.fullmatch(name) and not re.search(rf"[\"']{re.escape(name)}[\"'#]", text)]
    assert unused == []


def test_a_template_that_does_not_compile_would_be_found():
    with pytest.raises(Exception, match="endif"):
        engines["django"].from_string("{% if x %}")
