import { createRandom } from './random.ts';

const PREFIXES = ['list', 'fetch', 'store', 'price', 'order', 'count'];

/**
 * Python of a bookshop's service: as many modules as asked for, in folders of a hundred, each with calls into earlier
 * ones. All of them reach `stock/core.py` over some steps, most through asynchronous functions.
 * @returns path and text of each file
 */
export function* generateModules(count: number, seed: number): Generator<readonly [path: string, text: string]> {
  const random = createRandom(seed);
  yield [CORE_PATH, coreModule(false)];
  for (let number = 1; number < count; number++) {
    const known = Array.from({ length: Math.min(number - 1, 3) }, () => 1 + random.below(number - 1));
    yield [pathOf(number), moduleText(number, [...new Set(known)], random.below(4))];
  }
}

/** The module that all others reach. */
export const CORE_PATH = 'stock/core.py';

/** Text of {@link CORE_PATH}. */
export function coreModule(blocks: boolean): string {
  const wait = blocks ? '    time.sleep(0.2)\n' : '';
  return `import time\n\n\ndef stock_of(title: str) -> int:\n${wait}    return len(title)\n`;
}

/** A module of such a workspace, with its text as it is written, and with a call that blocks. */
export interface EditedModule {
  readonly path: string;
  readonly texts: readonly [calm: string, blocking: string];
}

/** A module that few others reach. */
export function lateModule(count: number): EditedModule {
  const path = pathOf(Math.floor(count * 0.7));
  const text = [...generateModules(count, SEED)].find(([other]) => other === path)?.[1] ?? '';
  const blocking = text
    .replace('import logging\n', 'import logging\nimport time\n')
    .replace('    total = 0\n', '    total = 0\n    time.sleep(0.2)\n');
  return { path, texts: [text, blocking] };
}

/** Of the workspaces that are measured. */
export const SEED = 1;

function folderOf(number: number): string {
  return `shelf_${Math.floor(number / 100)}`;
}

function pathOf(number: number): string {
  return `${folderOf(number)}/book_${number}.py`;
}

function nameOf(number: number): string {
  return `${PREFIXES[number % PREFIXES.length] ?? 'book'}_${number}`;
}

function moduleText(number: number, imported: readonly number[], extra: number): string {
  const imports = imported.map(other => `from ${folderOf(other)}.book_${other} import ${nameOf(other)}\n`).join('');
  const calls = imported.map(other => `    total += ${nameOf(other)}(title)\n`).join('');
  const core = imported.length === 0 || number % 10 === 0 ? '    total += stock_of(title)\n' : '';
  return `import logging

import httpx
from stock.core import stock_of
${imports}
logger = logging.getLogger(__name__)


def ${nameOf(number)}(title: str) -> int:
    total = 0
${core}${calls}    return total


async def show_${number}(title: str) -> int:
    logger.info("Showing %s", title)
    return ${nameOf(number)}(title)

${Array.from({ length: extra }, (_, index) => classText(number, index)).join('')}`;
}

function classText(number: number, index: number): string {
  return `
class Shelf${number}x${index}:
    """Books of one subject."""

    def __init__(self, url: str, limit: int = 20) -> None:
        self.client = httpx.Client(base_url=url, timeout=5)
        self.limit = limit

    def titles(self) -> list[str]:
        try:
            rows = self.client.get("/books/${number}", params={"limit": self.limit}).json()
        except httpx.HTTPError as error:
            logger.exception("No titles: %s", error)
            raise
        return [row["title"] for row in rows if row.get("price", 0) < self.limit]

    def sell(self, title: str, count: int = 1) -> bool:
        for attempt in range(3):
            response = self.client.post("/sales", json={"title": title, "count": count})
            if response.status_code == 200:
                return True
            logger.warning("Attempt %d to sell %s failed", attempt, title)
        return False
`;
}
