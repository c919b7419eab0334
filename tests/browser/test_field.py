"""Visits on a phone without a network: nothing lost, nothing doubled, and three minutes at most."""

import gzip
import io
import re
import time
import uuid
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from accounts.models import Attachment, User
from registry.models import Cooperative
from tests.browser.conftest import CHROMIUM, _session_of, complaints_of_axe
from tests.browser.hand import Hand, Thumb, cost
from tests.browser.sizes import PHONE
from tests.factories.registry import CooperativeFactory
from tests.factories.training import body_of
from training.choices import RevisionOutcome
from training.models import Visit, VisitRevision
from training.operations.visits import Packet, receive_version

FIELD = "/training/visits/field/"
CODE = "135790"
NUMBER, PHOTOS = 20, 3
MOST_SECONDS, MOST_ACTS = 180, 8
MOST_FIRST_LOAD = 150 * 1024
DAY_AHEAD = """const shift = 86400000, Real = Date;
Date = class extends Real {
  constructor(...a) { if (a.length) super(...a); else super(Real.now() + shift); }
  static now() { return Real.now() + shift; }
};"""
EVERYTHING_STORED = """async () => {
  const told = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise((done) => {
        const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => done(r.result); });
      told.push({ store, rows: rows.map((row) => JSON.stringify(row, (k, v) => v instanceof ArrayBuffer
        ? [...new Uint8Array(v)].map((b) => String.fromCharCode(b)).join("") : v)) });
    }
    db.close();
  }
  const kept = [];
  for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) {
    kept.push(await (await caches.match(request)).text());
  }
  return { told, kept, local: JSON.stringify({ ...localStorage }), session: JSON.stringify({ ...sessionStorage }) };
}"""


def picture(shade):
    out = io.BytesIO()
    Image.effect_noise((320, 240), 20 + shade).convert("RGB").save(out, "JPEG", quality=70)
    return {"name": f"{shade}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def phone(chromium, site, tmp_path):
    """Return an opener of the same phone: phone(user) starts its browser with what it kept."""
    opened = []

    def start(user=None, *, shifted=False):
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=CHROMIUM,
            args=["--no-sandbox"],
            viewport=PHONE,
            base_url=site,
            locale="zh-CN",
        )
        opened.append(context)
        if shifted:
            context.add_init_script(DAY_AHEAD)
        if user:
            context.add_cookies([{"name": "sessionid", "value": _session_of(user), "url": site}])
        return context

    yield start
    for context in opened:
        context.close()


def page_of(context):
    page = context.new_page()
    page.goto(FIELD)
    page.wait_for_selector("body[data-ready=yes]")
    return page


def until_kept(page):
    """Wait for the phone to keep the page; its own policy forbids to ask again from here."""
    page.evaluate("""async () => {
      await navigator.serviceWorker.ready;
      while (!await caches.match(location.pathname)) await new Promise(requestAnimationFrame);
    }""")


def take(hand, society):
    """Find a society by part of its name, as one writes it, and open its form."""
    page = hand.page
    hand.fill(page.locator("#search"), society.name[6:])
    expect(page.locator("#all .field-item")).to_have_count(1)
    hand.tap(page.locator("#all .field-item").first)


def write(hand, guidance):
    """Fill in what every visit asks for."""
    page = hand.page
    hand.fill(page.locator("#id_guidance"), guidance)
    hand.select(page.locator("[name=at_address]").first, "是")


def keep(hand):
    """Put the visit among those that wait; it must have taken three minutes at most."""
    hand.tap(hand.page.get_by_role("button", name="保存，待上传"))
    expect(hand.page.locator("[data-screen=list]")).to_be_visible()
    assert hand.seconds <= MOST_SECONDS, cost(hand)
    assert hand.acts <= MOST_ACTS, cost(hand)


def fill(page, number, society):
    hand = Thumb(page)
    take(hand, society)
    write(hand, f"第{number}次走访，讲解成员账户登记办法")
    hand.acts += PHOTOS  # of the camera, which is the phone's own
    page.locator("#photo-input").set_input_files([picture(number * 5 + i) for i in range(PHOTOS)])
    expect(page.locator("#photos li")).to_have_count(PHOTOS)
    keep(hand)


def waiting(page):
    return int(page.locator("#queue-count").inner_text())


def settled(condition, seconds=90):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.25)
    return False


@pytest.mark.slow
def test_twenty_visits_without_a_network_arrive_once_with_all_photos(cast, phone):  # noqa: PLR0915 - one long day
    counsellor = cast.counsellor
    societies = [
        CooperativeFactory(
            name=f"达州市通川区走访{number:02}号种植专业合作社",
            township=cast.near.township,
            counsellor=counsellor,
            contact_phone="13812345678",
        )
        for number in range(NUMBER)
    ]
    # One of the twenty was sent before; it will be changed here and, meanwhile, on the web.
    body = body_of(societies[0].code, visited_on="2021-07-19")
    first = receive_version(
        Packet(*_uuids(2), None, str(societies[0].code), body), by=counsellor
    ).visit

    context = phone(counsellor, shifted=True)
    page = page_of(context)
    page.locator("#new-code").fill(CODE)
    page.get_by_role("button", name="设好").click()
    until_kept(page)
    context.set_offline(True)
    for number, society in enumerate(societies[1:], start=1):
        fill(page, number, society)
    page.locator("#visits .field-item").first.click()
    page.locator("#id_guidance").fill("手机上改过")
    page.locator("#photo-input").set_input_files([picture(200 + i) for i in range(PHOTOS)])
    expect(page.locator("#photos li")).to_have_count(PHOTOS)
    page.get_by_role("button", name="保存，待上传").click()
    expect(page.locator("#queue-count")).to_have_text(str(NUMBER))
    context.close()
    assert Visit.objects.count() == 1

    # Reopened without a network: sealed until the code is given; nothing personal lies open.
    context = phone(counsellor, shifted=True)
    context.set_offline(True)
    page = page_of(context)
    stored = page.evaluate(EVERYTHING_STORED)
    for secret in ("13812345678", societies[3].name, "讲解成员账户", counsellor.full_name):
        assert secret not in str(stored)
    page.locator("#code").fill("000000")
    page.get_by_role("button", name="打开").click()
    expect(page.locator("#code-wrong")).to_be_visible()
    page.locator("#code").fill(CODE)
    page.get_by_role("button", name="打开").click()
    expect(page.locator("#queue-count")).to_have_text(str(NUMBER))

    # Meanwhile the same visit is changed on the web.
    changed = {**body, "guidance": "网页上改过"}
    receive_version(
        Packet(first.key, _uuids(1)[0], first.head, str(societies[0].code), changed), by=counsellor
    )

    # The tab is killed while it sends; then two tabs send at once.
    context.set_offline(False)
    page.get_by_role("button", name=re.compile("未上传")).click()
    page.get_by_role("button", name="现在上传").click()
    settled(lambda: Visit.objects.count() > 5)
    page.close()
    tabs = [page_of(context), page_of(context)]
    done = settled(
        lambda: all(waiting(tab) == 0 for tab in tabs) and _photos() == NUMBER * PHOTOS, 120
    )
    assert done, (Visit.objects.count(), _photos(), [waiting(tab) for tab in tabs])
    assert Visit.objects.count() == NUMBER
    assert _photos() == NUMBER * PHOTOS
    assert VisitRevision.objects.filter(outcome=RevisionOutcome.CONFLICT).count() == 1
    assert list(Visit.objects.in_conflict()) == [first]
    assert set(Visit.objects.exclude(pk=first.pk).values_list("visited_on", flat=True)) == {
        first.visited_on.replace(day=20)
    }
    tabs[0].goto(f"/training/visits/{first.key}/conflict/")
    shown = tabs[0].locator("main").inner_text()
    assert "手机上改过" in shown
    assert "网页上改过" in shown
    left = {
        each["store"]: len(each["rows"]) for each in tabs[1].evaluate(EVERYTHING_STORED)["told"]
    }
    assert (left["records"], left["photos"]) == (0, 0)


def test_another_person_on_the_same_phone_sees_nothing(cast, phone):
    society = cast.near.cooperative
    assert cast.far.cooperative
    context = phone(cast.counsellor)
    page = page_of(context)
    until_kept(page)
    context.set_offline(True)
    keys = Hand(page)
    take(keys, society)
    write(keys, "不给别人看的内容")
    keep(keys)
    expect(page.locator("#queue-count")).to_have_text("1")
    context.close()

    context = phone(cast.far.counsellor)
    page = page_of(context)
    expect(page.locator("#notices")).to_contain_text("另一账号的 1 次走访")
    expect(page.locator("#queue-count")).to_have_text("0")
    assert society.name not in page.content()
    assert "不给别人看的内容" not in str(page.evaluate(EVERYTHING_STORED))
    assert not Visit.objects.exists()
    context.close()

    context = phone(cast.counsellor)
    page = page_of(context)
    assert settled(lambda: Visit.objects.filter(guidance="不给别人看的内容").exists())


@pytest.mark.parametrize("how", ["demoted", "revoked"])
def test_who_may_no_longer_send_keeps_everything_and_can_export_it(cast, phone, how):
    society = cast.near.cooperative
    context = phone(cast.counsellor)
    page = page_of(context)
    until_kept(page)
    context.set_offline(True)
    page.locator("#search").fill(society.name)
    page.locator("#all .field-item").first.click()
    page.locator("#id_guidance").fill("还没交上来的走访")
    page.get_by_role("button", name="保存，待上传").click()
    person = User.objects.get(pk=cast.counsellor.pk)
    if how == "demoted":
        person.role = "clerk"
    else:
        person.is_active = False
    person.save()
    context.set_offline(False)
    if how == "demoted":
        context.clear_cookies()
        context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": _session_of(person),
                    "url": page.url.split("/training")[0],
                }
            ]
        )
    page.get_by_role("button", name=re.compile("未上传")).click()
    page.get_by_role("button", name="现在上传").click()
    expect(page.locator("[data-notice=sign-in]")).to_be_visible()
    expect(page.locator("#queue-count")).to_have_text("1")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出文件").click()
    assert "还没交上来的走访" in download.value.path().read_text(encoding="utf-8")
    assert not Visit.objects.exists()


def test_a_refused_visit_says_why_and_the_others_go_through(cast, phone):
    societies = CooperativeFactory.create_batch(
        2, township=cast.near.township, counsellor=cast.counsellor
    )
    context = phone(cast.counsellor)
    page = page_of(context)
    until_kept(page)
    context.set_offline(True)
    for society in societies:
        page.locator("#search").fill(society.name)
        page.locator("#all .field-item").first.click()
        page.locator("#id_guidance").fill("讲解章程")
        page.get_by_role("button", name="保存，待上传").click()
    Cooperative.objects.filter(pk=societies[0].pk).update(counsellor=cast.far.counsellor)
    context.set_offline(False)
    page.get_by_role("button", name=re.compile("未上传")).click()
    page.get_by_role("button", name="现在上传").click()
    expect(page.locator("#queue")).to_contain_text("不由您联系")
    assert settled(lambda: Visit.objects.count() == 1)
    page.get_by_role("button", name="删除").click()
    page.get_by_role("button", name="确认删除").click()
    expect(page.locator("#queue-count")).to_have_text("0")


def test_a_new_version_of_the_worker_keeps_drafts(cast, phone):
    society = cast.near.cooperative
    context = phone(cast.counsellor)
    page = page_of(context)
    until_kept(page)
    page.locator("#search").fill(society.name)
    page.locator("#all .field-item").first.click()
    page.locator("#id_guidance").fill("写了一半")
    expect(page.locator("#draft-count")).to_have_text("1")
    worker = page.evaluate("document.body.dataset.worker")
    changed = page.request.get(worker).text().replace('"version": "', '"version": "new-')
    context.route(
        "**/worker.js", lambda route: route.fulfill(body=changed, content_type="text/javascript")
    )
    page.evaluate("navigator.serviceWorker.getRegistration().then((known) => known.update())")
    page = page_of(context)
    expect(page.locator("#draft-count")).to_have_text("1")


def test_the_worker_lets_everything_but_get_pass():
    source = Path("frontend/field/worker.js").read_text(encoding="utf-8")
    assert 'if (request.method !== "GET") return;' in source


def test_the_first_load_of_the_page_is_small(cast, visit):
    sizes = {}
    page = visit(user=cast.counsellor, size=PHONE)
    page.on("response", lambda answer: sizes.setdefault(answer.url, answer))
    page.goto(FIELD)
    page.wait_for_selector("body[data-ready=yes]")
    loaded = {url: len(gzip.compress(answer.body())) for url, answer in list(sizes.items())}
    assert sum(loaded.values()) <= MOST_FIRST_LOAD, loaded


@pytest.mark.parametrize("screen", ["list", "form"])
def test_the_page_is_accessible_and_fits_a_phone(cast, visit, screen):
    society = cast.near.cooperative
    page = visit(FIELD, user=cast.counsellor, size=PHONE)
    page.wait_for_selector("body[data-ready=yes]")
    if screen == "form":
        page.locator("#search").fill(society.name)
        page.locator("#all .field-item").first.click()
        page.locator("#add-promise").click()
    assert complaints_of_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_form_opened_while_the_list_is_written_anew_stays_open(cast, phone):
    society = cast.near.cooperative
    context = phone(cast.counsellor)
    # A slow phone: what it keeps is opened a moment later than the tap.
    context.add_init_script(
        """const opened = SubtleCrypto.prototype.decrypt;
        SubtleCrypto.prototype.decrypt = async function (...all) {
          await new Promise((done) => setTimeout(done, window.late || 0));
          return opened.apply(this, all);
        };"""
    )
    page = page_of(context)
    page.locator("#all .field-item").first.click()
    page.locator("#id_guidance").fill("写了一半")
    page.locator("#back").click()
    expect(page.locator("#search")).to_be_visible()
    page.evaluate("window.late = 500")
    page.locator("#search").fill(society.name)
    page.locator("#all .field-item").first.click()
    page.wait_for_timeout(1_000)
    expect(page.locator("#id_guidance")).to_have_value("写了一半")
    expect(page.locator("#id_guidance")).to_be_visible()


def test_a_browser_without_the_abilities_is_told_at_once(cast, visit):
    page = visit(user=cast.counsellor, size=PHONE)
    page.add_init_script(
        "delete window.indexedDB; Object.defineProperty(window, 'indexedDB', {value: undefined})"
    )
    page.goto(FIELD)
    expect(page.locator("#unable")).to_be_visible()
    page.get_by_role("link", name="用普通表单填写").click()
    expect(page.get_by_role("heading", name="选一家走访")).to_be_visible()


def _uuids(number):
    return [uuid.uuid4() for _ in range(number)]


def _photos():
    return Attachment.objects.filter(purpose="visit_photo").count()


def sign(page, who):
    pad = page.locator(f'[data-signer="{who}"] canvas')
    # Hovering waits until the part has opened and the pad lies still under the pointer.
    pad.hover(position={"x": 20, "y": 40})
    box = pad.bounding_box()
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=5)
    page.mouse.up()
    expect(page.locator(f'[data-signer="{who}"] [data-state]')).to_have_text("已签字")


def test_both_sign_without_a_network_sealed_and_the_visit_locks_when_it_arrives(cast, phone):
    society = cast.near.cooperative
    context = phone(cast.counsellor)
    # A busy phone finds no idle moment for this one; the signature must not wait for it.
    context.add_init_script("HTMLCanvasElement.prototype.toBlob = () => {}")
    page = page_of(context)
    until_kept(page)
    context.set_offline(True)
    page.locator("#search").fill(society.name)
    page.locator("#all .field-item").first.click()
    page.locator("#id_guidance").fill("讲解盈余分配")
    page.get_by_text("双方当面签字").click()
    page.locator("#signer").fill("李四")
    sign(page, "society")
    page.get_by_role("button", name="保存，待上传").click()
    expect(page.locator("#form-faults")).to_contain_text("双方都要签字")
    sign(page, "counsellor")
    page.locator("#id_guidance").fill("讲解盈余分配和成员账户")
    expect(page.locator("#progress")).to_contain_text("请双方重新签字")
    sign(page, "society")
    sign(page, "counsellor")
    page.get_by_role("button", name="保存，待上传").click()
    expect(page.locator("#queue-count")).to_have_text("1")
    stored = str(page.evaluate(EVERYTHING_STORED))
    assert "李四" not in stored
    assert "JFIF" not in stored
    context.set_offline(False)
    page.get_by_role("button", name=re.compile("未上传")).click()
    page.get_by_role("button", name="现在上传").click()
    assert settled(lambda: Visit.objects.filter(state="on_glass").exists())
    visit = Visit.objects.get()
    assert (visit.confirmed_by, visit.guidance) == ("李四", "讲解盈余分配和成员账户")
    assert settled(lambda: waiting(page) == 0)
