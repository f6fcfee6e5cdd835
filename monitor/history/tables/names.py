"""The names on record by what they are found by, as they follow from acts and registers."""

from sqlmodel import Field

from monitor.history.tables.base import Table

BY_KEY = {"sqlite_with_rowid": False}  # the table is its own index


class NamingRow(Table, table=True):
    """By which rules the tables of names were made, and whether they are `whole`; else up to which change and row."""

    __tablename__ = "naming"

    one: int = Field(primary_key=True)
    rules: str
    whole: bool
    change: int = 0
    row: int = 0


class NameRow(Table, table=True):
    """A name of a subject. Its number holds the place of the subject (`monitor.history.names`); `role` is what it is to it."""

    __tablename__ = "name"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    role: str
    person: bool


class NameKeyRow(Table, table=True):
    """A key by which a name is looked up; the number is that of the name, with its shape."""

    __tablename__ = "name_key"
    __table_args__ = BY_KEY

    key: int = Field(primary_key=True)
    number: int = Field(primary_key=True)


class NameWordRow(Table, table=True):
    """A word that may be misspelt; one that no name has any more does no harm."""

    __tablename__ = "name_word"
    __table_args__ = BY_KEY

    word: str = Field(primary_key=True)
    backwards: str = Field(index=True)


class SubjectKeyRow(Table, table=True):
    """A key that is none of a name, with the place of a subject that has it: a number, goods, a word for them."""

    __tablename__ = "subject_key"
    __table_args__ = BY_KEY

    key: int = Field(primary_key=True)
    place: int = Field(primary_key=True, index=True)
