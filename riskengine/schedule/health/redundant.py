"""Relationships that others imply."""

from riskengine.schedule.health.logic import Logic, LogicRelationship


def redundant_relationships(logic: Logic) -> tuple[LogicRelationship, ...]:
    """Return the relationships from finish to start without lag that a chain of others implies, and doubled ones.

    Notes
    -----
    A chain counts where every relationship of it runs from finish to start with no negative lag, so that it can only
    ask for more. Of two alike between one pair the second is doubled. What a task reaches is kept as the bits of one
    integer, numbered from the end of the network so that they stay short.
    """
    order = _last_first(logic)
    number = {name: at for at, name in enumerate(order)}
    chains: dict[str, set[str]] = {name: set() for name in order}
    for relationship in logic.relationships:
        if relationship.type == "FS" and relationship.lag >= 0:
            chains[relationship.predecessor].add(relationship.successor)
    reached = [0] * len(order)  # through at least one relationship
    beyond = [0] * len(order)  # through at least two
    for at, name in enumerate(order):
        for successor in chains[name]:
            if not logic.work[successor].is_started:  # one under way may have let its predecessors go
                beyond[at] |= reached[number[successor]]
            reached[at] |= 1 << number[successor]
        reached[at] |= beyond[at]
    redundant, earlier_keys = [], set()
    for relationship in logic.live:
        key = (relationship.predecessor, relationship.successor, relationship.type, relationship.lag)
        is_plain = relationship.type == "FS" and relationship.lag == 0
        if key in earlier_keys or (
            is_plain and beyond[number[relationship.predecessor]] >> number[relationship.successor] & 1
        ):
            redundant.append(relationship)
        earlier_keys.add(key)
    return tuple(redundant)


def _last_first(logic: Logic) -> list[str]:
    """Order the tasks so that every successor comes before its predecessors."""
    waiting = {name: len(out) for name, out in logic.out_of.items()}
    order = [name for name, count in waiting.items() if not count]
    for name in order:
        for relationship in logic.into[name]:
            waiting[relationship.predecessor] -= 1
            if not waiting[relationship.predecessor]:
                order.append(relationship.predecessor)
    return order
