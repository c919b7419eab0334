"""The compose file without an engine: its shape, what it pins, and that every variable is explained."""

import re

import pytest
import yaml
from django.conf import settings

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
OURS = ("migrate", "web", "worker", "beat")


def variables(text):
    return set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))


def read_by_the_portal():
    source = (ROOT / "tongchuan_coop/settings/__init__.py").read_text(encoding="utf-8")
    source += (ROOT / "tongchuan_coop/gunicorn.py").read_text(encoding="utf-8")
    return set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))


def test_every_part_of_production_is_a_service():
    assert {"postgres", "redis", "proxy", *OURS} <= set(COMPOSE["services"])


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_images_are_pinned_and_health_is_asked_for(name):
    service = COMPOSE["services"][name]
    assert re.fullmatch(r"[\w./-]+:\d[\w.-]+", service["image"])
    assert "healthcheck" in service or name == "web"


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_change_nothing_but_their_data(name):
    service = COMPOSE["services"][name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["environment"]["BACKUP_DIR"] == "/backups"


def test_the_image_has_every_folder_that_a_volume_is_laid_over():
    """A new volume takes its owner from the image; without the folder there it is root's."""
    made = re.search(
        r"install --directory --owner portal .*?((?: /\w+)+)$", DOCKERFILE, re.MULTILINE
    )
    for name in OURS:
        over = {volume.split(":")[1] for volume in COMPOSE["services"][name]["volumes"]}
        assert over == set(made[1].split())


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == [
        "proxy"
    ]


def test_every_variable_of_the_file_is_explained():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    explained = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert variables(text) - explained == set()


def test_every_variable_that_the_portal_reads_is_explained_twice_and_once_only():
    explained = re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert len(explained) == len(set(explained))
    wanted = read_by_the_portal() - {"PROMETHEUS_MULTIPROC_DIR"}  # set by the web server itself
    assert wanted - set(explained) == set()
    assert {name for name in wanted if f"`{name}`" not in README} == set()


def test_a_variable_set_in_the_file_reaches_the_containers():
    passed = set(COMPOSE["services"]["web"]["environment"])
    host_only = {"DEBUG", "PORTAL_DATE", "DEMO_PASSWORD", "PORT", "PROMETHEUS_MULTIPROC_DIR"}
    assert read_by_the_portal() - passed - host_only == set()


def test_the_image_runs_as_nobody_in_particular():
    assert re.search(r"^USER portal$", DOCKERFILE, re.MULTILINE)
    bases = [line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("FROM")]
    assert all(":" in base for base in bases)
