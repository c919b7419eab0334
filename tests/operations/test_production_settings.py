"""What an installation becomes when it is told the key and the hosts of production."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASKED = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""


def in_production(tmp_path, *names, **more):
    """Return settings as a process of an installation in production reads them."""
    left_out = {"DEBUG", "PORTAL_DATE", "DATABASE_URL", "REDIS_URL", "SITE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    told = {
        "DJANGO_SETTINGS_MODULE": "tongchuan_coop.settings",
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "k" * 64,
        "ALLOWED_HOSTS": "hzs.example.gov.cn",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASKED, *names],
        cwd=settings.BASE_DIR,
        env=kept | told | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_cookies_belong_to_this_host_over_tls_alone(tmp_path):
    kinds = ("SESSION", "CSRF")
    found = in_production(
        tmp_path,
        *(
            f"{kind}_COOKIE_{trait}"
            for kind in kinds
            for trait in ("NAME", "SECURE", "PATH", "DOMAIN")
        ),
    )
    for kind in kinds:
        assert found[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        # What a browser demands of such a name.
        assert found[f"{kind}_COOKIE_SECURE"]
        assert (found[f"{kind}_COOKIE_PATH"], found[f"{kind}_COOKIE_DOMAIN"]) == ("/", None)


@pytest.mark.parametrize(
    ("hosts", "site", "origin"),
    [
        ("hzs.example.gov.cn", "https://hzs.example.gov.cn", "https://hzs.example.gov.cn"),
        (".example.gov.cn", "https://example.gov.cn", "https://*.example.gov.cn"),
    ],
)
def test_addresses_follow_the_hosts(tmp_path, hosts, site, origin):
    found = in_production(tmp_path, "SITE_URL", "CSRF_TRUSTED_ORIGINS", ALLOWED_HOSTS=hosts)
    assert found == {"SITE_URL": site, "CSRF_TRUSTED_ORIGINS": [origin]}
