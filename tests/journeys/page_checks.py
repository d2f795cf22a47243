"""What axe finds wrong with a page, and what axe does not look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

STRUCTURE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const faults = [];
  const ids = all('[id]').map((one) => one.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  faults.push(...new Set(twice.map((id) => `id ${id} twice`)));
  if (all('h1').length !== 1) faults.push(`${all('h1').length} h1`);
  let before = 1; // The error summary stands before the h1.
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) faults.push(`h${level} after h${before}: ${heading.textContent}`);
    before = level;
  }
  for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for']) {
    for (const one of all(`[${name}]`)) {
      for (const id of one.getAttribute(name).split(' ').filter(Boolean)) {
        if (!document.getElementById(id)) faults.push(`${name} to no ${id}`);
      }
    }
  }
  for (const link of all('a[href^="#"]')) {
    if (!document.getElementById(link.hash.slice(1))) faults.push(`a link to no ${link.hash}`);
  }
  for (const set of all('fieldset')) {
    if (!set.querySelector(':scope > legend')) faults.push(`no legend: ${set.className}`);
  }
  if (!document.documentElement.lang) faults.push('no lang');
  if (!document.title.trim()) faults.push('no title');
  faults.push(...all('[style]').map((one) => `style on ${one.tagName} ${one.className}`));
  // The style of a first page stands in it, allowed by its hash (web/first_visit.py).
  const scripts = 'script:not([src]):not([type="application/json"])';
  const inline = all(`head > style ~ style, body style, ${scripts}`);
  faults.push(...inline.map((one) => `inline ${one.tagName}`));
  for (const row of all('label.option')) {
    const box = row.getBoundingClientRect();
    const low = box.height && box.height < 44;
    if (low) faults.push(`a target ${box.height} px high: ${row.textContent}`);
  }
  for (const picture of all('svg[width], img[width]')) {
    const [drawn, seen] = [Number(picture.getAttribute('width')), picture.getBoundingClientRect()];
    const squeezed = drawn <= 48 && seen.width && seen.width < drawn - 1;
    if (squeezed) faults.push(`a sign of ${drawn} px is ${seen.width} wide`);
  }
  return faults;
}"""
OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return wide > 0 ? [`${wide} px too wide at ${innerWidth} px`] : [];
}"""
# axe asks less of large letters; across a room all of them need 7 to 1.
ACROSS_A_ROOM = """async () => {
  const of = { expected: 7 };
  const options = { contrastRatio: { normal: of, large: of } };
  axe.configure({ checks: [{ id: 'color-contrast-enhanced', options }] });
  const found = await axe.run({ runOnly: ['color-contrast-enhanced'] });
  const nodes = [...found.violations, ...found.incomplete].flatMap((one) => one.nodes);
  const texts = [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility()
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  const small = texts.filter((one) => parseFloat(getComputedStyle(one).fontSize) < 28);
  return [
    ...nodes.map((node) => `less than 7 to 1: ${node.html.slice(0, 120)}`),
    ...small.map((one) => `smaller than 28 px: ${one.outerHTML.slice(0, 120)}`),
  ];
}"""
VIOLATIONS = """async (options) => (await axe.run(options)).violations.map(
  ({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120))}`
)"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}
WIDTHS = (1280, 320, 360)


class PageChecks:
    """Collects what is wrong on the pages a test visits, each line with the page's name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.axe = Axe()
        self.faults: list[str] = []

    def visit(self, *addresses: str) -> None:
        for address in addresses:
            self.page.goto(address)
            self.check(address)

    def check(self, name: str) -> None:
        found = [fault for width in WIDTHS for fault in self.too_wide(width)]
        found += self.page.evaluate(STRUCTURE)
        self.add(name, [*found, *self.violations()])

    def check_wall(self, name: str) -> None:
        """What a room reads from a projector, beside all else."""
        self.check(name)
        self.add(name, self.page.evaluate(ACROSS_A_ROOM))

    def check_wcag(self, name: str) -> None:
        """For pages whose markup is the stock admin's: the standard, not the best practices."""
        self.add(name, self.violations(runOnly=WCAG))

    def violations(self, **options: Any) -> list[str]:
        """Only what is wrong leaves the page: all that is right is a thousand times as much."""
        self.page.evaluate(self.axe.axe_script)
        found: list[str] = self.page.evaluate(VIOLATIONS, AXE_OPTIONS | options)
        return found

    def add(self, name: str, found: list[str]) -> None:
        self.faults += [f"{name}: {fault}" for fault in found]

    def report(self) -> str:
        return "\n".join(self.faults)

    def too_wide(self, width: int) -> list[str]:
        self.page.set_viewport_size({"width": width, "height": 720})
        found: list[str] = self.page.evaluate(OVERFLOW)
        return found
