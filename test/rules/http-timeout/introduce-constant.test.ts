import { beforeAll, expect, test } from 'vitest';
import type { Fix } from '../../../server/src/core/fix.ts';
import { applyEdits } from '../../../server/src/core/text.ts';
import type { Extractor } from '../../../server/src/engine/extract.ts';
import { analyzeExample, createTestExtractor } from '../../support/example-workspace.ts';

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

/** Fixes of the first finding of `http-timeout` in a file. */
async function fixesFor(text: string): Promise<readonly Fix[]> {
  const { findings, fixesOf } = await analyzeExample(extractor, new Map([['shop/stock.py', text]]));
  const finding = findings.find(({ ruleId }) => ruleId === 'http-timeout');
  return finding ? fixesOf(finding) : [];
}

const TWO_CALLS = `"""Stock."""
import aiohttp
import pymongo
import requests


def level(isbn):
    return requests.get("https://stock.example/" + isbn)


def prices():
    return requests.get("https://prices.example", timeout=None)


def books():
    return pymongo.MongoClient("mongodb://books.example")


async def session():
    return aiohttp.ClientSession()
`;

test('introduces one constant and uses it for every call of the file, in the unit of each', async () => {
  const [, second] = await fixesFor(TWO_CALLS);
  expect(second?.title).toBe('Introduce `DEFAULT_TIMEOUT_SECONDS` and use it for 4 calls');
  expect(second?.applicability).toBe('suggested');
  expect(applyEdits(TWO_CALLS, second?.edits[0]?.edits ?? [])).toBe(`"""Stock."""
import aiohttp
import pymongo
import requests

DEFAULT_TIMEOUT_SECONDS = 30


def level(isbn):
    return requests.get(
        "https://stock.example/" + isbn, timeout=DEFAULT_TIMEOUT_SECONDS
    )


def prices():
    return requests.get("https://prices.example", timeout=DEFAULT_TIMEOUT_SECONDS)


def books():
    return pymongo.MongoClient(
        "mongodb://books.example", timeoutMS=DEFAULT_TIMEOUT_SECONDS * 1000
    )


async def session():
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=DEFAULT_TIMEOUT_SECONDS))
`);
});

test('asks for an import once, and puts the constant after it', async () => {
  const text = `import boto3

queue = boto3.client("sqs")
store = boto3.client("s3")
`;
  const [, second] = await fixesFor(text);
  expect(applyEdits(text, second?.edits[0]?.edits ?? [])).toBe(`import boto3
from botocore.config import Config

DEFAULT_TIMEOUT_SECONDS = 30

queue = boto3.client(
    "sqs",
    config=Config(connect_timeout=DEFAULT_TIMEOUT_SECONDS, read_timeout=DEFAULT_TIMEOUT_SECONDS),
)
store = boto3.client(
    "s3",
    config=Config(connect_timeout=DEFAULT_TIMEOUT_SECONDS, read_timeout=DEFAULT_TIMEOUT_SECONDS),
)
`);
});

test.each([
  ['the module has a constant', 'import requests\nHTTP_TIMEOUT = 5\nrequests.get("https://stock.example")\n'],
  ['the name is taken', 'import requests\nDEFAULT_TIMEOUT_SECONDS = "x"\nrequests.get("https://stock.example")\n'],
  ['a call runs before the imports end', 'import requests\nrequests.get("https://stock.example")\nimport time\n'],
])('introduces no constant where %s', async (_, text) => {
  expect(await fixesFor(text)).toHaveLength(1);
});
