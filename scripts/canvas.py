"""A small canvas: polygons with smooth edges on a gradient, saved as PNG. Standard library only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import cos, floor, pi, sin
from random import Random
from struct import pack
from zlib import compress, crc32

WIDTH, HEIGHT = 1200, 630  # pixels; the size that link previews are made for
LEVELS = 16  # steps of opacity: smooth to the eye, and few enough colours for a small file
LINES = 4  # scan lines for each row of pixels

Point = tuple[float, float]


@cache
def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


@cache
def blend(value: int, level: int) -> bytes:
    """The table that moves every byte towards `value` by `level` parts of LEVELS."""
    return bytes((old * (LEVELS - level) + value * level + LEVELS // 2) // LEVELS for old in range(256))


class Canvas:
    """Rows of RGB bytes under shapes with smooth edges; the ground runs from `top` to `bottom`."""

    def __init__(self, top: str, bottom: str, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self.rows: list[bytearray] = []
        for y in range(height):
            part = y / (height - 1)
            pairs = zip(rgb(top), rgb(bottom), strict=True)
            self.rows.append(bytearray(round(a + (b - a) * part) for a, b in pairs) * width)

    def shape(self, colour: str, *outlines: Sequence[Point], opacity: float = 1.0) -> None:
        """Fill polygons; where two of them overlap there is a hole (even-odd rule)."""
        edges = [
            (a, b) if a[1] < b[1] else (b, a)
            for outline in outlines
            for a, b in zip(outline, [*outline[1:], outline[0]], strict=True)
            if a[1] != b[1]
        ]
        top = max(0, floor(min(a[1] for a, _ in edges)))
        bottom = min(self.height, floor(max(b[1] for _, b in edges)) + 1)
        for y in range(top, bottom):
            self._fill(y, edges, rgb(colour), opacity)

    def _fill(self, y: int, edges: Sequence[tuple[Point, Point]], colour: tuple[int, ...], opacity: float) -> None:
        steps: dict[int, float] = defaultdict(float)  # pixel -> change of coverage there
        near = [(a, b) for a, b in edges if a[1] < y + 1 and b[1] > y]
        for line in range(LINES):
            at = y + (line + 0.5) / LINES
            crossings = sorted(
                a[0] + (b[0] - a[0]) * (at - a[1]) / (b[1] - a[1]) for a, b in near if a[1] <= at < b[1]
            )
            for i, crossing in enumerate(crossings):
                x = min(max(crossing, 0.0), float(self.width))
                share = (-1 if i % 2 else 1) / LINES
                steps[floor(x)] += share * (1 - x % 1)
                steps[floor(x) + 1] += share * (x % 1)
        places = sorted(steps)
        coverage, row = 0.0, self.rows[y]
        for start, end in pairwise(places):
            coverage += steps[start]
            level = round(coverage * opacity * LEVELS)
            if level:
                for channel, value in enumerate(colour):
                    span = slice(start * 3 + channel, min(end, self.width) * 3, 3)
                    row[span] = row[span].translate(blend(value, level))

    def circle(self, colour: str, x: float, y: float, r: float, hole: float = 0, opacity: float = 1.0) -> None:
        outlines = [arc(x, y, radius, 0, 2) for radius in (r, hole) if radius]
        self.shape(colour, *outlines, opacity=opacity)

    def box(self, colour: str, x: float, y: float, w: float, h: float, r: float = 0) -> None:
        """A rectangle with corners rounded by `r` pixels."""
        corners = (
            (x + w - r, y + h - r, 0),
            (x + r, y + h - r, 0.5),
            (x + r, y + r, 1),
            (x + w - r, y + r, 1.5),
        )
        self.shape(colour, [p for cx, cy, turn in corners for p in arc(cx, cy, r, turn, turn + 0.5)])

    def line(self, colour: str, width: float, *points: Point) -> None:
        """A stroke with round ends."""
        for (ax, ay), (bx, by) in pairwise(points):
            scale = width / 2 / (((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1)
            dx, dy = (ay - by) * scale, (bx - ax) * scale
            self.shape(colour, [(ax + dx, ay + dy), (bx + dx, by + dy), (bx - dx, by - dy), (ax - dx, ay - dy)])
        for x, y in points:
            self.circle(colour, x, y, width / 2)

    def hills(self, colour: str, y: float, height: float, length: float, phase: float = 0) -> None:
        ridge = [(x, y - height * sin(x / length + phase)) for x in range(0, self.width + 20, 20)]
        self.shape(colour, [*ridge, (self.width, self.height), (0, self.height)])

    def stars(self, count: int, seed: int, below: float = HEIGHT) -> None:
        random = Random(seed)  # noqa: S311  a pattern, not a secret
        for _ in range(count):
            self.circle("#fff6dd", random.random() * WIDTH, random.random() * below, random.choice((1.5, 2, 3)))

    def frame(self, colour: str, x: float, y: float, w: float, h: float) -> None:
        """Four corners, as software marks what it has found."""
        for cx, cy, sx, sy in ((x, y, 1, 1), (x + w, y, -1, 1), (x, y + h, 1, -1), (x + w, y + h, -1, -1)):
            self.line(colour, 8, (cx + 34 * sx, cy), (cx, cy), (cx, cy + 34 * sy))

    def png(self) -> bytes:
        """The picture as PNG: eight-bit RGB, no filters, which suit flat colour least (PNG specification)."""
        header = pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        pixels = b"".join(b"\0" + row for row in self.rows)
        chunks = ((b"IHDR", header), (b"IDAT", compress(pixels, 9)), (b"IEND", b""))
        body = (pack(">I", len(data)) + tag + data + pack(">I", crc32(tag + data)) for tag, data in chunks)
        return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def arc(x: float, y: float, r: float, start: float, end: float) -> list[Point]:
    """Points around (x, y) from `start` to `end`, in half turns clockwise from the right."""
    count = max(2, round(r * (end - start) / 4) + 8)
    turns = (pi * (start + (end - start) * i / count) for i in range(count + 1))
    return [(x + r * cos(turn), y + r * sin(turn)) for turn in turns]
