"""Draw the pictures of the sample articles: scenes of 1200x630 pixels, and small marks for outlets.

`python -m scripts.sample_pictures`, from the root of the repository, writes `samples/pictures/*.png` and
prints their sizes; the bytes are the same every time.
"""

from __future__ import annotations

from math import cos, pi, sin
from pathlib import Path

from scripts.canvas import Canvas
from scripts.scenes import SCENES

FOLDER = Path(__file__).parent.parent / "samples" / "pictures"
MARKS = {  # outlet -> ground, figure, number of corners
    "fieldnote": ("#386641", "#f2e8cf", 3),
    "lanterndaily": ("#ffb703", "#3d2c2e", 4),
    "harbourpost": ("#22577a", "#f2e8cf", 32),
    "orbitandember": ("#10002b", "#ff9f6e", 5),
    "gearboxweekly": ("#31263e", "#ffd166", 8),
    "deepcurrent": ("#0f2a2e", "#8ecae6", 6),
}


def mark(ground: str, figure: str, corners: int) -> Canvas:
    c = Canvas(ground, ground, 50, 50)
    turns = [2 * pi * i / corners - pi / 2 for i in range(corners)]
    c.shape(figure, [(25 + 16 * cos(turn), 25 + 16 * sin(turn)) for turn in turns])
    return c


def main() -> None:
    pictures = {scene.__name__: scene() for scene in SCENES}
    pictures |= {f"outlet-{outlet}": mark(*colours) for outlet, colours in MARKS.items()}
    for name, canvas in pictures.items():
        data = canvas.png()
        (FOLDER / f"{name}.png").write_bytes(data)
        print(f"{name}.png {len(data) / 1024:.1f} KiB")


if __name__ == "__main__":
    main()
