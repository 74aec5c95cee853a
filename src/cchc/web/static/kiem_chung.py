#!/usr/bin/env python3
"""Kiểm chứng lời hẹn trả kết quả của một hồ sơ, không cần mạng, không cần tin cơ quan giữ sổ.

    python3 kiem_chung.py chung-thuc.json [--niem-phong niem-phong.json]

``chung-thuc.json`` tải ở trang theo dõi hồ sơ. ``niem-phong.json`` là danh sách niêm phong do bạn (hoặc báo, hoặc ai khác) đã
tải và giữ từ trước: có nó thì phát hiện được cả việc viết lại toàn bộ sổ. Chỉ dùng thư viện chuẩn của Python 3.7 trở lên.

Mã thoát: 0 đúng; 1 sai; 2 không đọc được tệp; 3 chưa kết luận được (chưa có niêm phong nào che chở, hoặc danh sách đã giữ quá cũ).

Cách tính. Mục: SHA-256 của JSON chính tắc (khóa xếp thứ tự, không khoảng trắng, chữ dạng NFC, UTF-8) của "head". Lá: SHA-256(0x00, mã
của mục). Nút: SHA-256(0x01, trái, phải). Niêm phong: SHA-256 của JSON chính tắc của mọi khóa trừ "hash". Mỗi mục và mỗi niêm phong ghi
mã của cái đứng trước nó.
"""

import argparse
import hashlib
import json
import sys
import unicodedata
from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
# Niêm phong lập hằng ngày. Mục cũ hơn niêm phong cuối quá chừng này mà «chưa niêm phong» là mục bị tráo.
LONGEST_WAIT = timedelta(days=3)
ACTS = {
    "received": "Tiếp nhận",
    "supplement_asked_at_intake": "Yêu cầu bổ sung, hoàn thiện",
    "accepted_after_supplement": "Nhận đủ giấy tờ, tiếp nhận",
    "done_at_counter": "Giải quyết ngay tại quầy",
    "supplement_asked": "Yêu cầu bổ sung sau thẩm tra",
    "supplemented": "Nhận đủ giấy tờ bổ sung",
    "extended": "Xin lỗi và gia hạn",
}
REASONS = (("reason", "lý do"), ("basis", "căn cứ"), ("limit", "thời hạn"))
UNITS = (("wd", " ngày làm việc"), ("wh", " giờ làm việc"), ("d", " ngày"), ("m", " tháng"))
ENTRY = {"version", "stream", "seq", "at", "recorded_at", "act", "actor", "public", "private", "previous"}
SEAL = {"version", "number", "sealed_at", "bound", "count", "root", "previous"}
FIRST = "0" * 64


class Unreadable(Exception):
    """Tệp không đọc được; nội dung là cả câu."""


def plain(value):
    """Đưa chữ về dạng NFC; số thực không bao giờ có trong sổ."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    raise ValueError("số thực")


def digest_of(value):
    """Trả về mã băm của JSON chính tắc; rỗng khi giá trị không thể có trong sổ."""
    try:
        text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
    except (ValueError, UnicodeError):
        return ""


def root_of(entry):
    """Đi từ lá lên gốc theo đường dẫn của mục."""
    here = hashlib.sha256(b"\x00" + bytes.fromhex(entry["hash"])).digest()
    for step in entry["path"]:
        ((side, digest),) = step.items()
        beside = bytes.fromhex(digest)
        pair = {"left": beside + here, "right": here + beside}[side]
        here = hashlib.sha256(b"\x01" + pair).digest()
    return here.hex()


def moment(text):
    """Đọc một thời điểm."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(VIETNAM)


def told(text):
    """Viết một thời điểm như trên giấy hẹn."""
    when = moment(text)
    return "{:%H:%M} {} {:%d/%m/%Y}".format(when, DAYS[when.weekday()], when)


def check_seals(seals, where):
    """Kể những chỗ sai của một dãy niêm phong, xếp theo số."""
    before = None
    for seal in seals:
        name = "{}, niêm phong số {}".format(where, seal["number"])
        if set(seal) != SEAL | {"hash"} or digest_of({key: seal[key] for key in seal if key != "hash"}) != seal["hash"]:
            yield name + ": nội dung không khớp mã của nó."
        if before and (seal["number"] != before["number"] + 1 or seal["previous"] != before["hash"]):
            yield name + ": không nối tiếp niêm phong trước."
        if seal["number"] == 1 and seal["previous"] != FIRST:
            yield name + ": niêm phong đầu tiên mà lại nối tiếp một niêm phong khác."
        before = seal


def check_entries(proof, latest):
    """Kể những chỗ sai của các mục."""
    before, seals = FIRST, {seal["number"]: seal for seal in proof["seals"]}
    for place, entry in enumerate(proof["entries"], start=1):
        head, name = entry["head"], "Mục {}".format(place)
        if set(head) != ENTRY or digest_of(head) != entry["hash"]:
            yield name + ": nội dung không khớp mã của nó, đã bị sửa."
        if head["seq"] != place or head["stream"] != proof["stream"]:
            yield name + ": số thứ tự hoặc tên chuỗi không đúng, có mục bị bỏ hoặc bị chèn."
        if head["previous"] != before:
            yield name + ": không nối tiếp mục trước."
        before = entry["hash"]
        if entry["seal"] is None:
            if latest and moment(latest) - moment(head["recorded_at"]) > LONGEST_WAIT:
                yield name + ": ghi sổ từ {} mà không có trong niêm phong nào.".format(told(head["recorded_at"]))
        elif entry["seal"] not in seals:
            yield name + ": thiếu niêm phong số {}.".format(entry["seal"])
        elif root_of(entry) != seals[entry["seal"]]["root"]:
            yield name + ": không thuộc niêm phong số {}, đã bị sửa sau khi niêm phong.".format(entry["seal"])


def limit_told(text):
    """Viết thời hạn bằng lời: «3wd» là 3 ngày làm việc, «0wd» là trong ngày."""
    for unit, words in UNITS:
        if text == "0wd":
            return "trong ngày"
        if text.endswith(unit) and text[: -len(unit)].isdigit():
            return text[: -len(unit)] + words
    return text


def promises(proof):
    """Kể bằng lời mỗi lần ghi hay đổi lời hẹn."""
    before = None
    for entry in proof["entries"]:
        head, public = entry["head"], entry["head"]["public"]
        if "due_at" not in public or public["due_at"] == before:
            continue
        before = public["due_at"]
        due = "hẹn trả " + told(before) if before else "chưa có hoặc không còn lời hẹn"
        why = ["{}: {}".format(word, limit_told(str(public[key]))) for key, word in REASONS if public.get(key)]
        lines = ["Mục {}, {}: {}, {}.".format(head["seq"], told(head["at"]), ACTS.get(head["act"], head["act"]), due)]
        lines.append("  Người ghi: {}. {}".format(head["actor"]["post"], "; ".join(why)).rstrip())
        yield "\n".join(lines)


def read(path):
    """Đọc một tệp JSON."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return json.load(file)
    except OSError:
        raise Unreadable("Không mở được tệp «{}». Kiểm tra lại tên tệp.".format(path)) from None
    except (ValueError, RecursionError):
        raise Unreadable("Tệp «{}» không phải JSON hoặc bị cắt cụt. Hãy tải lại.".format(path)) from None


def judge(proof, kept):
    """Trả về (mã thoát, các câu)."""
    entries, seals = proof["entries"], proof["seals"]
    listed = sorted(kept["seals"], key=lambda seal: seal["number"]) if kept else []
    latest = max([seal["sealed_at"] for seal in seals + listed], default="")
    faults = [*check_entries(proof, latest), *check_seals(seals, "Chứng thực"), *check_seals(listed, "Danh sách đã giữ")]
    trusted = {seal["number"]: seal["hash"] for seal in listed}
    both = [seal for seal in seals if seal["number"] in trusted]
    different = [seal for seal in both if seal["hash"] != trusted[seal["number"]]]
    faults += ["Niêm phong số {}: khác danh sách đã giữ. Sổ đã bị viết lại.".format(seal["number"]) for seal in different]
    if proof["format"] != "cchc-chung-thuc/1" or (kept and kept["format"] != "cchc-niem-phong/1") or not entries:
        raise KeyError
    lines = ["Chuỗi {}: {} mục, {} niêm phong.".format(proof["stream"], len(entries), len(seals)), *promises(proof)]
    if faults:
        return 1, [*lines, "SAI.", *faults]
    last = max((place for place, entry in enumerate(entries, start=1) if entry["seal"] is not None), default=0)
    if not last:
        return 3, [*lines, "CHƯA KẾT LUẬN ĐƯỢC: các mục nối tiếp nhau, nhưng chưa mục nào được niêm phong. Tải lại sau 17:05 hôm nay."]
    anchored = max((seal["number"] for seal in both), default=0)
    needed = max(entry["seal"] for entry in entries if entry["seal"] is not None)
    if kept and anchored < needed:
        return 3, [
            *lines,
            "CHƯA KẾT LUẬN ĐƯỢC: danh sách đã giữ không có niêm phong số {} trở đi; hãy dùng danh sách mới hơn.".format(needed),
        ]
    lines.append("ĐÚNG: mọi mục đến số {} còn nguyên như lúc niêm phong.".format(last))
    if last < len(entries):
        lines.append("Các mục sau số {} nối tiếp đúng nhưng chưa niêm phong.".format(last))
    if kept:
        lines.append("Niêm phong khớp danh sách đã giữ, đến số {}.".format(anchored))
    else:
        lines.append("Muốn chắc hơn nữa: so với một danh sách niêm phong giữ từ trước, bằng --niem-phong.")
    return 0, lines


def main(arguments=None):
    """Đọc tham số, kiểm chứng, in kết quả; trả về mã thoát."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(description="Kiểm chứng lời hẹn của một hồ sơ.")
    parser.add_argument("proof", metavar="chung-thuc.json", help="tệp tải ở trang theo dõi hồ sơ")
    parser.add_argument("--niem-phong", metavar="niem-phong.json", help="danh sách niêm phong đã giữ từ trước")
    options = parser.parse_args(arguments)
    try:
        proof, kept = read(options.proof), read(options.niem_phong) if options.niem_phong else None
        code, lines = judge(proof, kept)
    except Unreadable as error:
        print("KHÔNG ĐỌC ĐƯỢC: {}".format(error))
        return 2
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError):
        print("KHÔNG ĐỌC ĐƯỢC: tệp không đúng dạng chứng thực hoặc danh sách niêm phong. Hãy tải lại, đừng sửa bằng tay.")
        return 2
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
