"""A visitor of a running portal: signs in, reads and sends forms over a kept connection."""

import http.client
import re
import time
import uuid
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer:
    """Status, text and seconds of one answer."""

    def __init__(self, status: int, text: str, seconds: float, headers: dict[str, str]) -> None:
        self.status, self.text, self.seconds, self.headers = status, text, seconds, headers


class Visitor:
    """One person at one browser; not for several threads."""

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        self.host, self.port = place.hostname or "127.0.0.1", place.port or 80
        self.cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None

    def sign_in(self, username: str, password: str) -> Answer:
        """Sign in through the form."""
        return self.submit("/accounts/login/", username=username, password=password)

    def get(self, path: str) -> Answer:
        """Read a page; redirects are not followed."""
        return self._ask("GET", path, b"", {})

    def submit(self, path: str, **fields: str) -> Answer:
        """Send a form, with the token of the page at the same address or of the last one."""
        body = urlencode({"csrfmiddlewaretoken": self._token(path), **fields}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, name: str, filename: str, content: bytes, **fields: str) -> Answer:
        """Send a form with a file."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {"csrfmiddlewaretoken": self._token(path), **fields}.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts += [f"{head}\r\n\r\n".encode(), content, f"\r\n--{mark}--\r\n".encode()]
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._ask("POST", path, b"".join(parts), kind)

    def _token(self, path: str) -> str:
        found = _TOKEN.search(self.get(path).text)
        return found.group(1) if found else self.cookies.get("csrftoken", "")

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"http://{self.host}:{self.port}{path}",
            **headers,
        }
        began = time.monotonic()
        for last in (False, True):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
            try:
                self._connection.request(method, path, body, sent)
                got = self._connection.getresponse()
                text = got.read().decode("utf-8", "replace")
                break
            except (http.client.HTTPException, ConnectionError):
                # A kept connection may have been closed meanwhile: once more on a new one.
                self._connection = None
                if last:
                    raise
        for value in got.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(value).items():
                self.cookies[name] = morsel.value
        return Answer(got.status, text, time.monotonic() - began, dict(got.headers))
