"""What all tables are."""

from sqlmodel import SQLModel


class Row(SQLModel):
    """A table's entity: its checks, which no table makes, are built when somebody asks: those of all would be a fortieth of a start."""

    model_config = {"defer_build": True}
