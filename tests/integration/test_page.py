"""The `html` format as a reader has it: opened from a file, in Chromium."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select
from tests.report.sample import HOSTILE, RULES, RUN, one, with_everything

from pmlint.engine.finding import Run
from pmlint.report import Style, reporter

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (BROWSER and DRIVER), reason="needs Chromium and its driver: apt-get install chromium chromium-driver"
    ),
]

QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
)

Driver = webdriver.Chrome


def started(folder: Path, *arguments: str) -> Driver:
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for argument in (*QUIET, f"--user-data-dir={folder}", "--window-size=1400,1000", *arguments):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with started(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture
def shown(browser: Driver, tmp_path: Path) -> Callable[..., Driver]:
    """Opens the page of a run, as a file, at `#place`, in a window of `width`."""

    def open_page(run: Run, place: str = "", width: int = 1400) -> Driver:
        file = tmp_path / "page.html"
        file.write_text(reporter("html")(run, RULES, style=Style()), encoding="utf-8")
        browser.set_window_size(width, 1000)
        browser.get("about:blank")
        browser.get(f"{file.as_uri()}{place}")
        return browser

    return open_page


def all_of(driver: Driver, selector: str) -> list[Any]:
    return driver.find_elements(By.CSS_SELECTOR, selector)


def one_of(driver: Driver, selector: str) -> Any:
    return driver.find_element(By.CSS_SELECTOR, selector)


def press(driver: Driver, selector: str) -> None:
    """Click where a reader would have scrolled to."""
    element = one_of(driver, selector)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def open_documents(driver: Driver) -> None:
    press(driver, "#open")


def visible(driver: Driver) -> list[str]:
    """The findings that are shown."""
    return [each.get_attribute("id") for each in all_of(driver, ".finding:not([hidden])")]


def count(driver: Driver) -> str:
    return str(one_of(driver, "#filters output").text)


def test_nothing_is_refused_and_nothing_is_fetched(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    fetched = driver.execute_script("return performance.getEntriesByType('resource').map((each) => each.name)")

    said: list[dict[str, str]] = driver.get_log("browser")  # type: ignore[no-untyped-call]

    assert [entry["message"] for entry in said] == []
    assert [name for name in fetched if not name.startswith("data:")] == []


def test_nothing_may_be_fetched(shown: Callable[..., Driver]) -> None:
    """Whatever got into the page, it could tell nobody."""
    driver = shown(RUN)
    answer = driver.execute_async_script(
        "const done = arguments[0];"
        "document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));"
        "fetch('https://example.invalid/').catch(() => {});"
    )

    assert answer == "connect-src"


def test_what_a_document_holds_is_shown_and_not_obeyed(shown: Callable[..., Driver]) -> None:
    driver = shown(with_everything(HOSTILE))
    open_documents(driver)

    assert driver.execute_script("return [document.images.length, document.scripts.length, frames.length]") == [0, 1, 0]
    assert [each.text for each in all_of(driver, ".message")] == [HOSTILE] * 2
    assert [each.text for each in all_of(driver, ".paper mark")] == [HOSTILE] * 2


def test_what_turns_the_text_is_spelled_out(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN, "#d2")
    open_documents(driver)

    assert one_of(driver, "#d2-l3 mark").text == r"一部のユーザー\u202eが決済\x1b[31m"


def test_levels(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    before = count(driver)
    press(driver, "[name=level][value=warning]")

    assert (before, count(driver)) == ("13 findings", "6 of 13 findings")
    assert visible(driver) == ["d1-f1", "d1-f2", "d1-f9", "d1-f10", "d2-f2", "d3-f1"]
    assert [each.get_attribute("id") for each in all_of(driver, ".doc:not([hidden])")] == ["d1", "d2", "d3"]
    assert one_of(driver, "#d1 .counts .warning b").text == "0"


CHOICES = [
    ("family", "timeline", ["d1-f9", "d1-f10"]),
    ("rule", "ambiguous-date", ["d1-f3"]),
    ("confidence", "low", ["d2-f2"]),
    ("document", "d3", ["d3-f1"]),
]


@pytest.mark.parametrize(("name", "value", "expected"), CHOICES, ids=[case[0] for case in CHOICES])
def test_choices(shown: Callable[..., Driver], name: str, value: str, expected: list[str]) -> None:
    driver = shown(RUN)
    Select(one_of(driver, f"#filters [name={name}]")).select_by_value(value)

    assert visible(driver) == expected


def test_words_and_back(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    one_of(driver, "#filters [name=words]").send_keys("NUMBER several", Keys.ENTER)
    found = visible(driver)
    one_of(driver, "#filters [name=words]").send_keys(" xyzzy", Keys.ENTER)
    nothing = one_of(driver, ".nothing").is_displayed()
    press(driver, "#filters [type=reset]")

    assert (found, nothing) == (["d1-f6"], True)
    assert driver.execute_async_script("setTimeout(arguments[0], 0)") is None
    assert count(driver) == "13 findings"


def test_a_family_offers_its_rules(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    Select(one_of(driver, "#filters [name=family]")).select_by_value("structure")

    assert [each.get_attribute("value") for each in all_of(driver, "#filters [name=rule] option:not([hidden])")] == [
        "",
        "ambiguous-date",
        "missing-section",
    ]


def test_a_frequent_rule_leads_to_its_findings(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    press(driver, "[data-only=missing-section]")

    assert visible(driver) == ["d1-f1", "d1-f2", "d3-f1"]


def test_words_lead_to_their_finding(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    open_documents(driver)
    press(driver, "#d1-l8 mark")
    current = one_of(driver, "[aria-current]")

    assert current.get_attribute("id") == "d1-f9"
    assert driver.switch_to.active_element == current


def test_a_number_leads_to_its_finding_and_a_finding_to_its_line(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    open_documents(driver)
    press(driver, ".paper a[href='#d1-f3']")
    current = one_of(driver, "[aria-current]").get_attribute("id")
    press(driver, "#d1-f9 .also a")

    assert current == "d1-f3"
    assert [each.get_attribute("id") for each in all_of(driver, ".paper p.on")] == ["d1-l7"]


def test_a_link_to_a_finding_opens_its_document(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN, "#d2-f2")

    assert [each.get_attribute("id") for each in all_of(driver, ".doc[open]")] == ["d2"]
    assert one_of(driver, "[aria-current]").get_attribute("id") == "d2-f2"


def test_the_name_of_a_rule_opens_what_it_asks(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN, "#d1-f1")
    press(driver, "#d1-f1 .rule")

    assert [each.get_attribute("id") for each in all_of(driver, ".rules details[open]")] == ["rule-4"]


def test_keys(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN, "#d1-f1")
    seen = []
    for key in ("j", "j", "k", Keys.ARROW_DOWN, Keys.ARROW_DOWN):
        ActionChains(driver).send_keys(key).perform()
        seen.append(driver.switch_to.active_element.get_attribute("id"))

    assert seen == ["d1-f2", "d1-f3", "d1-f2", "d1-f3", "d1-f4"]


def test_the_order_of_documents(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    Select(one_of(driver, "#order")).select_by_value("score")
    by_score = [each.get_attribute("id") for each in all_of(driver, ".doc")]
    Select(one_of(driver, "#order")).select_by_value("errors")
    by_errors = [each.get_attribute("id") for each in all_of(driver, ".doc")]

    assert by_score == ["d1", "d2", "d4", "d3"]
    assert by_errors == ["d1", "d3", "d2", "d4"]


def test_light_and_dark(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    colours = []
    for _ in range(2):
        colours.append(driver.execute_script("return getComputedStyle(document.body).backgroundColor"))
        press(driver, ".theme")

    assert sorted(colours) == ["rgb(20, 22, 24)", "rgb(245, 244, 241)"]


# The ratio of WCAG 2, of each text to the nearest background behind it.
CONTRASTS = """
const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = (colour) => {
  const linear = (part) => (part <= 10.3 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = parts(colour).slice(0, 3).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if ((parts(colour)[3] ?? 1) > 0) return colour;
  }
  return "rgb(255, 255, 255)";
};
const low = [];
for (const element of document.querySelectorAll("body *")) {
  const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!words || !element.checkVisibility() || element.closest(".none, .only-read, svg")) continue;
  const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) low.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
}
return [...new Set(low)];
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read(shown: Callable[..., Driver], theme: str) -> None:
    driver = shown(RUN, "#d1-f3")
    open_documents(driver)
    driver.execute_script("document.documentElement.dataset.theme = arguments[0]", theme)

    assert driver.execute_script(CONTRASTS) == []


@pytest.mark.parametrize("width", [500, 800, 1400])
@pytest.mark.parametrize("run", [RUN, one(RUN.documents[0])], ids=["several documents", "one document"])
def test_nothing_runs_out_of_the_window(shown: Callable[..., Driver], run: Run, width: int) -> None:
    driver = shown(run, "#d1-f1", width)
    wide, window = driver.execute_script("return [document.documentElement.scrollWidth, innerWidth]")

    assert wide <= window


def test_what_can_be_used_has_a_name(shown: Callable[..., Driver]) -> None:
    driver = shown(RUN)
    open_documents(driver)
    nameless = [
        each.get_attribute("outerHTML")
        for each in all_of(driver, "input, select, button, a, summary, [role=region], [role=img]")
        if each.is_displayed() and not each.accessible_name
    ]

    assert nameless == []


def test_without_scripts_all_is_there(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(reporter("html")(RUN, RULES, style=Style()), encoding="utf-8")
    with ExitStack() as stack:
        driver = stack.enter_context(started(tmp_path / "profile", "--blink-settings=scriptEnabled=false"))
        driver.get(f"{file.as_uri()}#d1-f3")

        assert len(all_of(driver, ".finding")) == 13
        assert one_of(driver, "#d1-f3 .message").is_displayed()
        assert not one_of(driver, "#filters").is_displayed()
