"""Whatever happens to the database and the clock while a notice is under way, nobody is lost and the file stays sound.

`python -m benchmarks.storms` does it at full length.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import storms

pytestmark = pytest.mark.xdist_group("processes")
SEED = 20261122


@pytest.mark.parametrize("name", storms.STORMS)
async def test_nobody_is_lost(name: str, tmp_path: Path) -> None:
    result = await storms.run(name, tmp_path, seconds=1.5, seed=SEED)
    print(result)
    assert result.holds, result
