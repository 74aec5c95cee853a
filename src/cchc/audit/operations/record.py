"""Add an entry to a stream, inside the caller's transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from cchc.audit.models import Entry, PrivatePart, Stream
from cchc.audit.queries.entries import EntryView
from cchc.audit.rules.chain import FIRST, Head, private_digest
from cchc.kernel.actor import Actor
from cchc.kernel.bulk import copy_rows

# The upsert takes the stream's row lock, and gives the database's own clock for ``recorded_at``.
_LOCK = """
    INSERT INTO audit_stream (name, head_seq, head_hash) VALUES (%s, 0, %s)
    ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
    RETURNING id, head_seq, head_hash, clock_timestamp()
"""


@dataclass(frozen=True)
class Draft:
    """An entry to be added by ``record_many``; the fields are the parameters of ``record``."""

    stream: str
    act: str
    at: datetime
    actor: Actor
    public: Mapping[str, Any]
    private: Mapping[str, Any] | None = None


def record(
    *,
    stream: str,
    act: str,
    at: datetime,
    actor: Actor,
    public: Mapping[str, Any],
    private: Mapping[str, Any] | None = None,
) -> EntryView:
    """Append one entry and return it.

    ``public`` and ``private`` are JSON without floats (``TypeError`` otherwise). Must run inside a transaction, which holds
    the stream's lock until it ends: the act and its entry stand or fall together.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Nhật ký chỉ ghi trong giao dịch của việc được ghi.")
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [stream, FIRST])
        stream_id, head_seq, head_hash, recorded_at = cursor.fetchone()
    salt = secrets.token_hex(16) if private else ""
    head = Head(
        stream=stream,
        seq=head_seq + 1,
        at=at,
        recorded_at=recorded_at,
        act=act,
        actor_post=actor.post,
        actor_person=str(actor.person or ""),
        public=public,
        private_digest=private_digest(salt, private) if private else "",
        previous=head_hash,
    )
    digest = head.hash()
    entry = Entry.objects.create(
        stream_id=stream_id,
        seq=head.seq,
        at=at,
        recorded_at=recorded_at,
        act=act,
        actor_post=head.actor_post,
        actor_person=head.actor_person,
        public=public,
        private_digest=head.private_digest,
        previous=head_hash,
        hash=digest,
    )
    if private:
        PrivatePart.objects.create(entry=entry, salt=salt, data=private)
    Stream.objects.filter(pk=stream_id).update(head_seq=head.seq, head_hash=digest)
    return EntryView.of(entry, private)


def record_first(drafts: list[Draft]) -> None:
    """Append the first entry of many new streams at once, for imports.

    Each draft opens a stream of its own; a stream that exists already raises ``IntegrityError``. At most six statements in all.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (recorded_at,) = cursor.fetchone()
    streams, heads, salts = [], [], []
    for draft in drafts:
        salt = secrets.token_hex(16) if draft.private else ""
        head = Head(
            stream=draft.stream,
            seq=1,
            at=draft.at,
            recorded_at=recorded_at,
            act=draft.act,
            actor_post=draft.actor.post,
            actor_person=str(draft.actor.person or ""),
            public=draft.public,
            private_digest=private_digest(salt, draft.private) if draft.private else "",
            previous=FIRST,
        )
        salts.append(salt)
        heads.append(head)
        streams.append(Stream(name=draft.stream, head_seq=1, head_hash=head.hash()))
    with connection.cursor() as cursor:
        copy_rows(cursor, streams)
        keys = dict(Stream.objects.filter(name__in=[head.stream for head in heads]).values_list("name", "pk"))
        copy_rows(
            cursor,
            [
                Entry(
                    stream_id=keys[head.stream],
                    seq=1,
                    at=head.at,
                    recorded_at=recorded_at,
                    act=head.act,
                    actor_post=head.actor_post,
                    actor_person=head.actor_person,
                    public=head.public,
                    private_digest=head.private_digest,
                    previous=FIRST,
                    hash=stream.head_hash,
                )
                for stream, head in zip(streams, heads, strict=True)
            ],
        )
        if any(salts):
            entries = dict(Entry.objects.filter(stream_id__in=keys.values(), seq=1).values_list("stream_id", "pk"))
            copy_rows(
                cursor,
                [
                    PrivatePart(entry_id=entries[keys[draft.stream]], salt=salt, data=draft.private)
                    for salt, draft in zip(salts, drafts, strict=True)
                    if draft.private
                ],
            )
