"""Figures for Prometheus, on an address of their own: how many write to an office, and when, is nobody's business."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, ProcessCollector, generate_latest

from bot.outbox.ledger import STATES
from bot.outbox.report import KINDS, Alert, Stats

Ask = Callable[[], Awaitable[tuple[Stats, Sequence[Alert]]]]


def application(ask: Ask) -> web.Application:
    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=exposition(*await ask(), len(asyncio.all_tasks())), headers={"Content-Type": CONTENT_TYPE_LATEST})

    made = web.Application()
    made.add_routes([web.get("/metrics", metrics)])
    return made


def exposition(found: Stats, alerts: Sequence[Alert], tasks: int) -> bytes:
    """Counted in the database at this moment, and the same from every process; only `tasks` and what begins with `process` is its own."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    messages = Gauge("zhice_outbox_messages", "Messages by state; those settled stay for 30 days.", ["state"], registry=registry)
    for state in STATES:
        messages.labels(state).set(found.counts.get(state, 0))
    waiting = Gauge("zhice_outbox_oldest_seconds", "How long the oldest message has been due.", ["lane"], registry=registry)
    for lane, span in (("reply", found.oldest_reply), ("bulk", found.oldest_bulk)):
        waiting.labels(lane).set(span.total_seconds() if span else 0)
    told = Gauge("zhice_alerts", "What staff are told of now, by kind.", ["kind"], registry=registry)
    for kind in KINDS:
        told.labels(kind).set(sum(alert.kind == kind for alert in alerts))
    Gauge("zhice_tasks", "Tasks of this process's event loop: level under a level load.", registry=registry).set(tasks)
    for name, help, value in _plain(found):
        Gauge(name, help, registry=registry).set(value)
    return bytes(generate_latest(registry))


def _plain(found: Stats) -> list[tuple[str, str, int]]:
    return [
        ("zhice_outbox_paused", "1 when nothing at all is sent.", int(bool(found.paused))),
        ("zhice_outbox_paused_batches", "Batches that wait for somebody.", len(found.batches)),
        ("zhice_outbox_unknown_last_day", "Messages of the last day that may have arrived or not.", found.unknown_lately),
        ("zhice_troubles", "Senders and pollers that cannot work.", len(found.troubles)),
        ("zhice_inbox_open", "Events that wait.", found.events_open),
        ("zhice_inbox_dead", "Events given up in the last week.", found.events_dead),
    ]
