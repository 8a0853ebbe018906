"""What both dialects of the reference CPM share: order, both passes, floats, spans."""

from tests.twin.cpm.network import Activity, Dates, Link, Network


class Passes:
    """What the dialects share."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.of = network.activities
        self.dates = Dates()
        self.links = [link for link in network.links if self.binds(link)]
        self.into: dict[str, list[Link]] = {id: [] for id in self.of}
        self.out_of: dict[str, list[Link]] = {id: [] for id in self.of}
        for link in self.links:
            self.into[link.successor].append(link)
            self.out_of[link.predecessor].append(link)
        self.bound = network.start
        if network.data_date is not None:
            self.bound = max(network.start, network.data_date)

    def binds(self, link: Link) -> bool:
        """Whether a relationship has a say in dates; those of spans have none."""
        return not self.of[link.predecessor].is_span and not self.of[link.successor].is_span

    def order(self) -> list[str]:
        """Every predecessor before its successors."""
        waiting = {id: len(self.into[id]) for id, activity in self.of.items() if not activity.is_span}
        ready = [id for id, count in waiting.items() if count == 0]
        result = []
        while ready:
            id = ready.pop()
            result.append(id)
            for link in self.out_of[id]:
                waiting[link.successor] -= 1
                if waiting[link.successor] == 0:
                    ready.append(link.successor)
        if len(result) < len(waiting):
            raise ValueError("a cycle")
        return result

    def run(self) -> Dates:
        order = self.order()
        for id in order:
            self.forward(self.of[id])
        early_finish = self.dates.early_finish
        self.dates.finish = max((early_finish[id] for id in order), default=self.bound)
        self.last = self.dates.finish if self.network.must_finish is None else self.network.must_finish
        for id in reversed(order):
            self.backward(self.of[id])
        for id in reversed(order):
            if self.is_late(self.of[id]):
                self.delay(self.of[id])
        self.floats(order)
        for activity in self.of.values():
            if activity.kind == "level of effort":
                self.hammock(activity)
        for activity in self.of.values():
            if activity.kind == "summary":
                self.roll_up(activity)
        return self.dates

    def delay(self, activity: Activity) -> None:
        """Move the early dates of a task that is wanted as late as possible, up to those of what follows."""
        if activity.is_started:
            return
        d, id, hours = self.dates, activity.id, activity.hours
        float_ = self.room(activity)
        if float_ > 0:
            d.early_start[id] = self.begin(activity, hours.after(d.early_start[id], float_))
            moved = hours.after(d.early_finish[id], float_)
            d.early_finish[id] = moved if activity.work else d.early_start[id]

    def hammock(self, activity: Activity) -> None:
        """Dates of a level of effort, from those of the tasks it is tied to."""
        d = self.dates
        starts, finishes = [], []
        for link in self.network.links:
            if link.successor == activity.id and not self.of[link.predecessor].is_span:
                early = d.early_finish if link.type in ("FS", "FF") else d.early_start
                (starts if link.type in ("FS", "SS") else finishes).append(
                    link.moved(early[link.predecessor], link.lag)
                )
            if link.predecessor == activity.id and not self.of[link.successor].is_span:
                early = d.early_start if link.type in ("FS", "SS") else d.early_finish
                (starts if link.type in ("SS", "SF") else finishes).append(link.moved(early[link.successor], -link.lag))
        start = activity.hours.next_start(max(self.bound, min(starts, default=self.bound)))
        d.early_start[activity.id] = start
        d.early_finish[activity.id] = max([start, *finishes])

    def roll_up(self, activity: Activity) -> None:
        """Dates of a summary: from the first to the last date of the tasks below it."""
        d = self.dates
        below = [id for id in activity.below if id in d.late_start]
        if below:
            d.early_start[activity.id] = min(d.early_start[id] for id in below)
            d.early_finish[activity.id] = max(d.early_finish[id] for id in below)
            d.late_start[activity.id] = min(d.late_start[id] for id in below)
            d.late_finish[activity.id] = max(d.late_finish[id] for id in below)

    def asked(self, link: Link, instant: int, lag: int) -> int | None:
        """An instant plus a lag, None for a lead that goes back behind the start: nothing is asked then."""
        moved = link.moved(instant, lag)
        return None if lag < 0 and link.between(self.bound, moved) < 0 else moved

    def forward(self, activity: Activity) -> None:
        raise NotImplementedError

    def hand_on(self, activity: Activity) -> None:
        """Let what does not exist stand at the latest instant that it is asked for, whatever binds it besides."""
        d, id, ties = self.dates, activity.id, self.network.absent_ties
        asked = [(link, t) for link in self.into[id] if (t := self.asked_of_absent(link)) is not None]
        instant = max([self.bound, *(t for _, t in asked)])
        if instant == self.bound and ties is not None:
            instant = ties.next_start(instant)  # on one calendar nothing is shown before its first shift
        d.early_start[id] = d.early_finish[id] = instant
        for link, t in asked:
            is_driving = t == instant if ties is None else ties.worked(t) == ties.worked(instant)
            if is_driving and not self.counts_from_actual_start(link):
                d.drives.add((link.predecessor, id, link.type))

    def asked_of_absent(self, link: Link) -> int | None:
        """The instant that a relationship asks for, whichever date it binds."""
        raise NotImplementedError

    def counts_from_actual_start(self, link: Link) -> bool:
        """Whether the date that a relationship asks for is known, wherever work goes on."""
        return False

    def backward(self, activity: Activity) -> None:
        raise NotImplementedError

    def begin(self, activity: Activity, instant: int) -> int:
        """When work can begin; where there is nothing to do, a shift's end will do, but nothing ended at the start."""
        may_end = activity.work == 0 and activity.kind != "start milestone" and instant != self.bound
        if may_end and activity.hours.last_end(instant) == instant:
            return instant
        return activity.hours.next_start(instant)

    def held(self, activity: Activity, begin: int) -> tuple[int, int]:
        """Start and finish of work that a date wants to begin then: neither is before the first work there can be."""
        wanted = self.begin(activity, begin)
        start = max(wanted, self.begin(activity, self.bound))
        done = max(start, activity.hours.after(wanted, activity.work))
        return start, max(start, done + activity.elapsed)

    def constraint(self, activity: Activity, *types: str) -> list[int]:
        """Instants of the constraints of some types."""
        return [date for type, date in activity.constraints if type in types and date is not None]

    def is_late(self, activity: Activity) -> bool:
        return any(type == "ALAP" for type, _ in activity.constraints)

    def floats(self, order: list[str]) -> None:
        """How far a task can move: to its late start, to its late finish, to the early dates of what follows."""
        d = self.dates
        for id in order:
            hours = self.of[id].hours
            d.start_float[id] = hours.between(d.early_start[id], d.late_start[id])
            d.finish_float[id] = hours.between(d.early_finish[id], d.late_finish[id])
            d.free_float[id] = max(0, self.room(self.of[id]))

    def room(self, activity: Activity) -> int:
        """How far a task can move before it moves another or the project's finish."""
        return min(
            (self.slack(link) for link in self.out_of[activity.id] if self.can_move(self.of[link.successor])),
            default=activity.hours.between(self.dates.early_finish[activity.id], self.dates.finish),
        )

    def can_move(self, activity: Activity) -> bool:
        """Whether the early dates of a task are not those of what happened."""
        return self.network.dialect == "p6" or not activity.is_finished

    def slack(self, link: Link) -> int:
        """How far the predecessor can move, in its hours, before it moves the successor."""
        d, hours = self.dates, self.of[link.predecessor].hours
        early = d.early_start if link.type in ("FS", "SS") else d.early_finish
        own = d.early_finish if link.type in ("FS", "FF") else d.early_start
        needed = link.moved(early[link.successor], -self.lag_left(link))
        return hours.between(own[link.predecessor], needed)

    def lag_left(self, link: Link) -> int:
        return link.lag
