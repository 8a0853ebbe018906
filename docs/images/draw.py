"""Draw `decide.svg`, the picture of the README, from a run: `python docs/images/draw.py`.

It runs `riskengine decide` on the shipped ground station and sets the first lines of what it prints, and its exit
status, as a terminal would.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).resolve().parent
SCENARIO = "scenarios/ground-station.toml"
AXIS = "0% └"
"""How the axis of the histogram begins; its labels, dates and marks follow, the last lines that are shown."""
COLUMNS = 80
# Without the web font of rich's own template: a picture in a repository loads nothing from elsewhere.
TEMPLATE = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">{matrix}</g>
</g>
</svg>
"""


def printed() -> tuple[list[str], int]:
    """The lines that the command prints, in its own colours, and its exit status."""
    with TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "riskengine", "decide", SCENARIO, "-o", f"{folder}/run"]
        colour = {**os.environ, "FORCE_COLOR": "1", "NO_COLOR": ""}
        done = subprocess.run(
            words, cwd=HERE.parents[1], capture_output=True, text=True, encoding="utf-8", check=False, env=colour
        )
    return done.stdout.splitlines(), done.returncode


def shown(lines: list[str]) -> list[str]:
    """The lines up to the marks under the histogram."""
    axis = next(number for number, line in enumerate(lines) if line.strip().startswith(AXIS))
    return lines[: lines.index("", axis)]


def draw(lines: list[str], status: int) -> str:
    """The terminal as SVG."""
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True, legacy_windows=False)
        console.print(Text(f"$ riskengine decide {SCENARIO}", "bold"))
        for line in shown(lines):
            console.print(Text.from_ansi(line), soft_wrap=True)
        console.print(Text("$ echo $?", "bold"))
        console.print(Text(str(status)))
        return console.export_svg(title="riskengine", code_format=TEMPLATE, unique_id="riskengine")


if __name__ == "__main__":
    (HERE / "decide.svg").write_text(draw(*printed()), encoding="utf-8")
