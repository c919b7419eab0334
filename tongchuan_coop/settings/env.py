"""The only reader of the environment: typed, with a Chinese sentence for a wrong value."""

import contextlib
import datetime as dt
import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the trimmed value, or the default when it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return True or False; anything else than true/false/1/0/yes/no is refused."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    msg = f"环境变量 {name} 只能是 true 或 false，现在是“{value}”。"
    raise ImproperlyConfigured(msg)


def number(name: str, default: int) -> int:
    """Return a whole number that is not negative."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        msg = f"环境变量 {name} 应为整数，现在是“{value}”。"
        raise ImproperlyConfigured(msg)
    return int(value)


def choice(name: str, among: tuple[str, ...], default: str) -> str:
    """Return one of a few words."""
    value = text(name, default)
    if value not in among:
        msg = f"环境变量 {name} 只能是 {'、'.join(among)} 之一，现在是“{value}”。"
        raise ImproperlyConfigured(msg)
    return value


def words(name: str) -> list[str]:
    """Return a comma-separated list without blanks."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def day(name: str) -> dt.date | None:
    """Return a date written 2021-07-20, or None."""
    value = text(name)
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        msg = f"环境变量 {name} 应写成 2021-07-20 的样子，现在是“{value}”。"
        raise ImproperlyConfigured(msg) from None


def database(name: str, default: Path) -> dict[str, Any]:
    """Return Django's settings of one database from an address, or SQLite at the default path."""
    return dict(dj_database_url.parse(text(name, f"sqlite:///{default}")))


def kept_secret(folder: Path) -> str:
    """Return the key kept in a folder; make it once when it is not there yet."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secret-key.{os.getpid()}"
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        draft.chmod(0o600)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def verbatim(name: str, default: str) -> str:
    """Return the value even when it is empty: an empty JURISDICTION means the nation."""
    return os.environ.get(name, default).strip()


def elsewhere(folder: Path) -> dict[str, str]:
    """Return an environment for a child that shall work on the embedded default in a folder."""
    left_out = {
        "DATABASE_URL",
        "REDIS_URL",
        "PROMETHEUS_MULTIPROC_DIR",
        "DJANGO_SETTINGS_MODULE",
    }
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "DATA_DIR": str(folder)}
