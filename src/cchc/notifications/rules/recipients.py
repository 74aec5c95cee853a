"""Whom a message reaches, and what may be shown of them."""

import re
from dataclasses import dataclass

from cchc.kernel.text import clean

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")
_LONGEST_ADDRESS = 254
# Twelve digits, grouped or not, are an identity number (Law on Identification 26/2023/QH15 Art. 12); telephone numbers have ten or eleven.
_IDENTITY = re.compile(r"(?<!\d)(?<!\d[ .])\d(?:[ .]?\d){11}(?![ .]?\d)")


@dataclass(frozen=True)
class Recipient:
    """Who is told. ``phone`` and ``email`` may be empty; an address that no server could take counts as none."""

    name: str
    phone: str = ""
    email: str = ""

    @property
    def address(self) -> str:
        """Return the e-mail address when it can be one, else nothing."""
        email = self.email.strip()
        return email if len(email) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(email) and ".." not in email else ""

    def cleaned(self) -> "Recipient":
        """Return the recipient in stored form."""
        return Recipient(name=clean(self.name), phone=clean(self.phone), email=clean(self.email))


def masked_phone(phone: str) -> str:
    """Return the last three digits: ``•••342``; nothing for nothing."""
    digits = re.sub(r"\D", "", phone)
    return f"•••{digits[-3:]}" if digits else ""


def masked_email(email: str) -> str:
    """Return the first letter and the domain: ``n***@example.vn``; nothing for nothing."""
    local, at, domain = email.partition("@")
    return f"{local[:1]}***@{domain}" if at else ""


def without_identity_numbers(text: str) -> str:
    """Return the text with every identity number hidden but its last three digits: a message travels as an open postcard does."""
    return _IDENTITY.sub(lambda found: f"•••{re.sub(r'[^0-9]', '', found[0])[-3:]}", text)


def without_addresses(text: str, recipient: Recipient | None) -> str:
    """Return what a mail server said with the recipient's address masked, so that a reason names nobody."""
    if recipient is None or not recipient.email:
        return text
    return re.sub(re.escape(recipient.email), masked_email(recipient.email), text, flags=re.IGNORECASE)
