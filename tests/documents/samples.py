"""The filled forms that the product itself keeps as examples, by the names that tests use."""

from datetime import date, datetime
from typing import Any

from cchc.documents import api as documents
from cchc.kernel.local import VIETNAM

FormKey = documents.FormKey

RECEIVED = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
PROMISED = datetime(2026, 11, 26, 16, 0, tzinfo=VIETNAM)
TRACKING = "https://dichvucong.hatinh.example/tra-cuu/H27.112-261120-0042/9Jq3vX0kTn2sYb7LwR5mEA"
NOT_COUNTED = ((date(2026, 11, 21), ""), (date(2026, 11, 22), ""), (date(2026, 11, 24), "Ngày Văn hóa Việt Nam, nghỉ lễ"))

_ALL: dict[FormKey, Any] = dict(documents.SAMPLES)
RECEIPT: documents.ReceiptData = _ALL[FormKey.RECEIPT]
SUPPLEMENT: documents.SupplementData = _ALL[FormKey.SUPPLEMENT]
REFUSAL: documents.RefusalData = _ALL[FormKey.REFUSAL]
REFUSAL_AFTER_APPRAISAL: documents.RefusalAfterAppraisalData = _ALL[FormKey.REFUSAL_AFTER_APPRAISAL]
APOLOGY_EXTENSION: documents.ApologyExtensionData = _ALL[FormKey.APOLOGY_EXTENSION]
APOLOGY: documents.ApologyData = _ALL[FormKey.APOLOGY]
STOP_NOTICE: documents.StopNoticeData = _ALL[FormKey.STOP_NOTICE]
HANDOVER_SLIP: documents.HandoverSlipData = _ALL[FormKey.HANDOVER_SLIP]
RESULT_HANDOVER: documents.ResultHandoverData = _ALL[FormKey.RESULT_HANDOVER]
CONTROL_SLIP: documents.ControlSlipData = _ALL[FormKey.CONTROL_SLIP]
REGISTER: documents.RegisterData = _ALL[FormKey.REGISTER]
DAY_SHEET: documents.DaySheetData = _ALL[FormKey.DAY_SHEET]
CASE_LIST: documents.CaseListData = _ALL[FormKey.CASE_LIST]
GUIDE: documents.GuideData = _ALL[FormKey.GUIDE]
HEAD = RECEIPT.head
NGOC = RECEIPT.person
SAMPLES: dict[FormKey, Any] = {FormKey.RECEIPT: RECEIPT, FormKey.SUPPLEMENT: SUPPLEMENT, FormKey.REFUSAL: REFUSAL}
LETTERS: dict[FormKey, Any] = {
    form: _ALL[form] for form in (FormKey.REFUSAL_AFTER_APPRAISAL, FormKey.APOLOGY_EXTENSION, FormKey.APOLOGY, FormKey.STOP_NOTICE)
}
