"""A signed-in officer over HTTP, as a browser without script would be."""

import http.client
import re
from html.parser import HTMLParser
from typing import Self
from urllib.parse import quote, urlencode

HOST = "127.0.0.1"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Officer:
    """One connection that stays open, with its cookies."""

    def __init__(self, port: int) -> None:
        """Keep the address; nothing is sent yet."""
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self._origin = f"http://{HOST}:{port}"
        self._cookies: dict[str, str] = {}
        self.place = ""

    @classmethod
    def signed_in(cls, port: int, login: str, password: str) -> Self:
        """Sign in through the page that people use."""
        officer = cls(port)
        officer.get("/dang-nhap/")
        officer.post("/dang-nhap/", {"login": login, "password": password})
        if "sessionid" not in officer._cookies:
            raise SystemExit(f"Signing in as {login} did not work.")
        return officer

    def get(self, path: str) -> str:
        """Return a page; anything but 200 ends the measurement."""
        status, text = self._ask("GET", path)
        if status != 200:
            raise SystemExit(f"GET {path} answered {status}: {_words(text)}")
        return text

    def post(self, path: str, data: dict[str, str]) -> str:
        """Send a form that must be taken; return where it leads."""
        token = self._cookies.get("csrftoken", "")
        status, text = self._ask("POST", path, urlencode({**data, "csrfmiddlewaretoken": token}))
        if status != 302:
            raise SystemExit(f"POST {path} answered {status}: {_words(text)}")
        return self.place

    def intake(self, procedure: str) -> dict[str, str]:
        """Return the form of an intake as it stands for a procedure, with all its papers ticked."""
        reader = _Fields()
        reader.feed(self.get(f"/desk/intake/?procedure={procedure}"))
        papers = {name: "1" for name in reader.all if re.fullmatch(r"p\d+", name)}
        return {**reader.found, **papers, "do": "receive"}

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()), "Origin": self._origin}
        self._connection.request(method, quote(path, safe="/?=&%+"), body=body, headers=headers | (FORM if body is not None else {}))
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        self.place = answer.headers.get("Location") or ""
        return answer.status, text


class _Fields(HTMLParser):
    """The inputs of a page: all by name, and those that are sent as they stand."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.all: set[str] = set()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an input."""
        given = dict(attrs)
        name = given.get("name") or ""
        if tag != "input" or not name:
            return
        self.all.add(name)
        if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
            self.found[name] = given.get("value") or ""


def _words(text: str) -> str:
    """Return the plain words of a page's middle, for a person who must find out what went wrong."""
    problems = re.findall(r'class="[^"]*(?:problem|error|alert)[^"]*"[^>]*>(.*?)</', text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>|\s+", " ", " / ".join(problems) or text).split())[:600]
