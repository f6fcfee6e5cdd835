"""Whether the watch list that is kept here has moved. Each pass asks, and most find that it has not: in the words of the driver,
since to make the tables and have SQLAlchemy put it into words takes many times as long.
"""

from monitor.store.session import Session

KNOWN = "SELECT EXISTS (SELECT 1 FROM watched) OR EXISTS (SELECT 1 FROM screened)"
STAMP = """
SELECT
    (SELECT count(*) FROM watched),
    (SELECT max(added_at) FROM watched),
    (SELECT sum(length(entry)) FROM watched),
    (SELECT max(id) FROM dismissal),
    (SELECT count(withdrawn_at) FROM dismissal),
    (SELECT count(*) FROM register),
    (SELECT count(first_ok) FROM source)
"""


def is_known(session: Session) -> bool:
    """Whether anything is kept of a watch list."""
    return bool(_run_query(session, KNOWN)[0])


def read_watch_stamp(session: Session) -> tuple[object, ...]:
    """What moves whenever the list that is kept here does, what people said of it, or a baseline is there to hold it against."""
    return _run_query(session, STAMP)


def _run_query(session: Session, query: str) -> tuple[object, ...]:
    session.flush()  # which SQLAlchemy does of itself only where it knows what is asked
    return tuple(session.connection().exec_driver_sql(query).one())
