"""What production meets sooner or later: the queue gone, workers sent away, two of everything."""

import pytest
from django.db import connection

from tests.chaos.stage import with_portal

pytestmark = pytest.mark.slow

SEND = """
from accounts.models import OrganisationUnit
from registry.models import IngestJob
sender = OrganisationUnit.objects.get(code="scjgj")
def send(number, quarter):
    content = write_csv([society(each) for each in range(1, number + 1)])
    return visitor.upload("/registry/feeds/new/", "file", "登记信息.csv", content,
        source="registration", quarter=quarter, scope="full", sender=str(sender.pk))
def states():
    return sorted(IngestJob.objects.values_list("state", flat=True))
def until(wanted, seconds=90):
    began = time.monotonic()
    while states() != wanted and time.monotonic() - began < seconds:
        time.sleep(0.3)
    return states()
"""

QUEUE = (
    SEND
    + """
import subprocess, redis
port, pid = os.environ["REDIS_PORT"], int(os.environ["REDIS_PROCESS"])
os.kill(pid, signal.SIGSTOP)
frozen = send(300, "2020Q4")
stood = states()
os.kill(pid, signal.SIGCONT)
flushed = send(310, "2021Q1")
redis.Redis(port=int(port)).flushall()
both = until(["staged", "staged"])
os.kill(pid, signal.SIGKILL)
gone = send(320, "2021Q2")
page = visitor.get("/registry/feeds/")
again = subprocess.Popen(["redis-server", "--port", port, "--save", ""], stdout=subprocess.DEVNULL)
try:
    ended = until(["staged", "staged", "staged"])
finally:
    again.kill()
print(json.dumps({"statuses": [frozen.status, flushed.status, gone.status, page.status],
    "longest": max(frozen.seconds, gone.seconds, page.seconds), "stood": stood, "both": both,
    "ended": ended}))
"""
)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the embedded default has no Redis")
def test_a_queue_that_is_frozen_emptied_or_gone_loses_no_file(scratch_address, own_redis):
    server, port = own_redis
    found = with_portal(
        scratch_address,
        QUEUE,
        REDIS_URL=f"redis://127.0.0.1:{port}/0",
        REDIS_PORT=str(port),
        REDIS_PROCESS=str(server.pid),
    )
    assert found["statuses"] == [302, 302, 302, 200]
    assert found["longest"] < 8  # nobody waits for a queue that does not answer
    assert found["stood"] == ["received"]
    assert found["both"] == ["staged"] * 2
    assert found["ended"] == ["staged"] * 3


TWO_OF_EVERYTHING = (
    SEND
    + """
import sqlite3, threading
from django.conf import settings
other = WholePortal(Path(os.environ["DATA_DIR"]))
other.start_web()
try:
    other.await_ready()
    twin = Visitor(other.address)
    twin.cookies = dict(visitor.cookies)
    seen = {"same_session": twin.get("/registry/").status}
    tries = [Visitor((portal, other)[turn % 2].address) for turn in range(6)]
    for each in tries[:5]:
        each.sign_in(names[1], "Falsch-1234567")
    tries[5].sign_in(names[1], PASSWORD)
    seen["locked_out_on_both"] = tries[5].get("/registry/").status
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        held = sqlite3.connect(settings.DATABASES["default"]["NAME"])
        held.execute("BEGIN IMMEDIATE")
        answers = []
        waiting = threading.Thread(target=lambda: answers.append(
            twin.submit("/accounts/profile/phone/", phone="13900000001")))
        waiting.start()
        time.sleep(3)
        held.rollback()
        held.close()
        waiting.join()
        seen["waited"] = [answers[0].status, answers[0].seconds > 2]
    visitor.submit("/accounts/logout/")
    seen["signed_out_on_both"] = twin.get("/registry/").status
    visitor.sign_in(names[0], PASSWORD)
finally:
    other.stop()
sent = send(1500, "2021Q2")
time.sleep(1)
portal.dismiss_workers()
portal.start_worker(3)
seen["finished_by_the_next_worker"] = until(["staged"])
seen["attempts"] = IngestJob.objects.get().attempt
print(json.dumps(seen))
"""
)


def test_two_instances_are_one_portal_and_dismissed_workers_lose_nothing(scratch_address):
    found = with_portal(scratch_address, TWO_OF_EVERYTHING)
    assert found["same_session"] == 200
    assert found["locked_out_on_both"] == 302
    assert found["signed_out_on_both"] == 302
    assert found["finished_by_the_next_worker"] == ["staged"]
    assert found.get("waited", [302, True]) == [302, True]
