"""The composition root refuses what could lose or show people's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot import app
from bot.app import master_of
from bot.core.errors import ConfigurationError
from bot.settings import Settings
from tests.secret import MASTER_KEY


def test_a_database_shared_by_machines_needs_a_key_that_is_given() -> None:
    shared = Settings(_env_file=None, database_url="postgresql://u:p@host/name")
    with pytest.raises(ConfigurationError, match="MASTER_KEY: needed with PostgreSQL, the same on every machine"):
        master_of(shared)
    assert master_of(shared.model_copy(update={"master_key_file": None, "master_key": _secret()})).is_there


def test_the_embedded_database_has_its_key_in_the_data_folder(tmp_path: Path) -> None:
    own = master_of(Settings(_env_file=None, data_dir=tmp_path))
    assert (own.ours, own.file) == (True, tmp_path / "keys" / "master.key")


def test_a_named_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"MASTER_KEY_FILE: .* is not there"):
        master_of(Settings(_env_file=None, master_key_file=tmp_path / "none"))


def test_a_full_disk_is_told_with_what_mends_it() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma max_page_count = 1")
        with pytest.raises(ConfigurationError, match=r"disk is full.*; free some space"), app._readable_database_errors():
            connection.exec_driver_sql("create table more (one text)")
    engine.dispose()


def _secret() -> object:
    return Settings(_env_file=None, master_key=MASTER_KEY).master_key
