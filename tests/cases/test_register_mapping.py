"""The mapping of an old register: what it may say, and what it is told when it is wrong."""

import pytest

from cchc.cases.rules.register_mapping import RowKind, parse, picked, places
from cchc.kernel.errors import Invalid, Refused

LEAST = '[columns]\ncode = "Mã"\nreceived = "Nhận"\n'


def test_only_code_and_received_are_required():
    mapping = parse(LEAST)
    assert mapping.rows is RowKind.CASE
    assert mapping.zone.key == "Asia/Ho_Chi_Minh"
    assert mapping.wanted == ("Mã", "Nhận")


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ('[columns]\nreceived = "x"\n', "columns.code", "bắt buộc"),
        ('[columns]\ncode = "x"\n', "columns.received", "bắt buộc"),
        (LEAST + 'recieved = "x"\n', "columns.recieved", "khóa lạ"),
        (LEAST + "unit = 3\n", "columns.unit", "tên cột"),
        (LEAST + "unit = { value = 'x' }\n", "columns.unit", "const"),
        ('[columns]\ncode = { const = "1" }\nreceived = "x"\n', "columns.code", "mã riêng"),
        ('[file]\ntimezone = "Hà Nội"\n' + LEAST, "file.timezone", "múi giờ"),
        ('[file]\nrows = "cases"\n' + LEAST, "file.rows", "event"),
        ('[file]\nencoding = "x"\n' + LEAST, "file.encoding", "khóa lạ"),
        (LEAST + '[channel]\n"Fax" = "fax"\n', "channel.Fax", "counter, online hoặc post"),
        (LEAST + '[filed_by]\n"Hàng xóm" = "neighbour"\n', "filed_by.Hàng xóm", "agent, helped hoặc self"),
        (LEAST + "[channels]\n", "channels", "mục lạ"),
    ],
)
def test_every_mistake_is_named_with_its_place(text, key, words):
    with pytest.raises(Invalid) as refusal:
        parse(text)
    assert words in refusal.value.problems[key]


def test_all_mistakes_are_told_at_once():
    with pytest.raises(Invalid) as refusal:
        parse('[file]\nrows = "x"\ntimezone = "y"\n[columns]\n[channel]\na = "b"\n')
    assert len(refusal.value.problems) == 5


def test_text_that_is_no_toml_is_refused():
    with pytest.raises(Refused, match="TOML"):
        parse("columns: code")


def test_columns_are_found_whatever_the_spaces_and_the_form_of_accents():
    mapping = parse(LEAST)
    assert places(mapping=mapping, header=["x", " Ma\u0303 ", "Nhận"]) == {"Mã": 1, "Nhận": 2}


def test_a_column_that_is_missing_or_there_twice_is_named_with_those_that_are_there():
    mapping = parse(LEAST)
    with pytest.raises(Refused, match=r"«Nhận».*«Ngày»"):
        places(mapping=mapping, header=["Mã", "Ngày"])
    with pytest.raises(Refused, match="«Mã» có hai lần"):
        places(mapping=mapping, header=["Mã", "Mã", "Nhận"])


def test_constants_fill_every_row_and_short_rows_end_in_nothing():
    mapping = parse(LEAST + 'unit = { const = "18313" }\n')
    values = picked(mapping=mapping, places={"Mã": 0, "Nhận": 1}, cells=[" 7 "])
    assert (values["code"], values["received"], values["unit"], values["due"]) == ("7", "", "18313", "")


def test_channels_are_matched_whatever_the_case_and_ours_need_no_line():
    mapping = parse(LEAST + '[channel]\n"Trực tiếp" = "counter"\n')
    assert [mapping.channel_of(value) for value in ("TRỰC TIẾP", "online", "", "Fax")] == ["counter", "online", "", None]


def test_who_filed_is_matched_in_the_same_way():
    mapping = parse(LEAST + '[filed_by]\n"Cá nhân tự nộp" = "self"\n')
    assert [mapping.filer_of(value) for value in ("CÁ NHÂN TỰ NỘP", "helped", "", "Hàng xóm")] == ["self", "helped", "", None]
