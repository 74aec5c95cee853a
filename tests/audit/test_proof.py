"""The proof of a stream, and the published script that checks it: a true one is accepted, any other is refused with the place."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cchc.audit import api as audit
from cchc.audit.rules.chain import canonical
from cchc.kernel.errors import NotFound
from tests.audit.sealing import AT, DAY, EVENING, seal, write

SCRIPT = Path(settings.BASE_DIR) / "src" / "cchc" / "web" / "static" / "kiem_chung.py"
DUE, MOVED = "2026-11-26T16:00:00+07:00", "2026-12-02T16:00:00+07:00"
BASIS = "khoản 3 Điều 17 Nghị định 118/2025/NĐ-CP"

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Run the script as a citizen does, apart from everything of ours; return exit code and words."""

    def run(proof: object, kept: object = None) -> tuple[int, str]:
        arguments = []
        for name, content in (("chung-thuc.json", proof), ("niem-phong.json", kept)):
            if content is None:
                continue
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            (tmp_path / name).write_text(text, encoding="utf-8")
            arguments += (["--niem-phong"] if name.startswith("niem") else []) + [name]
        command = [sys.executable, "-I", "-S", str(SCRIPT), *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=60)
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


@pytest.fixture
def proof(fresh_database: object) -> Any:
    """Return the proof of a case of three entries in two seals, as it is downloaded."""
    write(due_at=DUE, basis=BASIS, limit="3wd", stage="accepted")
    write("case:Y"), write("case:Z"), write("case:W")
    seal()
    write(act="extended", at=AT + DAY, due_at=MOVED, reason="Chờ kết quả xác minh")
    write("case:Y", act="forwarded"), write(act="approved", at=AT + DAY, due_at=MOVED)
    seal(EVENING + DAY)
    seal(EVENING + 2 * DAY)
    return downloaded("case:X")


def downloaded(stream: str) -> Any:
    return json.loads(json.dumps(audit.proof_of(stream), ensure_ascii=False))


def published() -> Any:
    return json.loads(json.dumps(audit.published(audit.seals()[0]), ensure_ascii=False))


def digest(value: object) -> str:
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(canonical(value)).hexdigest()


def rehash(proof: Any) -> None:
    """Compute every hash of the entries anew, as a forger would."""
    previous = "0" * 64
    for entry in proof["entries"]:
        entry["head"]["previous"] = previous
        previous = entry["hash"] = digest(entry["head"])


def reseal(proof: Any) -> None:
    """Make up seals over the forged entries, each of one entry: a forgery that is sound in itself."""
    import hashlib  # noqa: PLC0415

    rehash(proof)
    previous = "0" * 64
    pattern = proof["seals"][0]
    proof["seals"] = []
    for number, entry in enumerate(proof["entries"], start=1):
        root = hashlib.sha256(b"\x00" + bytes.fromhex(entry["hash"])).hexdigest()
        header = {
            **{key: pattern[key] for key in pattern if key != "hash"},
            "number": number,
            "count": 1,
            "root": root,
            "previous": previous,
        }
        previous = digest(header)
        proof["seals"].append({**header, "hash": previous})
        entry["seal"], entry["path"] = number, []


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_proof_holds_heads_paths_and_the_chain_and_nothing_private(proof: Any) -> None:
    assert [entry["seal"] for entry in proof["entries"]] == [1, 2, 2]
    assert [item["number"] for item in proof["seals"]] == [1, 2, 3]
    assert [entry["head"]["seq"] for entry in proof["entries"]] == [1, 2, 3]
    assert "Đỗ Thị Bích Ngọc" not in json.dumps(proof, ensure_ascii=False)
    assert len(json.dumps(proof)) < 10_000
    with pytest.raises(NotFound):
        audit.proof_of("case:unknown")


def test_a_true_proof_is_accepted_and_told_in_words(proof: Any, check: Check) -> None:
    code, words = check(proof)
    assert code == 0, words
    assert "ĐÚNG: mọi mục đến số 3 còn nguyên" in words
    assert "Mục 1, 14:32 thứ Sáu 20/11/2026: Tiếp nhận, hẹn trả 16:00 thứ Năm 26/11/2026.\n  Người ghi: Công chức tiếp nhận" in words
    assert f"căn cứ: {BASIS}; thời hạn: 3 ngày làm việc" in words
    assert "Xin lỗi và gia hạn, hẹn trả 16:00 thứ Tư 02/12/2026." in words
    assert "lý do: Chờ kết quả xác minh" in words
    assert "Mục 3" not in words


def test_a_true_proof_agrees_with_a_saved_list(proof: Any, check: Check) -> None:
    code, words = check(proof, published())
    assert code == 0, words
    assert "Niêm phong khớp danh sách đã giữ, đến số 3." in words


def test_what_is_not_sealed_yet_is_said(proof: Any, check: Check) -> None:
    write(act="handed_over", due_at=MOVED)
    code, words = check(downloaded("case:X"))
    assert code == 0
    assert "Các mục sau số 3 nối tiếp đúng nhưng chưa niêm phong." in words


def test_nothing_sealed_is_no_verdict(fresh_database: object, check: Check) -> None:
    write(due_at=DUE)
    code, words = check(downloaded("case:X"))
    assert (code, "CHƯA KẾT LUẬN ĐƯỢC" in words) == (3, True)


def day_later(proof: Any) -> None:
    proof["entries"][0]["head"]["public"]["due_at"] = "2026-11-27T16:00:00+07:00"


def test_a_date_changed_by_a_day_is_refused(proof: Any, check: Check) -> None:
    day_later(proof)
    code, words = check(proof)
    assert code == 1
    assert "SAI." in words
    assert "Mục 1: nội dung không khớp mã của nó, đã bị sửa." in words


def test_a_date_changed_with_every_later_hash_is_refused(proof: Any, check: Check) -> None:
    day_later(proof)
    rehash(proof)
    code, words = check(proof)
    assert code == 1
    assert "không thuộc niêm phong số 1, đã bị sửa sau khi niêm phong" in words
    assert "không khớp mã của nó" not in words


def test_a_journal_written_anew_with_its_seals_is_refused_by_a_saved_list(proof: Any, check: Check) -> None:
    kept = published()
    day_later(proof)
    reseal(proof)
    assert check(proof)[0] == 0, "a forgery that is sound in itself: only what lies outside can tell"
    code, words = check(proof, kept)
    assert code == 1
    assert "khác danh sách đã giữ. Sổ đã bị viết lại." in words


def test_a_sealed_entry_passed_off_as_not_yet_sealed_is_refused(proof: Any, check: Check) -> None:
    kept = published()
    for item in kept["seals"]:
        item["sealed_at"] = "2026-12-31T10:05:00.000000Z"
    day_later(proof)
    rehash(proof)
    for entry in proof["entries"]:
        entry["seal"], entry["path"] = None, []
        entry["head"]["recorded_at"] = "2026-11-20T07:32:00.000000Z"
    rehash(proof)
    proof["seals"] = []
    code, words = check(proof, kept)
    assert code == 1
    assert "mà không có trong niêm phong nào" in words


def test_a_list_that_is_too_old_is_no_verdict(proof: Any, check: Check) -> None:
    kept = published()
    kept["seals"] = kept["seals"][-1:]
    code, words = check(proof, kept)
    assert (code, "danh sách mới hơn" in words) == (3, True)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda proof: proof["entries"].pop(1), "Mục 2: số thứ tự"),
        (lambda proof: proof["seals"].pop(0), "thiếu niêm phong số 1"),
        (lambda proof: proof["seals"].pop(1), "không nối tiếp niêm phong trước"),
        (lambda proof: proof["seals"][0].update(count=9), "nội dung không khớp mã của nó"),
        (lambda proof: proof["entries"][1]["path"].reverse(), "không thuộc niêm phong số 2"),
        (lambda proof: proof["entries"][1]["head"].update(extra=1), "Mục 2: nội dung"),
        (lambda proof: proof["entries"][0]["head"]["public"].update(n=1.5), "Mục 1: nội dung"),
        (lambda proof: proof.update(stream="case:Y"), "tên chuỗi không đúng"),
    ],
)
def test_every_other_change_is_refused_with_its_place(proof: Any, check: Check, change: Callable[[Any], Any], what: str) -> None:
    change(proof)
    code, words = check(proof)
    assert code == 1, words
    assert what in words


@pytest.mark.parametrize("garbage", ["", "{", "[]", "null", "7", '{"format": "cchc-chung-thuc/1"}', "[" * 100_000, "\x00\x01"])
def test_garbage_is_refused_in_a_sentence(check: Check, garbage: str) -> None:
    code, words = check(garbage)
    assert code == 2
    assert words.startswith("KHÔNG ĐỌC ĐƯỢC: ")
    assert words.rstrip().endswith(".")


def test_every_truncation_is_refused_in_a_sentence(proof: Any, check: Check) -> None:
    text = json.dumps(proof, ensure_ascii=False)
    for length in range(1, len(text), len(text) // 6):
        code, words = check(text[:length])
        assert (code, words.startswith("KHÔNG ĐỌC ĐƯỢC: ")) == (2, True)


@pytest.mark.parametrize("key", ["entries", "seals", "stream", "format"])
def test_a_proof_that_lacks_a_part_or_holds_a_wrong_one_is_refused_in_a_sentence(proof: Any, check: Check, key: str) -> None:
    for wrong in (None, 7, "x", [None], {"a": 1}):
        code, words = check({**proof, key: wrong})
        assert code in {1, 2}
        assert "KHÔNG ĐỌC ĐƯỢC: " in words or "SAI." in words
    code, _words = check({name: value for name, value in proof.items() if name != key})
    assert code == 2


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "khong-co.json"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "KHÔNG ĐỌC ĐƯỢC: Không mở được tệp «khong-co.json». Kiểm tra lại tên tệp.\n")


def test_paths_of_a_seal_of_several_blocks_lead_to_its_root(fresh_database: object, check: Check) -> None:
    from django.db import transaction  # noqa: PLC0415

    from tests.audit.sealing import OFFICER  # noqa: PLC0415

    with transaction.atomic():
        audit.record_first(
            [audit.Draft(f"case:cu/{number}", "imported", datetime.now(AT.tzinfo), OFFICER, {"n": number}) for number in range(2300)]
        )
    seal()
    for number in (0, 1023, 1024, 2298, 2299):
        code, words = check(downloaded(f"case:cu/{number}"))
        assert code == 0, words
