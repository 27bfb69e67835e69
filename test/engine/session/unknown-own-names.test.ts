import { beforeAll, expect, test } from 'vitest';
import type { Extractor } from '../../../server/src/engine/extract.ts';
import { unknownOwnNames } from '../../../server/src/engine/session/unknown-own-names.ts';
import { createPythonWorkspace } from '../../../server/src/facts/workspace/python-workspace.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

const FILES = {
  'src/corp/__init__.py': 'from .db import query\n',
  'src/corp/db.py': 'TOTAL = 3\n\ndef query(order):\n    return order\n\nclass Client:\n    pass\n',
  'src/corp/open.py': 'from .db import *\n',
  'src/corp/lazy.py': 'def __getattr__(name):\n    return name\n',
};

test.each([
  ['corp.db.query', undefined],
  ['corp.db.Client.send', undefined],
  ['corp.db.TOTAL', undefined],
  ['corp.query', undefined],
  ['corp.db', undefined],
  ['corp.open.anything', undefined],
  ['corp.lazy.anything', undefined],
  ['requests.got', undefined],
  ['ValueError', undefined],
  ['corp.db.close', 'There is no `close` in `src/corp/db.py`, so what is said of `corp.db.close` has no effect.'],
  [
    'corp.sales.sell',
    'There is no `sales` in `src/corp/__init__.py`, so what is said of `corp.sales.sell` has no effect.',
  ],
])('%s is told from what the modules of the workspace have', (name, message) => {
  const python = createPythonWorkspace();
  const outlines = Object.entries(FILES).map(([path, text]) =>
    extractor.fromPython(extractor.parser.parse(path, text)),
  );
  python.update({ put: outlines.flatMap(({ outline }) => outline ?? []), removed: [] });

  const problems = unknownOwnNames([{ name, path: 'readiness.yaml', range: { start: 4, end: 9 } }], python.index);

  const expected = { path: 'readiness.yaml', range: { start: 4, end: 9 }, message, fatal: false };
  expect(problems).toEqual(message === undefined ? [] : [expected]);
});
