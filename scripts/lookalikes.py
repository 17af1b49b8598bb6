"""Makes `knowledge/lookalikes.txt`: for each common character the ones whose printed shape is nearest.

    python scripts/lookalikes.py > knowledge/lookalikes.txt

Needs numpy and pillow (extra `dev`) and the fonts named below (Debian: fonts-noto-cjk, fonts-wqy-microhei).
"""

from __future__ import annotations

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = (("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2), ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0))
NEAREST = 10
LEAST = 0.86
"""Cosine of the blurred pictures."""


def common() -> list[str]:
    """The 3,755 characters of the first level of GB 2312."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [character for code in codes if (character := code.decode("gb2312", "ignore"))]


def picture(character: str, font: ImageFont.FreeTypeFont) -> numpy.ndarray:
    image = Image.new("L", (60, 60), 0)
    ImageDraw.Draw(image).text((6, 2), character, font=font, fill=255)
    dots = numpy.asarray(image.filter(ImageFilter.GaussianBlur(2)).resize((30, 30)), dtype=numpy.float32).ravel()
    return dots / numpy.linalg.norm(dots)


def likeness(characters: list[str]) -> numpy.ndarray:
    fonts = [ImageFont.truetype(path, 48, index=index) for path, index in FONTS]
    pictures = [numpy.stack([picture(character, font) for character in characters]) for font in fonts]
    mean: numpy.ndarray = sum(each @ each.T for each in pictures) / len(fonts)
    numpy.fill_diagonal(mean, 0)
    return mean


def main() -> None:
    characters = common()
    for character, row in zip(characters, likeness(characters), strict=True):
        nearest = [characters[at] for at in numpy.argsort(-row)[:NEAREST] if row[at] >= LEAST]
        if nearest:
            print(character + "".join(nearest))


if __name__ == "__main__":
    main()
