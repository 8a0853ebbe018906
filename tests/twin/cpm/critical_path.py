"""Critical path method on the clock: early and late dates, floats and drivers of a schedule with progress.

Slow and plain on purpose. Two dialects: ``p6`` has a data date, before which nothing that is left can be done, and
relationships act on what is left; ``msp`` keeps started tasks where they started and goes on at their resume date.
"""

from tests.twin.cpm.calendar import EPOCH, Hours, instant, moment
from tests.twin.cpm.network import Activity, Dates, Link, Network
from tests.twin.cpm.passes import Passes

__all__ = ["EPOCH", "Activity", "Dates", "Hours", "Link", "Network", "instant", "moment", "schedule"]


def schedule(network: Network) -> Dates:
    """Both passes."""
    return _P6(network).run() if network.dialect == "p6" else _Project(network).run()


def early(network: Network) -> Dates:
    """The forward pass alone, as a simulation makes it: what is wanted as late as possible is not moved."""
    passes = _P6(network) if network.dialect == "p6" else _Project(network)
    for id in passes.order():
        if passes.of[id].is_absent:
            passes.hand_on(passes.of[id])
        else:
            passes.forward(passes.of[id])
    return passes.dates


class _P6(Passes):
    """Primavera P6.

    Early dates of a started activity are those of what is left of it; a finished one passes on, as an activity of no
    duration, the latest of the data date and what its own predecessors ask.
    """

    # Forward ------------------------------------------------------------------------------------------------------

    def forward(self, activity: Activity) -> None:
        d, id, hours = self.dates, activity.id, activity.hours
        asked = [(link, self.asked_start(link)) for link in self.into[id]]
        asked_finishes = [(link, self.asked_finish(link)) for link in self.into[id]]
        starts = [(link, start) for link, start in asked if start is not None]
        finishes = [(link, finish) for link, finish in asked_finishes if finish is not None]
        if activity.is_finished:
            pass_on = max([self.bound, *(t for _, t in starts), *(t for _, t in finishes)])
            d.early_start[id] = d.early_finish[id] = pass_on
            ties = (link for link, t in starts + finishes if hours.worked(t) == hours.worked(pass_on))
            d.drives |= {(link.predecessor, id, link.type) for link in ties}
            return
        bounds = [self.bound]
        if activity.is_started:
            bounds += [activity.resume] if activity.resume is not None else []
        else:
            bounds += self.constraint(activity, "SNET", "SO")
            bounds += [hours.ahead(t, activity.work) for t in self.constraint(activity, "FNET", "FO")]
        wanted = [(link, t) for link, t in starts] + [(link, hours.ahead(t, activity.work)) for link, t in finishes]
        start = max(bounds + [t for _, t in wanted])
        start = self.begin(activity, start)
        if not activity.is_started:
            for fixed in self.constraint(activity, "MSO"):
                start = self.begin(activity, max(fixed, self.bound))
            for fixed in self.constraint(activity, "MFO"):
                start = self.begin(activity, hours.ahead(max(fixed, self.bound), activity.work))
        shown, finish = self.held(activity, start)
        if not self.constraint(activity, "MSO", "MFO") or activity.is_started:
            finish = max([finish, *(t for _, t in finishes)])
        for link, t in wanted:
            if hours.worked(t) == hours.worked(start) and not self.counts_from_actual_start(link):
                d.drives.add((link.predecessor, id, link.type))
        d.early_start[id], d.early_finish[id] = shown, finish

    def binds(self, link: Link) -> bool:
        """Progress that overrides logic frees what started out of sequence of predecessors that are not done."""
        before, after = self.of[link.predecessor], self.of[link.successor]
        frees = self.network.out_of_sequence != "retained logic"
        return super().binds(link) and not (frees and after.is_started and not before.is_finished)

    def asked_of_absent(self, link: Link) -> int | None:
        asks_start = link.type in ("FS", "SS")
        return self.asked_start(link) if asks_start else self.asked_finish(link)

    def asked_start(self, link: Link) -> int | None:
        """When a relationship lets its successor start, None if it does not say."""
        if link.type not in ("FS", "SS"):
            return None
        before = self.of[link.predecessor]
        early = self.dates.early_finish if link.type == "FS" else self.dates.early_start
        if self.counts_from_actual_start(link):
            assert before.actual_start is not None
            return link.moved(before.actual_start, max(0, link.lag))
        return self.asked(link, early[before.id], self.lag_left(link))

    def asked_finish(self, link: Link) -> int | None:
        """When a relationship lets its successor finish, None if it does not say."""
        if link.type not in ("FF", "SF"):
            return None
        before = self.of[link.predecessor]
        early = self.dates.early_finish if link.type == "FF" else self.dates.early_start
        if self.counts_from_actual_start(link):
            assert before.actual_start is not None
            return link.moved(before.actual_start, max(0, link.lag))
        return self.asked(link, early[before.id], self.lag_left(link))

    def counts_from_actual_start(self, link: Link) -> bool:
        """Whether the date that a start in progress asks for is known, wherever its work goes on."""
        before, after = self.of[link.predecessor], self.of[link.successor]
        is_under_way = before.is_started and not before.is_finished
        counts = self.network.start_lag == "actual start" and link.type in ("SS", "SF")
        return counts and is_under_way and not after.is_finished

    def lag_rest(self, link: Link) -> int:
        """What is left of a lag that began to run with an actual date: of a start, less what has been worked."""
        before = self.of[link.predecessor]
        from_start = link.type in ("SS", "SF")
        began = before.actual_start if from_start else before.actual_finish
        if began is None:
            return link.lag
        works_on = from_start and not before.is_finished
        ran = (
            (before.past_hours or before.hours).between(began, self.bound)
            if works_on
            else link.between(began, self.bound)
        )
        return max(0, link.lag - max(0, ran))

    def lag_left(self, link: Link) -> int:
        """What the forward pass adds; nothing where neither end waits for the lag any more."""
        before, after = self.of[link.predecessor], self.of[link.successor]
        has_begun = before.is_started if link.type in ("SS", "SF") else before.is_finished
        if has_begun and (after.is_finished or (link.type == "FS" and after.is_started)):
            return 0
        return self.lag_rest(link) + link.delay

    def lag_back(self, link: Link) -> int:
        """What the backward pass takes off: what is left of a lag, also where the successor has begun regardless."""
        before, after = self.of[link.predecessor], self.of[link.successor]
        if after.is_finished and not before.is_finished and (link.type == "FS" or before.is_started):
            return link.lag if link.type == "FF" else 0
        is_under_way = before.is_started and not before.is_finished
        if link.type == "FS" and is_under_way and after.is_started and link.lag < 0:
            return 0
        return self.lag_rest(link)

    # Backward -----------------------------------------------------------------------------------------------------

    def backward(self, activity: Activity) -> None:
        d, id, hours = self.dates, activity.id, activity.hours
        finishes = [self.last]
        for link in self.out_of[id]:
            finishes.append(self.latest_finish(link, activity))
        if activity.is_finished:
            d.late_start[id] = d.late_finish[id] = min(finishes)
            return
        finishes += self.constraint(activity, "FNLT", "FO")
        if activity.deadline is not None:
            finishes.append(activity.deadline)
        if not activity.is_started:
            finishes += [
                hours.after(hours.next_start(t), activity.work) for t in self.constraint(activity, "SNLT", "SO")
            ]
        finish = min(finishes)
        if not activity.is_started:
            for fixed in self.constraint(activity, "MSO"):
                finish = hours.after(hours.next_start(fixed), activity.work)
        for fixed in self.constraint(activity, "MFO"):
            finish = fixed
        if activity.kind == "start milestone":
            start = finish = hours.next_start(finish)
        else:
            finish = hours.last_end(finish)
            start = hours.ahead(finish, activity.work)
        d.late_start[id], d.late_finish[id] = start, finish

    def latest_finish(self, link: Link, activity: Activity) -> int:
        """When a relationship needs its predecessor to finish."""
        hours, d = activity.hours, self.dates
        after = self.of[link.successor]
        late = d.late_start[after.id] if link.type in ("FS", "SS") else d.late_finish[after.id]
        needed = link.moved(late, -self.lag_back(link))
        if link.type in ("FS", "FF"):
            return needed
        return hours.after(hours.next_start(needed), activity.work)


class _Project(Passes):
    """Microsoft Project.

    A started task stays where it started, whatever its predecessors do. Hard constraints win over logic where
    ``honours_constraints``, and early dates are those of the whole task.
    """

    def forward(self, activity: Activity) -> None:
        d, id, hours = self.dates, activity.id, activity.hours
        if activity.fixed is not None:
            d.early_start[id], d.early_finish[id] = activity.fixed
            return
        if activity.is_started:
            start = activity.actual_start if activity.actual_start is not None else activity.actual_finish
            assert start is not None
            d.early_start[id] = start
            goes_on = self.begin(activity, start if activity.resume is None else activity.resume)
            d.early_finish[id] = activity.actual_finish or max(start, activity.done(goes_on))
            return
        wanted: list[tuple[Link | None, int]] = [(None, self.bound)]
        ends = []
        for link in self.into[id]:
            instant = d.early_finish[link.predecessor] if link.type in ("FS", "FF") else d.early_start[link.predecessor]
            asked = self.asked(link, instant, link.lag)
            if asked is None:
                continue
            if link.type in ("FF", "SF"):
                ends.append(asked)
            wanted.append((link, asked if link.type in ("FS", "SS") else hours.ahead(asked, activity.work)))
        wanted += [(None, t) for t in self.constraint(activity, "SNET", "SO")]
        wanted += [(None, hours.ahead(t, activity.work)) for t in self.constraint(activity, "FNET", "FO")]
        start = max(self.begin(activity, t) for _, t in wanted)
        shown, finish = start, max([activity.done(start), *ends])
        latest = []
        if self.network.honours_constraints:
            latest += [self.begin(activity, max(t, self.bound)) for t in self.constraint(activity, "SNLT", "SO")]
            ends_at = [hours.ahead(max(t, self.bound), activity.work) for t in self.constraint(activity, "FNLT", "FO")]
            latest += [self.begin(activity, t) for t in ends_at]
        if latest and min(latest) < start:
            start = min(latest)
            shown, finish = self.held(activity, start)
        for fixed in self.constraint(activity, "MSO"):
            start = self.begin(activity, max(fixed, self.bound))
            shown, finish = self.held(activity, start)
        for fixed in self.constraint(activity, "MFO"):
            start = self.begin(activity, hours.ahead(max(fixed, self.bound), activity.work))
            shown, finish = self.held(activity, start)
        for link, t in wanted:
            if link is not None and hours.worked(t) == hours.worked(start):
                d.drives.add((link.predecessor, id, link.type))
        d.early_start[id], d.early_finish[id] = shown, finish

    def backward(self, activity: Activity) -> None:
        d, id, hours = self.dates, activity.id, activity.hours
        if activity.is_finished:
            d.late_start[id] = d.early_start[id]
            d.late_finish[id] = d.early_finish[id]
            return
        finishes = [self.last]
        for link in self.out_of[id]:
            after = self.of[link.successor]
            if after.is_finished or (activity.is_started and link.type in ("SS", "SF")):
                continue
            # what is left of a started task counts, not when it started
            late = d.late_finish[after.id] if link.type in ("FF", "SF") else self.late_start(after)
            needed = link.moved(late, -link.lag)
            finishes.append(
                needed if link.type in ("FS", "FF") else hours.after(hours.next_start(needed), activity.work)
            )
        finishes += self.constraint(activity, "FNLT", "FO")
        if activity.deadline is not None:
            finishes.append(activity.deadline)
        if not activity.is_started:
            finishes += [hours.after(t, activity.work) for t in self.constraint(activity, "SNLT", "SO")]
        finish = min(finishes)
        if not activity.is_started:
            for fixed in self.constraint(activity, "MSO"):
                finish = hours.after(hours.next_start(fixed), activity.work)
        for fixed in self.constraint(activity, "MFO"):
            finish = fixed
        starts_shift = activity.kind == "start milestone"
        d.late_finish[id] = hours.next_start(finish) if starts_shift else hours.last_end(finish)
        d.late_start[id] = d.early_start[id] if activity.is_started else self.late_start(activity)

    def late_start(self, activity: Activity) -> int:
        """When what is left has to begin."""
        return activity.hours.ahead(self.dates.late_finish[activity.id], activity.work)

    def asked_of_absent(self, link: Link) -> int | None:
        early = self.dates.early_finish if link.type in ("FS", "FF") else self.dates.early_start
        return self.asked(link, early[link.predecessor], link.lag)
