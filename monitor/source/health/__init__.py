"""Is a source alive, is what it says worth anything, and when is either worth a message: pure decisions, each with its name.

`outage` judges polls that fail; `signs` what polls that end well seem to say; `habits` what is normal for a source, as learnt
from its own past; `series` what the numbers of acts give away; `reach` what several sources of one authority say together;
`words` what all of it is called.
"""

from monitor.source.health.habits import Entries, Habits, entries
from monitor.source.health.outage import Health, Verdict, health_after_poll, is_stale, told_by_itself, told_stale
from monitor.source.health.signs import Expected, Seen, Sign, signs

__all__ = [
    "Entries",
    "Expected",
    "Habits",
    "Health",
    "Seen",
    "Sign",
    "Verdict",
    "entries",
    "health_after_poll",
    "is_stale",
    "signs",
    "told_by_itself",
    "told_stale",
]
