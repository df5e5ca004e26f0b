"""Pictures drawn for the demo: a logo, faces, signatures, and photos before and after the work."""

import base64
import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (960, 720)  # of the drawing
PHOTO = (640, 480)
COLOURS = ("#1F4E79", "#2E9CCA", "#B03A2E", "#117A65", "#7D3C98", "#B9770E", "#34495E")
WALL, FLOOR = "#D9D4C7", "#9C8F7E"
STEEL, COPPER, RUST, DIRT, WATER = "#C9CED2", "#B87333", "#8A4B2A", "#6B5B45", "#8FB8CC"


def _encode(image, form="JPEG"):
    stream = io.BytesIO()
    image.save(stream, form, quality=82)
    return base64.b64encode(stream.getvalue())


def _font(size):
    return ImageFont.load_default(size)


def _canvas(wall=WALL, floor=FLOOR):
    """A wall above a floor, lit from the left."""
    image = Image.new("RGB", SIZE, wall)
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    draw.rectangle((0, height * 0.78, width, height), fill=floor)
    draw.line((0, height * 0.78, width, height * 0.78), fill="#7A6E60", width=6)
    return image, draw


def _finish(image, seed):
    """Light, grain and softness, so that a drawing looks like a picture taken on site."""
    image = image.resize(PHOTO, Image.BICUBIC)
    width, height = image.size
    shade = Image.linear_gradient("L").rotate(90).resize(image.size)
    dark = Image.eval(image, lambda value: int(value * 0.72))
    image = Image.composite(dark, image, shade)
    noise = Image.effect_noise((width // 2, height // 2), 26).resize(image.size)
    grain = Image.merge("RGB", (noise, noise, noise))
    image = Image.blend(image, grain, 0.07).filter(ImageFilter.GaussianBlur(1.1))
    angle = random.Random(seed).uniform(-1.5, 1.5)  # noqa: S311, a drawing
    return image.rotate(angle, resample=Image.BICUBIC, fillcolor="#5E564B")


def _stains(draw, seed, box, colour, count=40, size=26):
    chance = random.Random(seed)  # noqa: S311, a drawing
    left, top, right, bottom = box
    for _count in range(count):
        x, y = chance.uniform(left, right), chance.uniform(top, bottom)
        radius = chance.uniform(size / 4, size)
        draw.ellipse((x - radius, y - radius * 0.7, x + radius, y + radius * 0.7), fill=colour)


def _heater(draw, after):
    draw.rounded_rectangle((360, 120, 600, 600), 40, fill="#F2F4F4" if after else "#B8B2A5")
    draw.rectangle((360, 170, 600, 184), fill="#8D9499")
    draw.line((420, 120, 420, 0), fill=COPPER, width=22)
    draw.line((540, 120, 540, 0), fill=COPPER, width=22)
    draw.rounded_rectangle((440, 300, 520, 400), 8, fill="#2E86C1" if after else "#8E8A80")
    draw.rectangle((372, 600, 588, 622), fill="#5D6D7E")
    if not after:
        _stains(draw, 1, (370, 500, 590, 600), RUST, 60, 20)
        _stains(draw, 2, (420, 120, 540, 180), "#5F8D6E", 12, 12)
        draw.ellipse((230, 580, 740, 690), fill=WATER)
        draw.ellipse((300, 600, 640, 660), fill="#B5D3E0")


def _sink(draw, after):
    draw.rectangle((180, 300, 780, 360), fill="#EDEFF0")
    draw.rounded_rectangle((240, 340, 720, 560), 60, fill=STEEL)
    basin = "#DDE3E6" if after else "#5B4A34"
    draw.rounded_rectangle((270, 360, 690, 530), 50, fill=basin)
    draw.line((480, 300, 480, 170), fill="#8D9499", width=28)
    draw.arc((400, 110, 490, 230), 180, 360, fill="#8D9499", width=26)
    if after:
        draw.ellipse((450, 440, 510, 490), fill="#707B7C")
    else:
        _stains(draw, 3, (290, 380, 670, 500), "#3E3222", 40, 24)
        _stains(draw, 4, (290, 380, 670, 420), "#8C7B5A", 20, 18)
    draw.line((480, 560, 480, 700), fill="#F0F0F0", width=34)


def _pipe(draw, after):
    draw.line((60, 330, 900, 330), fill=COPPER, width=44)
    draw.line((300, 330, 300, 620), fill=COPPER, width=44)
    for x in (180, 620, 820):
        draw.rectangle((x, 300, x + 26, 360), fill="#7B7D7D")
    draw.ellipse((262, 292, 338, 368), fill="#CD8B4A" if after else "#7A4A22")
    if after:
        draw.rectangle((470, 296, 560, 364), fill="#D4AC0D")
        draw.line((515, 296, 515, 240), fill="#922B21", width=14)
        draw.rounded_rectangle((450, 216, 580, 246), 12, fill="#C0392B")
    else:
        _stains(draw, 5, (240, 300, 420, 420), "#4E8A63", 30, 18)
        for x, y in ((330, 400), (345, 460), (322, 520), (350, 580), (336, 640)):
            draw.ellipse((x - 12, y - 20, x + 12, y + 16), fill=WATER)


def _heat_pump(draw, after):
    draw.rounded_rectangle((200, 190, 760, 590), 24, fill="#E5E8E8" if after else "#A9A79C")
    draw.ellipse((240, 230, 560, 550), fill="#4D5656")
    for turn in range(6):
        angle = turn * math.pi / 3
        x, y = 400 + 140 * math.cos(angle), 390 + 140 * math.sin(angle)
        draw.line((400, 390, x, y), fill="#AEB6BF", width=24)
    draw.ellipse((370, 360, 430, 420), fill="#2C3E50")
    for y in range(240, 560, 28):
        draw.line((600, y, 730, y), fill="#707B7C" if after else DIRT, width=10)
    if not after:
        _stains(draw, 6, (210, 380, 740, 590), DIRT, 70, 22)
        _stains(draw, 7, (230, 200, 740, 260), "#F4F6F7", 40, 24)


def _duct(draw, after):
    draw.polygon(((0, 720), (0, 0), (960, 0), (960, 720)), fill="#7F8C8D")
    for step in range(6):
        inset = step * 66
        shade = 210 - step * 26
        colour = (shade, shade, shade) if after else (shade - 50, shade - 62, shade - 80)
        draw.rectangle((inset, inset * 0.75, 960 - inset, 720 - inset * 0.75), fill=colour)
    draw.rectangle((396, 297, 564, 423), fill="#1C2833")
    if not after:
        _stains(draw, 8, (60, 480, 900, 700), "#4A4237", 130, 26)
        _stains(draw, 9, (60, 40, 900, 200), "#5B5244", 50, 20)


def _furnace(draw, after):
    draw.rectangle((300, 90, 660, 640), fill="#AEB6BF")
    draw.rectangle((330, 120, 630, 330), fill="#566573")
    draw.ellipse((390, 400, 570, 580), fill="#D5D8DC" if after else "#4A3B2A")
    draw.ellipse((440, 450, 520, 530), fill="#2C3E50")
    for x in (370, 430, 490, 550):
        colour = "#3498DB" if after else "#E67E22"
        draw.polygon(((x, 310), (x + 26, 310), (x + 13, 220 if after else 170)), fill=colour)
    if not after:
        _stains(draw, 10, (330, 120, 630, 220), "#2B2B2B", 60, 18)


SCENES = {
    "heater": _heater,
    "sink": _sink,
    "pipe": _pipe,
    "heat_pump": _heat_pump,
    "duct": _duct,
    "furnace": _furnace,
}


def photo(scene, after=False):
    """A photo taken on site, as base64: before the work, or after it."""
    image, draw = _canvas()
    SCENES[scene](draw, after)
    return _encode(_finish(image, f"{scene}{after}"))


def logo():
    """The firm's logo: a drop and a snowflake beside its name."""
    image = Image.new("RGB", (900, 260), "white")
    draw = ImageDraw.Draw(image)
    draw.polygon(((130, 20), (60, 140), (200, 140)), fill="#2E9CCA")
    draw.ellipse((54, 84, 206, 236), fill="#2E9CCA")
    for turn in range(3):
        angle = turn * math.pi / 3
        x, y = 52 * math.cos(angle), 52 * math.sin(angle)
        draw.line((130 - x, 160 - y, 130 + x, 160 + y), fill="white", width=10)
    # Pillow's own letters have no accents: this one is drawn.
    font = _font(104)
    draw.text((250, 36), "BOREALE", font=font, fill="#1F4E79")
    accent = 250 + font.getlength("BOR") + 26
    draw.line((accent, 42, accent + 22, 20), fill="#1F4E79", width=11)
    draw.text((256, 168), "Plomberie & Ventilation", font=_font(50), fill="#5D6D7E")
    return _encode(image, "PNG")


def portrait(name):
    """A person's initials on a colour of their own."""
    words = name.replace("-", " ").split()
    initials = "".join(word[0] for word in (words[0], words[-1]))
    image = Image.new("RGB", (256, 256), COLOURS[sum(map(ord, name)) % len(COLOURS)])
    ImageDraw.Draw(image).text((128, 128), initials, font=_font(112), fill="white", anchor="mm")
    return _encode(image, "PNG")


def signature(name):
    """A signature as drawn with a finger on a phone."""
    chance = random.Random(name)  # noqa: S311, a drawing
    image = Image.new("RGB", (560, 180), "white")
    draw = ImageDraw.Draw(image)
    speed, phase = chance.uniform(0.30, 0.42), chance.uniform(0, 6)
    points = []
    for step in range(160):
        turn = step * speed + phase
        height = 46 * math.exp(-step / 110) * (1 + 0.5 * math.sin(turn / 3.7))
        points.append((50 + step * 2.6 + 15 * math.cos(turn), 95 - height * math.sin(turn)))
    draw.line(points, fill="#1B2631", width=4, joint="curve")
    draw.line((70, 140, 480, 128), fill="#1B2631", width=4)
    return _encode(image, "PNG")
