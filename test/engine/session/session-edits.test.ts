import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, type TextEdit } from '../../../server/src/core/text.ts';
import { folderWith, git, writeFiles } from '../../workspace/temp-folder.ts';
import { extractor, openSession } from './open-session.ts';

const NEVER = { isCancellationRequested: false };

const SHOP = `import time
import requests

class Till:
    def pay(self, order):
        try:
            return requests.post(order.url, json=order.lines)
        except:
            pass

async def restock(shelf):
    # café, 📚
    time.sleep(shelf.delay)
    """ends here"""
    shelf.fill()
`;

/** Pieces that break code in every way that typing does. */
const PIECES = [
  '"""',
  '\n',
  '    ',
  '(',
  ')',
  ':',
  '#',
  'x',
  '\t',
  '\r\n',
  '📚',
  'except:\n',
  'async def f():\n',
  '= 1',
  "'",
];

test('typing gives the same result as opening the final text', async () => {
  const root = folderWith({ 'till.py': SHOP });
  const session = await openSession(root);
  const edit = fc.record({ at: fc.nat(), cut: fc.nat(12), piece: fc.constantFrom(...PIECES, '') });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 6 }), async bursts => {
      let text = SHOP;
      let version = 1;
      session.open('till.py', text, version);
      for (const burst of bursts) {
        const edits: TextEdit[] = [];
        for (const { at, cut, piece } of burst) {
          const start = at % (text.length + 1);
          const next = { range: { start, end: Math.min(text.length, start + cut) }, newText: piece };
          edits.push(next);
          text = applyEdits(text, [next]);
        }
        session.change('till.py', text, ++version, edits);
        await session.analyze('till.py');
      }
      const typed = await session.analyze('till.py');
      session.open('till.py', text, version);
      const fresh = await session.analyze('till.py');
      const facts = await (await extractor).fromText('till.py', text);
      const isWhole = !('reason' in facts) && facts.syntaxErrors.length === 0;
      // While code is broken, findings of the last good version stay beside the fresh ones.
      const expected = fresh?.findings ?? [];
      expect(typed?.findings).toEqual(isWhole ? expected : expect.arrayContaining([...expected]));
    }),
    { numRuns: 60 },
  );
});

test('a tracked environment file is reported when git takes it, and no longer when git lets it go', async () => {
  const root = folderWith({ '.env': 'TILL_TOKEN=open\n', 'till.py': 'x = 1\n' });
  git(root, 'init', '-q');
  const session = await openSession(root);
  await session.scan(NEVER);
  const reported = (): string[] => session.analyses().flatMap(({ findings }) => findings.map(({ path }) => path));
  expect(reported()).toEqual([]);

  git(root, 'add', '.env');
  await session.refresh(['.git/index'], NEVER);
  expect(reported()).toEqual(['.env']);

  git(root, 'rm', '-q', '--cached', '.env');
  await session.refresh(['.git/index'], NEVER);
  expect(reported()).toEqual([]);
});

test('a folder that appears is walked through, and one that vanishes takes its findings along', async () => {
  const root = folderWith({ 'app.py': 'x = 1\n' });
  const session = await openSession(root);
  await session.scan(NEVER);
  writeFiles(root, { 'shop/till.py': 'import requests\nrequests.get("https://shop.example")\n' });
  const changed = await session.refresh(['shop', 'shop/till.py'], NEVER);
  expect(changed.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId))).toEqual(['http-timeout']);
});

test('an unsaved document decides over its file on disk', async () => {
  const root = folderWith({ 'till.py': 'import requests\nrequests.get("https://shop.example")\n' });
  const session = await openSession(root);
  session.open('till.py', 'x = 1\n', 7);
  await session.scan(NEVER);
  expect(session.analyses()).toMatchObject([{ path: 'till.py', version: 7, findings: [] }]);
  session.close('till.py');
  expect((await session.analyze('till.py'))?.findings).toHaveLength(1);
});
