"""Killed in the middle of sending, on either database, by a platform in a bad mood: the account is right.

`python -m benchmarks.kills --kills 25` does it at length.
"""

from __future__ import annotations

import pytest
from sqlalchemy.engine import URL

from tests.faults import kills
from tests.storage.conftest import address, engine, pytest_generate_tests, server  # noqa: F401

pytestmark = pytest.mark.xdist_group("processes")
SEED = 20261122


async def test_through_three_kills_and_every_fault_nobody_is_lost_and_nobody_gets_three(address: URL) -> None:  # noqa: F811
    account = await kills.run(address.render_as_string(hide_password=False), kills=3, seed=SEED, per_second=100)
    print(account)
    assert not account.problems, account


async def test_without_faults_each_gets_exactly_one(address: URL) -> None:  # noqa: F811
    account = await kills.run(address.render_as_string(hide_password=False), kills=0, seed=SEED, per_second=100, moody=False)
    assert not account.problems, account
    assert (account.extras, account.states["sent"]) == (0, account.people)
