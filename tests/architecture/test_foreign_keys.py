"""Foreign keys escape import-linter, so the ladder is kept here: across modules they point down and leave no trace above."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(settings.BASE_DIR)
LADDER = [name.rpartition(".")[2] for name in settings.MODULES]
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey"}


def across() -> Iterator[tuple[str, Any]]:
    """Give every relation of our tables that leads into another module, or to a table that is not ours."""
    for label in LADDER:
        for model in apps.get_app_config(label).get_models():
            for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
                if isinstance(field, (ForeignKey, ManyToManyField)) and field.related_model._meta.app_label != label:
                    yield label, field


def trespasses(ladder: list[str], fields: list[tuple[str, Any]]) -> list[str]:
    """Return a sentence for every relation that points up the ladder or leaves a reverse accessor."""
    found = []
    for label, field in fields:
        target = field.related_model._meta.app_label
        if target in ladder and ladder.index(target) > ladder.index(label):
            found.append(f"{field} points up the ladder to {target}")
        # Django's own tables (permissions of a person, say) name their accessors themselves.
        if target in ladder and field.remote_field.related_name != "+":
            found.append(f'{field} leaves a reverse accessor on {target}: give it related_name="+"')
    return found


def relation_targets(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """Give the first argument of every relation that a file of models declares."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RELATIONS:
            given = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "to")]
            yield from ((node.lineno, target) for target in given)


def test_across_modules_they_point_down_and_leave_no_accessor():
    assert trespasses(LADDER, list(across())) == []


@pytest.mark.parametrize("label", LADDER)
def test_across_modules_they_are_written_as_strings(label):
    folder = ROOT / "src" / "cchc" / label
    for path in [*folder.glob("models.py"), *folder.glob("models/**/*.py")]:
        own = {node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)}
        for line, target in relation_targets(path):
            written = isinstance(target, ast.Constant) or (isinstance(target, ast.Attribute) and target.attr == "AUTH_USER_MODEL")
            assert written or (isinstance(target, ast.Name) and target.id), f"{path}:{line}"
            if isinstance(target, ast.Name) and target.id not in own:
                imported = _source_of(path, target.id)
                assert imported.startswith(f"cchc.{label}."), f"{path}:{line}: write the relation to {target.id} as a string"


def _source_of(path: Path, name: str) -> str:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and name in {alias.asname or alias.name for alias in node.names}:
            return f"{node.module}."
    return ""


def test_a_relation_up_the_ladder_would_be_found():
    """With the ladder upside down, what is kept today is broken."""
    fields = list(across())
    assert len(trespasses(LADDER[::-1], fields)) >= len(fields) / 2
