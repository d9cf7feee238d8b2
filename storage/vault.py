"""Seals what belongs to the complainant, with the house's own key file.

Here: encryption at rest, keyed hashes, signatures. Not here: masking for readers (nistaran/domain/privacy.py). There is no
way to run without a key: a house that has none refuses to start.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nistaran.domain.complaint import Complainant
from nistaran.domain.errors import NotReady, ObjectDamaged
from nistaran.domain.identity import phone_digits, plain
from storage.streams import make_durable, sync_folder

_KEY_BYTES = 32
_NONCE_BYTES = 12  # 96 random bits: safe for 2^32 seals under one key, thousands of years of a district's complaints
_PERSON_HEX = 32
_MAX_KEYS = 255

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class FileVault:
    """Seals and opens with the keys of one file. Make the file with `FileVault.create`, open it with `FileVault.open_file`.

    A sealed value is: one byte key id, 12 bytes nonce, ciphertext with tag (AES-256-GCM). After `rotate()` new values are sealed
    with the newest key, old ones open by their id. Keyed hashes and signatures stay with the first key: repeats must be found,
    and the ledger's text seals and checkpoints proven by computing them again, across every rotation.
    """

    def __init__(self, keys: dict[int, bytes]) -> None:
        """`keys` by id (1–255), 32 bytes each. Raises NotReady when there is none or one is of another length."""
        if not keys or any(len(key) != _KEY_BYTES or not 0 < name <= _MAX_KEYS for name, key in keys.items()):
            raise NotReady("the house key file holds no usable key")
        first, self._newest = min(keys), max(keys)
        self._sealers = {name: AESGCM(_subkey(key, "seal")) for name, key in keys.items()}
        self._person_key, self._text_key = _subkey(keys[first], "person"), _subkey(keys[first], "text")
        self._signing_key = _subkey(keys[first], "checkpoint")
        self._seal_now = self._sealers[self._newest].encrypt
        self._prefix = bytes([self._newest])

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new key file, readable by its owner alone. Raises FileExistsError: a key is never overwritten."""
        key = os.urandom(_KEY_BYTES)
        _write(path, f"1:{base64.b64encode(key).decode()}\n")
        return cls({1: key})

    @classmethod
    def open_file(cls, path: Path) -> Self:
        """Open the key file. Raises NotReady when it is missing, damaged or readable by others."""
        return cls(_read(path))

    @classmethod
    def rotate(cls, path: Path) -> Self:
        """Add a new key to the file: from now on it seals, the old ones only open. Raises NotReady as open_file() does."""
        keys = _read(path)
        if max(keys) == _MAX_KEYS:
            raise NotReady("the key file is full: seal everything anew under a new one")
        keys[max(keys) + 1] = os.urandom(_KEY_BYTES)
        text = "".join(f"{name}:{base64.b64encode(key).decode()}\n" for name, key in sorted(keys.items()))
        aside = path.with_name(path.name + ".new")
        aside.unlink(missing_ok=True)
        _write(aside, text)
        aside.replace(path)
        sync_folder(path.parent)
        return cls(keys)

    def seal(self, complainant: Complainant, *, to: str) -> bytes:
        """Encrypt and authenticate, bound to the case's key: moved to another case it does not open."""
        return self.seal_bytes(_encode((complainant.name, complainant.phone, complainant.address)).encode(), to=to)

    def open(self, sealed: bytes, *, to: str) -> Complainant:
        """Decrypt. Raises ObjectDamaged when altered or moved, NotReady when its key is not in the file."""
        name, phone, address = json.loads(self.open_bytes(sealed, to=to))
        return Complainant(name=name, phone=phone, address=address)

    def seal_bytes(self, data: bytes, *, to: str) -> bytes:
        """Encrypt and authenticate any bytes, bound to the name of what they belong to."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._prefix + nonce + self._seal_now(nonce, data, self._prefix + to.encode())

    def open_bytes(self, sealed: bytes, *, to: str) -> bytes:
        """Decrypt any bytes. Raises ObjectDamaged when altered or moved, NotReady when its key is not in the file."""
        if len(sealed) < 1 + _NONCE_BYTES:
            raise ObjectDamaged("a sealed value is too short")
        sealer = self._sealers.get(sealed[0])
        if sealer is None:
            raise NotReady(f"a value was sealed with key {sealed[0]}, which is not in the house key file")
        try:
            return sealer.decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], sealed[:1] + to.encode())
        except InvalidTag:
            raise ObjectDamaged("a sealed value was altered, or sealed with another key") from None

    def person(self, complainant: Complainant) -> str:
        """A keyed hash of the phone, or else of name and address; "" when none of them is there. 32 hex letters."""
        known_by = _phone(complainant) or _name_and_address(complainant)
        return _keyed(self._person_key, known_by)[:_PERSON_HEX] if known_by else ""

    def text_seal(self, case_id: int, text: str) -> str:
        """A keyed hash of a text for the ledger: proves the text was not changed, says nothing about it. 64 hex letters."""
        return _keyed(self._text_key, f"{case_id}\n{text}")

    def sign(self, data: bytes) -> str:
        """Sign: only who holds the key file can make the 64 hex letters that belong to these bytes."""
        return hmac.digest(self._signing_key, data, "sha256").hex()


def _phone(complainant: Complainant) -> str:
    digits = phone_digits(complainant.phone) if complainant.phone else ""
    return f"phone\n{digits}" if digits else ""


def _name_and_address(complainant: Complainant) -> str:
    name, address = plain(complainant.name), plain(complainant.address)
    return f"name\n{name}\n{address}" if name or address else ""


def _keyed(key: bytes, text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=32).hexdigest()


def _subkey(key: bytes, use: str) -> bytes:
    """One key for one use: what leaks from one says nothing about another (HKDF, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=f"nistaran {use} 1".encode()).derive(key)


def _read(path: Path) -> dict[int, bytes]:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise NotReady(
                    "the house key file can be read by others: `chmod 600` it, and rotate if they could have"
                )
            lines = file.read(64 * 1024).decode("ascii").split()
        parted = [line.partition(":") for line in lines]
        return {int(name): base64.b64decode(key, validate=True) for name, _, key in parted}
    except FileNotFoundError:
        raise NotReady("there is no house key file") from None
    except ValueError:
        raise NotReady("the house key file is damaged: put the backup back") from None


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(text.encode("ascii"))
        make_durable(file)
    sync_folder(path.parent)
