"""Pieces of the scenarios' text."""


def head(name: str, more: str = "") -> str:
    """The top of a scenario whose days have 24 hours, so that days are days."""
    return f'schema = 1\nname = "{name}"\nproject = "{name}"\nstart = 2027-03-01\ncalendar = "24h"\n{more}\n'


def task(id: str, duration: str, after: str = "", more: str = "") -> str:
    """A task; ``after`` is a list in TOML."""
    line = f"after = {after}\n" if after else ""
    return f"[tasks.{id}]\nduration = {duration}\n{line}{more}\n"


def uniform(low: float, high: float) -> str:
    """A uniform estimate."""
    return f'{{ shape = "uniform", low = {low}, high = {high} }}'


def triangular(low: float, most_likely: float, high: float) -> str:
    """A triangular estimate."""
    return f'{{ shape = "triangular", low = {low}, most_likely = {most_likely}, high = {high} }}'


def lognormal(mean: float, sd: float) -> str:
    """A lognormal estimate."""
    return f'{{ shape = "lognormal", mean = {mean}, sd = {sd} }}'


def chain(count: int, duration: str, first: str = "") -> str:
    """Tasks t000, t001 ... in a row, the first behind ``first``."""
    ids = [f"t{k:03d}" for k in range(count)]
    before = [first, *ids]
    return "".join(task(id, duration, f'["{before[k]}"]' if before[k] else "") for k, id in enumerate(ids))
