"""The program ``cchc``: says what it can, answers in one JSON document, refuses in a sentence."""

import json
import os
import subprocess
import sys

import pytest

PROGRAM = [sys.executable, "-c", "from cchc.cli import main; main()"]


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*PROGRAM, *arguments], check=False, capture_output=True, text=True, env={**os.environ, **environment})


def test_lists_its_commands_without_anything_else_working():
    answer = run(DJANGO_SETTINGS_MODULE="no.such.settings")
    assert answer.returncode == 0
    for word in ("db", "serve", "seed", "Cách dùng"):
        assert word in answer.stdout


def test_answers_an_unknown_command_with_the_list():
    answer = run("khong-co")
    assert answer.returncode == 2
    assert "Không có lệnh «khong-co»" in answer.stderr


def test_status_is_one_json_document(tmp_path):
    answer = run("db", "status", "--json", CCHC_HOME=str(tmp_path), DATABASE_URL="")
    assert json.loads(answer.stdout)["initialised"] is False


def test_does_not_stop_a_database_that_is_not_its_own():
    answer = run("db", "stop", DATABASE_URL="postgresql://somebody@elsewhere/else")
    assert answer.returncode == 2
    assert "DATABASE_URL" in answer.stderr


@pytest.mark.parametrize("words", [("seed", "nothing"), ("seed", "demo", "--until", "30/02/2026")])
def test_refuses_wrong_arguments_in_vietnamese(words):
    answer = run(*words)
    assert answer.returncode == 2
    assert "Tham số không đúng" in answer.stderr
