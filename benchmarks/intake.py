"""Compare the intake of one workbook with django-import-export, in one run on one database.

    python -m benchmarks.intake --rows 100000 --rounds 1

Both read the same file into the same model from an empty register, each in a fresh process, in
turn. The portal's time covers everything from the upload to the committed register: bytes kept,
checks, raw cells, versions and flags; `compared` is when like names and the words of other
sources have been compared as well, which the worker does after the commit. The peer runs with its
defaults and writes the rows only. Ratios count, seconds depend on the machine. `DATABASE_URL`
names a scratch database, which is emptied.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from importlib import import_module
from pathlib import Path

LIMITS = {
    "INTAKE_ROWS": "2000000",
    "INTAKE_UPLOAD_MB": "1000",
    "INTAKE_UNPACKED_MB": "8000",
    "INTAKE_CHILD_CPU_SECONDS": "3600",
    "INTAKE_CHILD_WALL_SECONDS": "3600",
}


committed_at: list[float] = []


def _await_commit(job_id: int) -> None:
    """Note the moment from which everybody sees the job as committed, from a connection of its own."""
    from django.db import connection

    from registry.models import IngestJob

    while not IngestJob.objects.filter(pk=job_id, state="committed").exists():
        time.sleep(0.05)
    committed_at.append(time.perf_counter())
    connection.close()


def portal(path: Path) -> dict[str, float]:
    """Take the file in and commit it."""
    from django.conf import settings

    from accounts.models import User
    from registry.models import Cooperative, CooperativeVersion
    from registry.operations.deliveries import commit_delivery, receive_delivery
    from registry.operations.jobs import run_job

    import_module(settings.ROOT_URLCONF)  # a worker has read it when it begins: Celery checks it
    by, began = User.objects.machine(), time.perf_counter()
    with path.open("rb") as stream:
        receipt = receive_delivery(
            stream, filename=path.name, source="registration", quarter="2021Q2", scope="full", by=by
        )
    job = receipt.delivery.job
    run_job(job.pk)
    job.refresh_from_db()
    checked = time.perf_counter()
    commit_delivery(job, by=by)
    seen = threading.Thread(target=_await_commit, args=(job.pk,))
    seen.start()
    run_job(job.pk)
    compared = time.perf_counter() - began
    seen.join()
    seconds = committed_at[-1] - began
    job.refresh_from_db()
    assert job.state == "committed", (job.state, job.message)
    assert Cooperative.objects.count() == job.counts["new"] == CooperativeVersion.objects.count()
    return {
        "rows": job.counts["new"],
        "seconds": seconds,
        "check": checked - began,
        "compared": compared,
        "worker_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "child_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def peer(path: Path) -> dict[str, float]:
    """Import the file with django-import-export as it comes."""
    import tablib  # noqa: TC002 the peer is imported only where it runs
    from import_export import fields, resources
    from import_export.formats.base_formats import XLSX

    from registry.models import Cooperative

    headings = {
        "name": "企业名称", "uscc": "统一社会信用代码", "entity_type": "企业类型",
        "legal_representative": "法定代表人", "total_contribution": "成员出资总额(万元)",
        "member_count": "成员总数", "farmer_member_count": "其中:农民成员",
        "unit_member_count": "其中:企业等单位成员", "established_on": "成立日期",
        "approved_on": "核准日期", "registration_authority": "登记机关", "status": "登记状态",
        "domicile": "住所", "business_scope": "业务范围", "contact_person": "联络员",
        "contact_phone": "联系电话",
    }  # fmt: skip
    body = {
        name: fields.Field(attribute=name, column_name=heading)
        for name, heading in headings.items()
    }
    meta = type("Meta", (), {"model": Cooperative, "import_id_fields": ("uscc",)})
    resource_class = type("CooperativeResource", (resources.ModelResource,), {**body, "Meta": meta})
    began = time.perf_counter()
    dataset: tablib.Dataset = XLSX().create_dataset(path.read_bytes())
    result = resource_class().import_data(dataset, raise_errors=True)
    seconds = time.perf_counter() - began
    assert Cooperative.objects.count() == result.totals["new"]
    return {
        "rows": result.totals["new"],
        "seconds": seconds,
        "worker_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def run_one(kind: str, path: Path) -> None:
    """Empty the scratch database, run one side, print its figures as JSON."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _empty()
    print(json.dumps({"portal": portal, "peer": peer}[kind](path)))


def _empty() -> None:
    """Remove societies and feeds; people, units and the audit trail stay."""
    from django.db import connection

    from registry import models

    tables = [
        getattr(models, name)._meta.db_table
        for name in models.__all__
        if hasattr(getattr(models, name), "_meta") and not getattr(models, name)._meta.abstract
    ]
    tables = [table for table in tables if not table.endswith("ruleversion")]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
            return
        cursor.execute("PRAGMA foreign_keys=OFF")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("PRAGMA foreign_keys=ON")


def measure(kind: str, path: Path, data_dir: str) -> dict[str, float]:
    """Run one side in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.intake", "--one", kind, "--file", str(path)],
        env={**os.environ, **LIMITS, "DATA_DIR": data_dir, "PORTAL_DATE": "2021-07-20",
             "JURISDICTION": "511702"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--one", choices=("portal", "peer"))
    arguments.add_argument("--file", type=Path)
    chosen = arguments.parse_args()
    if chosen.one:
        run_one(chosen.one, chosen.file)
        return
    from benchmarks.registrations import write_workbook

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registrations.xlsx"
        write_workbook(path, chosen.rows)
        found: dict[str, list[dict[str, float]]] = {"portal": [], "peer": []}
        for _ in range(chosen.rounds):
            for kind, results in found.items():
                results.append(measure(kind, path, folder))
                print(kind, json.dumps(results[-1]), file=sys.stderr)
        _print_table(chosen.rows, path.stat().st_size, found)


def _print_table(count: int, size: int, found: dict[str, list[dict[str, float]]]) -> None:
    print(
        f"\nPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; "
        f"{count:,} rows × 25 columns, {size / 1e6:.1f} MB xlsx\n"
    )
    print("| side | seconds, median | worker MB | parse child MB |\n|---|--:|--:|--:|")
    medians = {}
    for kind, results in found.items():
        medians[kind] = statistics.median(result["seconds"] for result in results)
        worker = max(result["worker_mb"] for result in results)
        child = max((result.get("child_mb", 0) for result in results), default=0)
        print(f"| {kind} | {medians[kind]:.1f} | {worker:.0f} | {child:.0f} |")
    ratios = [
        p["seconds"] / s["seconds"] for s, p in zip(found["portal"], found["peer"], strict=True)
    ]
    print(
        f"\nThe portal is {statistics.median(ratios):.1f} times as fast "
        f"(lowest round {min(ratios):.1f})."
    )


if __name__ == "__main__":
    main()
