"""Events of a proxy, with W3C names, and of nginx, with its variables."""

from __future__ import annotations

import base64
import random
from datetime import datetime

from event_sources.source import Event, Planted, Source, hit, iso_seconds, miss

UPLOAD = "web/proxy_large_upload.yml"
CREDENTIALS = "web/web_default_credentials.yml"
TRAVERSAL = "web/web_path_traversal_answered.yml"

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101"


def proxy(method: str, sent_bytes: object, **others: object) -> Event:
    return {
        "c-ip": "10.0.4.17",
        "cs-method": method,
        "c-uri": "https://files.example.org/in",
        "cs-host": "files.example.org",
        "cs-bytes": sent_bytes,
        "sc-status": 200,
        "dst_ip": "203.0.113.80",
    } | {name.replace("_", "-"): value for name, value in others.items()}


def request(uri: str, status: int = 200, **others: object) -> Event:
    return {
        "remote_addr": "198.51.100.66",
        "request_method": "GET",
        "request_uri": uri,
        "status": status,
        "body_bytes_sent": 512,
        "http_user_agent": BROWSER,
        "http_host": "shop.example.com",
    } | others


def basic(credentials: str) -> str:
    return "Basic " + base64.b64encode(credentials.encode()).decode()


def to_proxy(event: Event, time: datetime, _number: int) -> Event:
    """Returns a line of a proxy."""
    return {"time": iso_seconds(time)} | event


def to_nginx(event: Event, time: datetime, _number: int) -> Event:
    """Returns a line of nginx with a JSON log_format."""
    return {"timestamp": time.strftime("%FT%T+00:00")} | event


def _proxy() -> list[Planted]:
    upload = proxy("POST", 48_000_000)
    return [
        hit(upload, UPLOAD),
        hit(proxy("PUT", "12345678.5", cs_user_agent=""), UPLOAD),
        miss(proxy("POST", 48_000_000, cs_user_agent="Backup/3.1")),
        miss(upload | {"dst_ip": "10.1.2.3"}),
        miss(upload | {"sc-status": 403}),
        miss(proxy("POST", 9_999_999)),
    ]


def _nginx() -> list[Planted]:
    climb = "/get?file=../../../../etc/passwd"
    return [
        hit(
            request("/manager/html", http_authorization=basic("tomcat:tomcat")),
            CREDENTIALS,
        ),
        miss(request("/manager", 401, http_authorization=basic("admin:admin"))),
        miss(request("/manager", http_authorization=basic("admin:Admin"))),
        hit(request(climb), TRAVERSAL),
        hit(
            request("/get?file=..%2F..%2F..%2Fetc%2Fpasswd"),
            TRAVERSAL,
        ),
        miss(request(climb, 404)),
        miss(request("/css/../../img/a.png")),
    ]


def background_proxy(rng: random.Random) -> Event:
    host = rng.choice(["www", "api", "cdn", "update"]) + ".example.net"
    return proxy(
        rng.choice(["GET", "GET", "GET", "POST"]),
        rng.randrange(200, 90_000),
        cs_user_agent=rng.choice([BROWSER, "curl/8.1", "Updater/2"]),
    ) | {
        "c-ip": f"10.0.4.{rng.randrange(10, 90)}",
        "c-uri": f"https://{host}/v1/{rng.randrange(1000)}",
        "cs-host": host,
    }


def background_nginx(rng: random.Random) -> Event:
    uri = rng.choice(["/", "/cart", "/item?id=7", "/login", "/img/logo.png"])
    address = f"198.51.100.{rng.randrange(1, 200)}"
    status = rng.choice([200, 200, 200, 302, 404])
    return request(uri, status, remote_addr=address)


SOURCES = [
    Source("web_proxy", 110, _proxy(), background_proxy, to_proxy),
    Source("web_nginx", 70, _nginx(), background_nginx, to_nginx),
]
