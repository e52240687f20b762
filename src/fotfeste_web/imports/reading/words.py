"""Words as they are compared: without case, accents, spaces and signs."""

import re
import unicodedata

SIGNS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "đ": "d"})
ASIDE = re.compile(r"\([^()]*\)")  # «Telefon (mobil)»


def fold(text: str) -> str:
    text = ASIDE.sub(" ", text).casefold().translate(SIGNS)
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if sign.isalnum())


def fold_name(text: str) -> str:
    """A name as it is compared: case and spacing do not tell two people apart, letters do."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
