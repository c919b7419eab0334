"""The archive file: a zip with a manifest that vouches for every other member."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = "tongchuan-coop-backup"
VERSION = 1
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024


class BackupRefused(Exception):
    """Carries a Chinese sentence: what is wrong with this archive or place, and what to do."""


class ArchiveWriter:
    """Writes members one after another and the manifest last."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.members: dict[str, str] = {}

    def lines(self, name: str, lines: Iterable[str]) -> int:
        """Write text lines as one member; return how many there were."""
        digest, count = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as member:
            for line in lines:
                data = line.encode() + b"\n"
                member.write(data)
                digest.update(data)
                count += 1
        self.members[name] = digest.hexdigest()
        return count

    def file(self, name: str, path: Path) -> None:
        """Write one file of the data folder as a member."""
        digest = hashlib.sha256()
        with path.open("rb") as source, self._zip.open(name, "w", force_zip64=True) as member:
            while block := source.read(BLOCK):
                member.write(block)
                digest.update(block)
        self.members[name] = digest.hexdigest()

    def close(self, **facts: Any) -> None:
        """Write the manifest and finish the file."""
        manifest = {"format": FORMAT, "version": VERSION, **facts, "members": self.members}
        self._zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, sort_keys=True))
        self._zip.close()


class Archive:
    """An archive that was read to its end and found whole."""

    def __init__(self, path: Path) -> None:
        """Check every member before anything is used; raise BackupRefused otherwise."""
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
        except FileNotFoundError:
            raise BackupRefused(f"找不到备份文件 {path}，请核对路径。") from None
        except (OSError, zipfile.BadZipFile, KeyError, ValueError):
            raise BackupRefused(
                "这个文件不完整，或者不是本系统的备份文件。没有改动任何数据；请换一份备份。"
            ) from None
        if not isinstance(self.manifest, dict) or self.manifest.get("format") != FORMAT:
            raise BackupRefused("这个文件不是本系统的备份文件。没有改动任何数据；请核对文件。")
        if self.manifest.get("version") != VERSION:
            raise BackupRefused(
                "这份备份的格式版本与本系统不同。没有改动任何数据；请用生成它的版本恢复。"
            )
        self._check_members()

    def _check_members(self) -> None:
        told: dict[str, str] = self.manifest["members"]
        if set(told) | {MANIFEST} != set(self._zip.namelist()):
            raise BackupRefused("备份文件里的内容与清单不符。没有改动任何数据；请换一份备份。")
        for name, digest in told.items():
            path = Path(name)
            if path.is_absolute() or ".." in path.parts:
                raise BackupRefused("备份文件里有不该有的路径。没有改动任何数据；请核对来源。")
            try:
                with self._zip.open(name) as member:
                    found = _digest(member)  # type: ignore[arg-type]
            except (OSError, zipfile.BadZipFile, ValueError, EOFError, zlib.error):
                found = ""
            if found != digest:
                raise BackupRefused(
                    f"备份文件已损坏（{name} 校验不符）。没有改动任何数据；请换一份备份。"
                )

    def lines(self, name: str) -> Iterator[str]:
        """Read the text lines of a member."""
        with self._zip.open(name) as member:
            for line in member:
                yield line.decode().rstrip("\n")

    def names(self, folder: str) -> list[str]:
        """Return the members under a folder, in order."""
        return sorted(name for name in self.manifest["members"] if name.startswith(f"{folder}/"))

    def extract(self, name: str, target: Path) -> None:
        """Write one member to a new file."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._zip.open(name) as member, target.open("wb") as out:
            while block := member.read(BLOCK):
                out.write(block)
        target.chmod(0o600)


def _digest(source: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := source.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()
