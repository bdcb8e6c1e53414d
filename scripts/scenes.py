"""The scenes of the sample articles, one function each: flat, geometric, for light and dark pages."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from scripts.canvas import WIDTH, Canvas, arc


def lens() -> Canvas:
    c = Canvas("#123047", "#1f6f78")
    c.hills("#2b8a86", 470, 50, 170)
    c.hills("#1a5a68", 560, 40, 120, 2)
    colours = ("#0b1c2c", "#f2e8cf", "#16324f", "#ff8a5b", "#20214f", "#0b1c2c")
    for colour, r in zip(colours, (250, 226, 206, 160, 136, 70), strict=True):
        c.circle(colour, 790, 315, r)
    c.circle("#f2e8cf", 745, 262, 30, opacity=0.9)
    c.circle("#f2e8cf", 842, 372, 14, opacity=0.6)
    c.shape("#ffd166", [*arc(270, 330, 90, 0.9, 1.9), (270, 400)])
    c.shape("#f2e8cf", [(196, 292), (140, 312), (200, 330)])
    c.circle("#0b1c2c", 236, 292, 9)
    c.frame("#f2e8cf", 120, 190, 280, 250)
    return c


def moth() -> Canvas:
    c = Canvas("#1b1b3a", "#533a71")
    c.stars(60, 3)
    c.circle("#f7e7b4", 600, 315, 262)
    fore = ((0, 300), (120, 120), (360, 90), (330, 250), (180, 350))
    hind = ((0, 320), (180, 350), (270, 400), (210, 520), (80, 470))
    for side in (-1, 1):
        c.shape("#c8553d", [(600 + side * dx, y) for dx, y in fore])
        c.shape("#f28f3b", [(600 + side * dx, y) for dx, y in hind])
        c.circle("#1b1b3a", 600 + side * 245, 195, 44)
        c.circle("#f7e7b4", 600 + side * 245, 195, 24)
        c.circle("#c8553d", 600 + side * 180, 430, 30)
        c.line("#1b1b3a", 7, (600, 200), (600 + side * 50, 130), (600 + side * 110, 100))
    c.shape("#1b1b3a", [*arc(600, 240, 34, 1, 2), (616, 500), (584, 500)])
    return c


def faces() -> Canvas:
    c = Canvas("#fdf0d5", "#f6d7b0")
    skins = ("#d98c5f", "#8d5a3b", "#f0b68a", "#b3714a", "#5c3a2a")
    shirts = ("#2a9d8f", "#e76f51", "#3d5a80", "#e9c46a", "#8e5572")
    for i in range(10):
        x, y = 160 + i % 5 * 220, 180 + i // 5 * 270
        c.shape(shirts[i * 3 % 5], arc(x, y + 120, 92, 1, 2))
        c.circle("#2d2a32", x, y - 8, 76 + i * 7 % 3 * 6)
        c.shape(skins[i * 2 % 5], [*arc(x, y - 20, 62, 1, 2), *arc(x, y + 10, 62, 0, 1)])
        for side in (-1, 1):
            c.circle("#2d2a32", x + side * 24, y - 8, 7)
        c.shape("#fdf0d5", arc(x, y + 22, 20, 0, 1))
    c.frame("#2d2a32", 488, 68, 224, 250)
    return c


def voice() -> Canvas:
    c = Canvas("#2b1d4e", "#5b2a6e")
    c.circle("#ff9f6e", 600, 315, 220, opacity=0.25)
    c.circle("#ff9f6e", 600, 315, 150, opacity=0.375)
    colours = ("#ffd166", "#ff9f6e", "#ff6f91", "#d65db1")
    for i in range(31):
        size = 24 + 210 * abs(sin(i * 0.9) * sin((i + 1) * pi / 32))
        c.box(colours[min(3, abs(i - 15) // 4)], 90 + i * 33.2, 315 - size, 20, 2 * size, 10)
    return c


def words() -> Canvas:
    c = Canvas("#e8f1ee", "#cfe3dc")
    bubbles = (
        ("#2a9d8f", 110, 90, 520, 250, 220),
        ("#e76f51", 560, 240, 530, 270, 960),
        ("#264653", 250, 400, 260, 130, 330),
    )
    for colour, x, y, w, h, tail in bubbles:
        c.box(colour, x, y, w, h, 46)
        c.shape(colour, [(tail, y + h - 4), (tail + 70, y + h - 4), (tail + 8, y + h + 62)])
    lines = (
        ("#e8f1ee", 165, 150, (150, 90, 140)),
        ("#e8f1ee", 165, 215, (70, 190, 110)),
        ("#e8f1ee", 165, 280, (220, 60)),
        ("#ffe8d6", 620, 305, (90, 210, 80)),
        ("#ffe8d6", 620, 375, (180, 60, 140)),
        ("#ffe8d6", 620, 445, (120, 120)),
    )
    for colour, x, y, lengths in lines:
        for i, length in enumerate(lengths):
            c.box(colour, x + sum(lengths[:i]) + i * 24, y - 14, length, 28, 14)
    for i in range(3):
        c.circle("#e9c46a", 315 + i * 65, 465, 18)
    return c


def robot() -> Canvas:
    c = Canvas("#ffe5c4", "#ffc8a2")
    c.circle("#ff9b71", 860, 250, 190, opacity=0.5)
    c.box("#5f0f40", 0, 540, 1200, 90)
    c.box("#31263e", 200, 470, 230, 80, 20)
    joints = ((315, 460), (390, 230), (640, 140), (770, 290))
    c.line("#31263e", 66, *joints)
    c.line("#f6511d", 40, *joints)
    for x, y in joints[:3]:
        c.circle("#31263e", x, y, 44)
        c.circle("#ffe5c4", x, y, 18)
    c.line("#31263e", 18, (770, 290), (730, 350), (758, 400))
    c.line("#31263e", 18, (770, 290), (822, 340), (800, 400))
    c.line("#2d6a4f", 10, (779, 370), (776, 500))
    for i in range(6):
        c.circle("#fff8f0", 779 + 32 * cos(i * pi / 3), 380 + 32 * sin(i * pi / 3), 22)
    c.circle("#ffba08", 779, 380, 20)
    c.shape("#c1121f", [(716, 470), (840, 470), (818, 560), (738, 560)])
    return c


def rocket() -> Canvas:
    c = Canvas("#274690", "#f7b267")
    c.circle("#fff1d0", 930, 430, 120, opacity=0.75)
    c.shape("#fff1d0", [(560, 400), (640, 400), (720, 630), (480, 630)], opacity=0.875)
    c.shape("#f25c54", [(570, 390), (630, 390), (600, 520)])
    c.shape("#b23a48", [(556, 300), (486, 400), (556, 390)], [(644, 300), (714, 400), (644, 390)])
    c.shape("#fffaf0", [(556, 400), (548, 230), (566, 130), (600, 60), (634, 130), (652, 230), (644, 400)])
    c.shape("#f25c54", [(566, 130), (600, 60), (634, 130)])
    c.circle("#274690", 600, 220, 30)
    c.circle("#8ecae6", 600, 220, 20)
    for i, r in enumerate((110, 130, 120, 140, 120, 130, 90)):
        c.circle("#fdf6e3", 110 + i * 175, 620, r)
    return c


def observatory() -> Canvas:
    c = Canvas("#0b132b", "#3a506b")
    c.shape("#5bc0be", [(300, 0), (620, 0), (1200, 420), (1200, 560)], opacity=0.1875)
    c.shape("#9bf6e3", [(420, 0), (540, 0), (1200, 460), (1200, 520)], opacity=0.1875)
    c.stars(150, 8, 480)
    c.hills("#1c2541", 510, 40, 190, 1)
    c.box("#e0e6ed", 330, 380, 300, 140)
    c.shape("#f4f7fb", arc(480, 385, 170, 1, 2))
    c.shape("#0b132b", [(500, 220), (560, 236), (600, 390), (490, 390)])
    c.line("#ffb703", 26, (530, 350), (610, 190))
    c.box("#5c677d", 320, 380, 320, 22)
    c.box("#ffb703", 440, 450, 46, 70, 20)
    c.hills("#10182f", 585, 26, 130, 3)
    return c


def moon() -> Canvas:
    c = Canvas("#14213d", "#2b3a67")
    c.stars(110, 5)
    c.circle("#8ecae6", 1010, 150, 70)
    c.shape("#2a9d8f", arc(990, 150, 40, 0.3, 1.2), arc(1040, 165, 22, 0, 2))
    c.circle("#e5e5e5", 520, 1010, 680)
    craters = ((260, 470, 60), (470, 560, 90), (740, 470, 46), (860, 590, 70), (120, 590, 40), (610, 400, 26))
    for x, y, r in craters:
        c.circle("#cacaca", x, y, r)
        c.circle("#bcbcbc", x + 6, y + 6, r * 0.75)
    c.line("#fca311", 12, (340, 250), (290, 382))
    c.line("#fca311", 12, (440, 250), (490, 372))
    c.shape("#fca311", [(330, 270), (350, 190), (430, 190), (450, 270)])
    c.shape("#f4f1de", [(350, 190), (390, 130), (430, 190)])
    c.box("#14213d", 372, 212, 36, 32, 10)
    c.line("#f4f1de", 6, (390, 130), (390, 90))
    return c


def wind() -> Canvas:
    c = Canvas("#fef3c7", "#a7d8de")
    c.circle("#ff9f1c", 270, 220, 110)
    c.hills("#7fb685", 470, 50, 210, 0.5)
    for x, y, size, turn in ((860, 250, 190, 0.2), (1050, 330, 110, 0.5), (600, 330, 120, 0.9)):
        top, foot = size * 0.045, size * 0.08
        c.shape("#ffffff", [(x - top, y), (x + top, y), (x + foot, 620), (x - foot, 620)])
        for blade in range(3):
            a = (turn + blade * 2 / 3) * pi
            tip = (x + size * cos(a), y + size * sin(a))
            side = (x + size * 0.3 * cos(a + 0.35), y + size * 0.3 * sin(a + 0.35))
            c.shape("#ffffff", [(x, y), side, tip])
        c.circle("#e63946", x, y, size * 0.09)
    c.hills("#4f9d69", 550, 40, 160, 2.4)
    c.hills("#2f6f4f", 605, 24, 110, 1)
    return c


def cells() -> Canvas:
    c = Canvas("#0f2a2e", "#14454a")
    for i, colour in enumerate(("#ff6b6b", "#ffa94d", "#ffd43b", "#a9e34b", "#51cf66")):
        x, level = 150 + i * 188, 98 + i * 58
        c.box("#dbe7e4", x + 42, 96, 64, 40, 12)
        c.box("#dbe7e4", x, 120, 148, 400, 34)
        c.box("#0f2a2e", x + 16, 138, 116, 364, 22)
        c.box(colour, x + 30, 486 - level, 88, level, 12)
    c.shape("#fffbe6", [(988, 190), (934, 340), (970, 340), (950, 450), (1024, 300), (984, 300)])
    return c


def ocean() -> Canvas:
    c = Canvas("#ffd6a5", "#ffadad")
    c.circle("#fff3d6", 860, 210, 120)
    c.hills("#48bfe3", 330, 22, 90)
    tail = ((690, 400), (760, 330), (700, 290), (780, 270), (815, 300), (880, 280), (850, 340), (800, 360))
    c.shape("#22577a", [*arc(420, 420, 210, 1, 1.72), *tail, (740, 520), (210, 520)])
    c.circle("#fff3d6", 300, 390, 9)
    for dx in (-46, 0, 46):
        c.line("#e0fbfc", 10, (400, 190), (400 + dx * 0.6, 140), (400 + dx, 128 + abs(dx) * 0.4))
    for colour, y, phase in (("#5390d9", 430, 2), ("#4361a8", 505, 4), ("#2d3f78", 580, 1)):
        c.hills(colour, y, 24, 80, phase)
    return c


def fields() -> Canvas:
    c = Canvas("#bde0fe", "#e9f5db")
    c.circle("#fff3b0", 980, 120, 70)
    c.hills("#90be6d", 240, 30, 200, 1)
    greens = ("#6a994e", "#a7c957", "#386641", "#f2cc8f")
    for i in range(-9, 10):
        x, foot = 600 + i * 34, 600 + i * 190
        c.shape(greens[i % 4], [(x, 268), (x + 34, 268), (foot + 190, 630), (foot, 630)])
    for x in (420, 620):
        c.circle("#22333b", x, 150, 62, hole=54)
        c.line("#22333b", 10, (x, 150), (520, 196))
    c.box("#22333b", 466, 172, 108, 54, 24)
    c.circle("#ef476f", 520, 206, 17)
    c.shape("#ffffff", [(520, 222), (380, 480), (660, 480)], opacity=0.25)
    c.frame("#ffffff", 400, 400, 240, 130)
    return c


def night() -> Canvas:
    c = Canvas("#10002b", "#5a189a")
    for i in range(18):
        start = i * 0.37 % 2
        inner, outer = (arc(600, 420, r + i * 38, start, start + 0.5) for r in (60, 63))
        c.shape("#ffe8b6", [*inner, *reversed(outer)])
    for i in range(13):
        x, h = i * 100 - 40, 90 + i * 53 % 80
        c.box("#160f29", x, 630 - h, 84, h)
        c.shape("#160f29", [(x - 12, 631 - h), (x + 42, 580 - h), (x + 96, 631 - h)])
    c.box("#ffb703", 586, 520, 22, 30)
    return c


def archive() -> Canvas:
    c = Canvas("#3d2c2e", "#5c3d3a")
    random = Random(11)  # noqa: S311  a pattern, not a secret
    spines = ("#e07a5f", "#f2cc8f", "#81b29a", "#3d5a80", "#f4f1de", "#b56576")
    for shelf in (190, 390, 590):
        x = 40.0
        while x < WIDTH - 90:
            w, h = random.randint(26, 56), random.randint(96, 150)
            colour = random.choice(spines)
            c.box(colour, x, shelf - h, w, h, 5)
            c.box("#3d2c2e", x + 7, shelf - h + 20, w - 14, 8)
            x += w + random.choice((5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 70))
        c.box("#a9744f", 0, shelf, WIDTH, 22)
    c.circle("#fff8e1", 800, 300, 150, opacity=0.25)
    c.line("#2b1d1e", 34, (905, 405), (1010, 510))
    c.circle("#2b1d1e", 800, 300, 166, hole=142)
    return c


def reef() -> Canvas:
    c = Canvas("#48b5d9", "#0a5aa6")
    for left, foot in ((300, 20), (640, 560)):
        c.shape("#caf0f8", [(left, 0), (left + 110, 0), (foot + 220, 630), (foot, 630)], opacity=0.1875)
    corals = ((90, 230, "#ff7096"), (240, 160, "#ffb703"), (700, 120, "#c77dff"), (1040, 260, "#fb8500"))
    for x, h, colour in corals:
        for dx, part in ((-56, 0.7), (0, 1), (52, 0.8), (84, 0.5)):
            c.line(colour, 30, (x, 620), (x + dx * 0.6, 620 - h * part * 0.5), (x + dx, 600 - h * part))
    c.hills("#03254c", 600, 18, 100)
    school = ((430, 250, 80, "#ffd60a"), (640, 390, 54, "#ff8fab"), (800, 200, 60, "#f77f00"))
    for x, y, size, colour in school:
        tail = x + size * 1.6
        c.shape(colour, [(x + size * 0.6, y), (tail, y - size * 0.6), (tail, y + size * 0.6)])
        c.shape(colour, [(px, y + (py - y) * 0.62) for px, py in arc(x, y, size, 0, 2)])
        c.circle("#03254c", x - size * 0.5, y - size * 0.12, size * 0.1)
    return c


SCENES = (
    lens, moth, faces, voice, words, robot, rocket, observatory,
    moon, wind, cells, ocean, fields, night, archive, reef,
)  # fmt: skip
