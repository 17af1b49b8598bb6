"""A PostgreSQL of our own, started from the programs of this machine in a temporary folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.patience import PATIENCE


def programs() -> Path | None:
    """The newest PostgreSQL of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def as_nobody_special() -> list[str]:
    """PostgreSQL does not run as root."""
    return ["setpriv", *(["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else [])]


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Its address. `durable`: it waits for the disk, as in service."""
    folder = Path(tempfile.mkdtemp(prefix="zhice-postgres-"))
    found = programs()
    assert found is not None
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        initdb = [str(found / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "zhice", "-N", "-E", "UTF8", "--locale=C"]
        _run([*as_nobody_special(), *initdb])
        options = ["-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses=", *([] if durable else ["-c", "fsync=off"])]
        # It ends with us, also when we are killed.
        command = [*as_nobody_special(), "--pdeathsig=INT", str(found / "postgres"), *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/") as process:
            try:
                _wait_for(found, folder, process)
                yield f"postgresql+psycopg://zhice@/postgres?host={folder}"
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=PATIENCE)


def _wait_for(found: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while subprocess.run([str(found / "pg_isready"), "-q", "-h", str(folder)], check=False).returncode:
        assert process.poll() is None, "PostgreSQL does not start"
        assert time.monotonic() < deadline, "PostgreSQL does not answer"
        time.sleep(0.05)
