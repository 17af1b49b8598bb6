"""The master key of tests."""

from bot.storage.master import Master

MASTER_KEY = "dGhlIG1hc3RlciBrZXkgb2YgdGVzdHMsIDMyIG9mIGk="


def master() -> Master:
    return Master.given(MASTER_KEY)
