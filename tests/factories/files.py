"""Files as people send them."""

import io

import pikepdf
from PIL import Image

SECRET = "GEHEIM-spoor"


def photo(form="JPEG", *, size=(40, 30), **saved):
    """A photo as a telephone makes it: lying on its side, with its maker written in it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = SECRET, 6
    target = io.BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(target, form, exif=exif, **saved)
    return target.getvalue()


def paper(change=None, **saved):
    """A PDF of one page, with what `change` does to it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if change:
            change(pdf)
        target = io.BytesIO()
        pdf.save(target, **saved)
    return target.getvalue()


PHOTO = photo()
