"""Text as it goes into canonical bytes: NFC, one kind of line end, no surrogates."""

from unicodedata import normalize


def written(text: str) -> str:
    """Return ``text`` normalised; a lone surrogate becomes U+FFFD."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n").strip()
    return normalize("NFC", lines)
