"""What an act is about, in English words for its goods."""

from monitor.model import Announcement
from monitor.render.text import listed
from monitor.watch.glosses import families


def goods(act: Announcement) -> tuple[str, ...]:
    """What an act is about, as a headline calls it: `rare earths`; from its title, else from its items."""
    names = [name for measure in act.measures for item in measure.items for name in item.names.values()]
    return families(act.title) or tuple(dict.fromkeys(word for name in names for word in families(name)))


def spoken(names: tuple[str, ...] | list[str], most: int = 3) -> str:
    """`rare earths, batteries and graphite`; of many the first ones, and that there are more."""
    return listed([*names[:most], *(["more"] if len(names) > most else [])])
