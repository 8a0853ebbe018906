"""The program behind the page: it listens on this machine only, until it is interrupted."""

import contextlib
import gc
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Final

from riskengine.errors import MachineError, UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.serve.application import WhatIfApplication
from riskengine.serve.guard import LOOPBACK, Guard, new_token
from riskengine.serve.page import ServedPlan

LIBRARIES: Final = ("starlette", "uvicorn")
MOST_CONNECTIONS: Final = 64


def require_libraries() -> None:
    """Refuse to serve where what answers browsers is not installed.

    Raises
    ------
    MachineError
    """
    for library in LIBRARIES:
        if find_spec(library) is None:
            raise MachineError(f"{library} is not installed", "RE680", CATALOGUE["RE680"].clause)


def serve(plan: ServedPlan, port: int, tell: Callable[[str], None]) -> None:
    """Answer the page of a plan until the process is interrupted.

    Parameters
    ----------
    plan : ServedPlan
    port : int
        0 takes any that is free.
    tell : callable
        Is called with the address once it answers.

    Raises
    ------
    UsageError
        When the port is not to be had.
    """
    import uvicorn

    class Server(uvicorn.Server):
        """Leaves interrupts to the command line, and tells where it listens."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

        async def startup(self, sockets: object = None) -> None:
            await super().startup(sockets=sockets)  # type: ignore[arg-type]
            number = self.servers[0].sockets[0].getsockname()[1]
            application.guard = Guard(number, application.guard.token)
            tell(f"http://{LOOPBACK[0]}:{number}/{application.guard.token}/")

    application = WhatIfApplication(plan, Guard(port, new_token()))
    gc.freeze()  # what is there stays; of what comes, cyclic garbage must go, which a single command leaves alone
    gc.enable()
    config = uvicorn.Config(
        application,
        host=LOOPBACK[0],
        port=port,
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        loop="asyncio",
        http="h11",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=30,
        h11_max_incomplete_event_size=16 * 1024,
    )
    try:
        Server(config).run()
    except SystemExit:
        raise UsageError(f"port {port} is not to be had", "RE682", CATALOGUE["RE682"].clause) from None
