"""Files with a public key, such as a registrar's: the public form of seal-v1, section 1."""

from pathlib import Path

from comity.node.errors import BadConfig
from comity.seal.canonical import decode
from comity.seal.errors import SealError
from comity.seal.keys import VerifyKey
from comity.seal.suites import read_verify_key
from comity.text import say


def read_public_key(file: Path) -> VerifyKey:
    """Return the key of a file; raise ``BadConfig`` that names the file."""
    try:
        return read_verify_key(decode(file.read_bytes().strip()))
    except OSError as error:
        raise BadConfig(
            say(
                "The registrar's key %(file)s cannot be read: %(error)s. Put it back, or take "
                'it out of "registrars" in comity.toml.',
                file=str(file),
                error=error.strerror or str(error),
            )
        ) from error
    except SealError as error:
        raise BadConfig(
            say(
                "The file %(file)s does not hold a registrar's public key: %(error)s",
                file=str(file),
                error=str(error.sentence),
            )
        ) from error
