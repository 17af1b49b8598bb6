"""What Prometheus is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import exposition
from bot.outbox.report import KINDS, Paused, Stats, alerts_of
from bot.outbox.troubles import Trouble

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def told(stats: Stats) -> dict[tuple[str, str], float]:
    families = text_string_to_metric_families(exposition(stats, alerts_of(stats, NOW), tasks=12).decode())
    return {(sample.name, next(iter(sample.labels.values()), "")): sample.value for each in families for sample in each.samples}


def test_every_figure_is_told() -> None:
    trouble = Trouble("send:fake:bot", "blocked", "401", NOW - timedelta(minutes=2))
    found = told(Stats({"sent": 3, "pending": 2}, timedelta(seconds=7), None, "restored", (Paused("n1", ""),), (trouble,), 4, 5, 6))
    assert found["zhice_outbox_messages", "sent"] == 3
    assert found["zhice_outbox_messages", "unknown"] == 0, "a state without messages is told, too"
    assert (found["zhice_outbox_oldest_seconds", "reply"], found["zhice_outbox_oldest_seconds", "bulk"]) == (7, 0)
    names = ("zhice_outbox_paused", "zhice_outbox_paused_batches", "zhice_troubles", "zhice_inbox_open", "zhice_inbox_dead")
    assert [found[name, ""] for name in names] == [1, 1, 1, 4, 5]
    assert found["zhice_outbox_unknown_last_day", ""] == 6
    assert found["zhice_tasks", ""] == 12
    alerts = {kind: found["zhice_alerts", kind] for kind in KINDS}
    assert alerts == {"paused": 1, "slow": 0, "batch": 1, "trouble": 1, "unknown": 1}, "the same as staff are told"
