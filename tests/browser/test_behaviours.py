"""The small behaviours of frontend/js, each on a page made for it within the real frame."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import expect

from tests.browser.sizes import DESK, PHONE

PATH = "/made-for-the-test/"
FRAME = '{% extends "base_plain.html" %}{% block content %}BODY{% endblock %}'


@pytest.fixture
def show(visit, site):
    """Return a maker of pages: show(template source, **context) in a browser."""

    def opened(source, *, size=None, **context):
        request = RequestFactory().get(PATH)
        html = engines["django"].from_string(FRAME.replace("BODY", source)).render(context, request)
        page = visit(size=size)
        page.sent = []

        def answer(route):
            request = route.request
            if request.method == "POST":
                page.sent.append(request.post_data)
                return  # never answered: the form stays under way
            route.fulfill(body=HttpResponse(html).content, content_type="text/html; charset=utf-8")

        page.route(f"**{PATH}*", answer)
        page.goto(f"{site}{PATH}")
        return page

    return opened


CONFIRM = """<a class="btn btn-quiet" href="#give-back" data-dialog>退回</a>
{% include "_shared/_confirm.html" with id="give-back" title="退回核实" text="通知经办人" action_url="" \
button="确认退回" reason=True %}"""


def test_a_confirmation_wants_a_reason_and_is_sent_once(show):
    page = show(CONFIRM)
    page.get_by_role("button", name="退回", exact=True).click()
    send = page.get_by_role("button", name="确认退回")
    send.click()
    assert page.sent == []
    page.get_by_label("理由").fill("名单有误")
    page.evaluate(
        "() => [1, 2, 3].forEach(() => document.querySelector('dialog [type=submit]').click())"
    )
    page.wait_for_timeout(200)
    assert len(page.sent) == 1


def test_a_confirmation_that_is_called_off_sends_nothing(show):
    page = show(CONFIRM, size=PHONE)
    page.get_by_role("button", name="退回", exact=True).click()
    page.get_by_role("button", name="取消").or_(page.get_by_role("link", name="取消")).click()
    expect(page.locator("dialog")).to_be_hidden()
    assert page.sent == []


def test_the_chosen_tab_stands_in_view_behind_names_however_long(show):
    names = [f"第{number}个名称很长很长的整县推进试点项目" for number in range(1, 5)]
    tabs = [{"label": name, "url": "#", "active": name == names[-1]} for name in names]
    page = show('{% include "_shared/_tabs.html" %}', size=PHONE, tabs=tabs)
    strip, chosen = page.locator(".tabs").bounding_box(), page.locator(".tab[aria-current]")
    box = chosen.bounding_box()
    assert strip["x"] <= box["x"]
    assert box["x"] + box["width"] <= strip["x"] + strip["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_bad_news_stays_until_it_is_closed_and_good_news_leaves(show):
    page = show("<p>正文</p>")
    page.clock.install()
    page.evaluate(
        """() => [["ok", "已保存"], ["bad", "<b>没有</b>保存"]].forEach(([tone, text]) =>
        document.dispatchEvent(new CustomEvent("portal:tell", { detail: { tone, text } })))"""
    )
    expect(page.locator(".toast")).to_have_text(["已保存", "<b>没有</b>保存"])
    page.clock.run_for(10_000)
    expect(page.locator(".toast")).to_have_text(["<b>没有</b>保存"])
    page.get_by_role("button", name="关闭提示").click()
    page.clock.run_for(1_000)
    expect(page.locator(".toast")).to_have_count(0)


def test_leaving_a_changed_form_asks_first(show):
    page = show('<form data-guard><input name="q" aria-label="词"></form>')
    asked = []

    def dismiss(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", dismiss)
    page.get_by_label("词").fill("改了")
    page.goto("/accounts/login/")
    assert asked == ["beforeunload"]


def test_a_file_that_is_too_big_is_refused_before_it_is_sent(show):
    page = show(
        """<form method="post"><input type="file" name="file" data-chosen="chosen" data-max-bytes="2048">
        <p id="chosen"></p><button>上传</button></form>"""
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "名单.csv", "mimeType": "text/csv", "buffer": b"x" * 5000}
    )
    expect(page.locator("#chosen")).to_have_text("已选择：名单.csv（5 KB）")
    page.get_by_role("button", name="上传").click()
    page.wait_for_timeout(100)
    assert page.sent == []


def test_a_phone_that_is_turned_shows_the_conditions_of_a_list(show):
    page = show(
        "<details open data-shut-on-phone><summary>条件</summary><input id='name'></details>",
        size=PHONE,
    )
    expect(page.locator("#name")).to_be_hidden()
    page.set_viewport_size(DESK)
    expect(page.locator("#name")).to_be_visible()
