"""The manifest: one line for each sealed WARC file, chained to the line before, so that nothing goes away unseen.

``warc/PORTAL/manifest.jsonl``. Standard checkers look at one record after the other; a file cut between two records, or
without one of them, passes them all. The manifest knows each file's digest, bytes and number of records, and each line
knows the digest of the line before. A line can carry an SSH signature (``ssh-keygen -Y sign``), which makes the whole
chain up to it the word of whoever holds the key.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

import msgspec

from archive.errors import ArchiveError

NAMESPACE = "gongkai-manifest"


class SealedFile(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line of the manifest."""

    file: str
    digest: str  # "sha256:" + hexadecimal, of the whole file
    bytes: int
    records: int
    first: str  # WARC-Date of the first and the last record
    last: str
    crawl: str
    sealed: str  # when: UTC
    by: str  # close, rotation, recovery, import
    previous: str | None  # digest of the line before, without its line end; null on the first
    check: str = ""  # digest of this line without this key and the signature: the last line has no follower to vouch
    signature: str | None = None  # SSH signature over this line without this key, armoured


class Manifest:
    """The manifest of one portal."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "manifest.jsonl"

    def raw_lines(self) -> tuple[list[bytes], bytes]:
        """The whole lines, and what follows the last line end (torn by a kill; normally nothing)."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return [], b""
        *lines, tail = data.split(b"\n")
        return lines, tail

    def lines(self) -> list[SealedFile]:
        """All lines. Raises ``ArchiveError`` where one is not a manifest line."""
        return [decode_line(line, f"{self.path.name} line {n}") for n, line in enumerate(self.raw_lines()[0], 1)]

    def lines_lenient(self) -> list[SealedFile]:
        """The lines that can be read, for readers who must work on a damaged archive; ``verify`` tells of the rest."""
        found = []
        for line in self.raw_lines()[0]:
            try:
                found.append(decode_line(line, ""))
            except ArchiveError:
                continue
        return found

    def append(self, entry: SealedFile, key: Path | None = None) -> SealedFile:
        """Chains, signs (with a key), and writes a line durably. Raises OSError where the disk does not take it."""
        lines, tail = self.raw_lines()
        previous = line_digest(lines[-1]) if lines else None
        entry = msgspec.structs.replace(entry, previous=previous, check="", signature=None)
        entry = msgspec.structs.replace(entry, check=own_check(entry))
        if key is not None:
            entry = msgspec.structs.replace(entry, signature=sign(msgspec.json.encode(entry), key))
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            size = os.fstat(descriptor).st_size - len(tail)
            data = msgspec.json.encode(entry) + b"\n"
            try:
                if os.pwrite(descriptor, data, size) != len(data):
                    raise OSError(28, "No space left on device")  # a short write is how a full disk begins
            except OSError:
                os.ftruncate(descriptor, size)
                raise
            os.ftruncate(descriptor, size + len(data))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return entry


def decode_line(line: bytes, where: str) -> SealedFile:
    """One line. Raises ``ArchiveError`` where it is not what was written."""
    try:
        entry = msgspec.json.decode(line, type=SealedFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{where} is not a manifest line: {error}") from error
    if entry.check != own_check(entry) or msgspec.json.encode(entry) != line:
        raise ArchiveError(f"{where} was changed after it was written")
    return entry


def own_check(entry: SealedFile) -> str:
    """What the line says of itself."""
    return line_digest(msgspec.json.encode(msgspec.structs.replace(entry, check="", signature=None)))


def line_digest(line: bytes) -> str:
    """What the next line calls ``previous``."""
    return "sha256:" + sha256(line).hexdigest()


def file_digest(path: Path) -> tuple[str, int]:
    """Digest and size of a file."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            digest.update(data)
            size += len(data)
    return "sha256:" + digest.hexdigest(), size


def sign(data: bytes, key: Path) -> str:
    """SSH signature over the data with a private key that asks for no passphrase (or one that an agent holds)."""
    try:
        done = subprocess.run(
            ["ssh-keygen", "-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE],
            input=data,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise ArchiveError("ssh-keygen is not installed: the manifest cannot be signed") from None
    if done.returncode or b"BEGIN SSH SIGNATURE" not in done.stdout:
        raise ArchiveError(f"cannot sign with {key}: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout.decode("ascii")


def signature_problem(entry: SealedFile, allowed_signers: Path | None = None) -> str | None:
    """What is wrong with a line's signature, or None. Without ``allowed_signers`` (a file as ssh-keygen's manual says)
    only that the signature fits the line; with it, also that one of these people made it."""
    if entry.signature is None:
        return "not signed"
    data = msgspec.json.encode(msgspec.structs.replace(entry, signature=None))
    with tempfile.NamedTemporaryFile("w", suffix=".sig") as file:
        file.write(entry.signature)
        file.flush()
        check = ["ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", file.name]
        if allowed_signers is not None:
            find = ["ssh-keygen", "-Y", "find-principals", "-f", str(allowed_signers), "-s", file.name]
            who = subprocess.run(find, capture_output=True, text=True, check=False)
            if who.returncode:
                return "signed by somebody who is not among the allowed signers"
            principal = who.stdout.splitlines()[0]
            check = ["ssh-keygen", "-Y", "verify", "-f", str(allowed_signers), "-I", principal]
            check += ["-n", NAMESPACE, "-s", file.name]
        done = subprocess.run(check, input=data, capture_output=True, check=False)
    return None if done.returncode == 0 else "the signature does not fit the line"
