"""Pages that ask: each has its own pace and its own newest request, and is answered one run at a time."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from riskengine.serve.pace import Pace
from riskengine.serve.wish import Wish

MOST_SESSIONS: Final = 32
"""Pages that are remembered; of more the one is forgotten that asked nothing for longest."""


@dataclass
class Session:
    """One page in a browser.

    Parameters
    ----------
    pace : Pace
    newest : int
        Number of its newest request.
    turn : asyncio.Lock
        Held while a request of it is answered.
    """

    pace: Pace = field(default_factory=Pace)
    newest: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Sessions:
    """All pages that have asked for something lately."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self.pace = Pace()
        """Of those that name no page, such as a browser that loads one."""

    def of(self, name: str) -> Session:
        """Return a session by the name that its page has given itself."""
        session = self._sessions.setdefault(name, Session())
        self._sessions.move_to_end(name)
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return session

    async def answer(self, wish: Wish, compute: Callable[[Wish], dict[str, object]]) -> dict[str, object]:
        """Return the answer to a wish, computed in another thread, unless the page has asked for something newer."""
        session = self.of(wish.session)
        session.newest = max(session.newest, wish.number)
        async with session.turn:
            if wish.number < session.newest:
                return {"number": wish.number, "superseded": True}
            return await asyncio.to_thread(compute, wish)
