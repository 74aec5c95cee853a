"""Seals in a browser, for citizens and for the office, at both widths."""

from collections.abc import Callable
from typing import Any

from cchc.audit.tasks import check_journal
from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from tests.audit.sealing import DAY, EVENING, seal
from tests.browser.conftest import NARROW, WIDE
from tests.world import NOW, World, intake
