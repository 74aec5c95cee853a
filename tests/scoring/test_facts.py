"""A file of facts is read whole or refused with every line and column that is wrong."""

import pytest

from cchc.kernel.errors import Invalid
from cchc.scoring import api as scoring
from cchc.scoring.api import Ratio

HEAD = "unit,metric,numerator,denominator\n"


def parse(text):
    return scoring.parse_facts(text, scoring.reference_set("qd766"))


def problems(text):
    with pytest.raises(Invalid) as refusal:
        parse(text)
    return list(refusal.value.problems.values())


def test_units_keep_the_order_of_the_file():
    found = parse(HEAD + "B,DOSSIER_SYNC,1,2\nA,DOSSIER_SYNC,3,4\nB,PROGRESS_ON_TIME,5,6\n")
    assert [facts.unit for facts in found.units] == ["B", "A"]
    assert found.units[0].measures == {"DOSSIER_SYNC": Ratio(1, 2), "PROGRESS_ON_TIME": Ratio(5, 6)}
    assert found.warnings == ()


def test_columns_stand_in_any_order_and_others_are_passed_over():
    found = parse('\ufeffdenominator, note ,metric,unit,numerator\r\n\r\n4,"a, b",DOSSIER_SYNC, H44 ,3.0\r\n,,,,\r\n')
    assert [(facts.unit, facts.measures) for facts in found.units] == [("H44", {"DOSSIER_SYNC": Ratio(3, 4)})]


def test_every_problem_is_told_with_line_and_column():
    text = f"""{HEAD}A,DOSSIER_SYNC,1,2
A,DOSSIER_SYNC,1,3
A,KHONG_CO,1,2
,PROGRESS_ON_TIME,một,-2
B,,"1.234",1e5
B,PROGRESS_ON_TIME,,5
B,PROGRESS_ON_TIME,5
C,PROGRESS_ON_TIME,nan,12.5
"""
    assert sorted(problems(text)) == sorted(
        [
            "Dòng 3, cột metric: «A» đã có «DOSSIER_SYNC» ở dòng 2. Hãy giữ một dòng.",
            "Dòng 4, cột metric: không có chỉ tiêu «KHONG_CO» trong bộ Quyết định 766/QĐ-TTg.",
            "Dòng 5, cột unit: thiếu mã đơn vị.",
            "Dòng 5, cột numerator: «một» không phải số nguyên viết liền, ví dụ 184513.",
            "Dòng 5, cột denominator: «-2» là số âm.",
            "Dòng 6, cột metric: thiếu mã chỉ tiêu.",
            "Dòng 6, cột numerator: «1.234» không phải số nguyên viết liền, ví dụ 184513.",
            "Dòng 6, cột denominator: «1e5» không phải số nguyên viết liền, ví dụ 184513.",
            "Dòng 7, cột numerator: để trống. Không có số liệu thì bỏ cả dòng, không có gì thì ghi 0.",
            "Dòng 8: có 3 ô, dòng đầu có 4 cột.",
            "Dòng 9, cột numerator: «nan» không phải số nguyên viết liền, ví dụ 184513.",
            "Dòng 9, cột denominator: «12.5» không phải số nguyên viết liền, ví dụ 184513.",
        ]
    )


def test_problems_come_in_the_order_of_the_file():
    assert [line.split(",")[0] for line in problems(HEAD + "A,X,1,2\nB,X,1,2\nA,DOSSIER_SYNC,x,2\n")] == ["Dòng 2", "Dòng 3", "Dòng 4"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "",
            ["Dòng 1: thiếu cột «unit»; dòng đầu đang là: (trống)."]
            + [f"thiếu cột «{name}»" for name in ("metric", "numerator", "denominator")],
        ),
        ("unit;metric;numerator;denominator\n", ["thiếu cột «unit»; dòng đầu đang là: unit;metric"] + ["thiếu cột"] * 3),
        ("unit,metric,numerator\n", ["Dòng 1: thiếu cột «denominator»; dòng đầu đang là: unit, metric, numerator."]),
        ("unit,unit,metric,numerator,denominator\n", ["Dòng 1: có hai cột «unit»"]),
        (HEAD, ["Tệp không có dòng số liệu nào."]),
        (HEAD + '"A,DOSSIER_SYNC,1,2\n', ["không đọc được như tệp CSV"]),
        (HEAD + "A,DOSSIER_SYNC,1,2\x00\n", ["Dòng 2"]),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(text, sentences):
    said = problems(text)
    assert len(said) == len(sentences)
    for found, sentence in zip(said, sentences, strict=True):
        assert sentence in found


def test_a_numerator_above_its_denominator_is_taken_with_a_warning():
    found = parse(HEAD + "A,DOSSIER_SYNC,5,4\nA,PROGRESS_ON_TIME,4,4\nA,PETITION_PROCESSING_ON_TIME,1,0\n")
    assert found.warnings == (
        "Dòng 2: «DOSSIER_SYNC» của «A» có tử số 5 lớn hơn mẫu số 4; điểm dừng ở mức tối đa. Hãy xem lại số liệu.",
        "Dòng 4: «PETITION_PROCESSING_ON_TIME» của «A» có tử số 1 lớn hơn mẫu số 0; mẫu số 0 nên chấm như không có gì để đo. Hãy xem lại số liệu.",
    )
    assert len(found.units[0].measures) == 3
