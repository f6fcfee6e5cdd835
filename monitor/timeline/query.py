"""What somebody asks of a timeline: a register, a name, a code, a destination, or all of these at once. Pure."""

from dataclasses import dataclass

from monitor.model import Entity, Item
from monitor.timeline.names import Path, also_called, code, codes, covers
from monitor.timeline.values import Lifecycle
from monitor.vocabulary.letters import bare


@dataclass(frozen=True, slots=True)
class MeasureQuery:
    """What a measure must be about; what is not asked is not looked at.

    `item` is a control code or an HS number: what lies under it and what it lies under are both about it.
    """

    register: str = ""
    entity: str = ""
    item: str = ""
    destination: str = ""

    def __bool__(self) -> bool:
        return bool(self.register or self.entity or self.item or self.destination)

    def meets(self, lifecycle: Lifecycle) -> bool:
        """Whether that part of a measure is about all that is asked."""
        return (
            (not self.register or lifecycle.measure.register == self.register)
            and (not self.entity or any(self.names(entity) for entity in lifecycle.entities))
            and (not self.item or any(self.about(item) for item in lifecycle.items))
            and (not self.destination or self.destination.upper() in lifecycle.destinations)
        )

    def names(self, entity: Entity) -> bool:
        """Whether an entity has the name that is asked for."""
        return bare(self.entity) in also_called(entity)

    def about(self, item: Item) -> bool:
        """Whether an item is what is asked, part of it, or what it is part of."""
        asked = code(self.item)
        return any(akin(asked, path) for path in codes(item))


def akin(one: Path, other: Path) -> bool:
    """Whether one code lies under the other."""
    return bool(one) and (covers(one, other) or covers(other, one))
