import { expect, test } from 'vitest';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { Finding } from '../../server/src/core/finding.ts';
import type { FileAnalysis } from '../../server/src/engine/model.ts';
import { readClientFeatures } from '../../server/src/lsp/client-features.ts';
import { DiagnosticBudget } from '../../server/src/lsp/diagnostic-limits.ts';
import { FileTexts } from '../../server/src/lsp/file-texts.ts';
import { OpenDocuments } from '../../server/src/lsp/open-documents.ts';
import { DiagnosticPublisher } from '../../server/src/lsp/publish-diagnostics.ts';
import { RulePages } from '../../server/src/lsp/rule-pages.ts';

const TEXT = 'import requests\nrequests.get(url)\n';
const SHOP = 'file:///srv/shop';

test('a result for an old version of a document is dropped', async () => {
  const { publisher, sent, open } = publisherOf();
  open('orders.py', 4);

  await publisher.publish(analysis('orders.py', 3, [finding('orders.py')]));
  expect(sent).toEqual([]);
  await publisher.publish(analysis('orders.py', 4, [finding('orders.py')]));

  expect(sent.map(({ version, diagnostics }) => [version, diagnostics.length])).toEqual([[4, 1]]);
});

test('a result of the disk is dropped while the document is open', async () => {
  const { publisher, sent, open } = publisherOf();
  open('orders.py', 1);

  await publisher.publish(analysis('orders.py', undefined, [finding('orders.py')]));

  expect(sent).toEqual([]);
});

test('of two results that are under way, only the newer one is published', async () => {
  const reads: ((text: string) => void)[] = [];
  const { publisher, sent } = publisherOf({ read: () => new Promise(resolve => reads.push(resolve)) });

  const older = publisher.publish(analysis('orders.py', undefined, [finding('orders.py', 'older')]));
  const newer = publisher.publish(analysis('orders.py', undefined, [finding('orders.py', 'newer')]));
  reads[1]?.(TEXT);
  await newer;
  reads[0]?.(TEXT);
  await older;

  expect(sent.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message))).toEqual(['newer']);
});

test('what the client knows already is not sent again', async () => {
  const { publisher, sent } = publisherOf();

  await publisher.publish(analysis('orders.py', undefined, [finding('orders.py')]));
  await publisher.publish(analysis('orders.py', undefined, [finding('orders.py')]));
  await publisher.publish(analysis('tidy.py', undefined, []));

  expect(sent.map(({ uri }) => uri)).toEqual([`${SHOP}/orders.py`]);
});

test('a file that is cleared while it is being read stays cleared', async () => {
  let finish: (text: string) => void = () => undefined;
  const { publisher, sent } = publisherOf({
    read: () =>
      new Promise(resolve => {
        finish = resolve;
      }),
  });

  const publishing = publisher.publish(analysis('orders.py', undefined, [finding('orders.py')]));
  publisher.clearAll();
  finish(TEXT);
  await publishing;

  expect(sent).toEqual([]);
});

test('files that another root speaks for are not published, and taken back when that root appears', async () => {
  let inner = false;
  const { publisher, sent } = publisherOf({ owns: path => !(inner && path.startsWith('worker/')) });
  await publisher.publish(analysis('worker/stock.py', undefined, [finding('worker/stock.py')]));

  inner = true;
  publisher.retain(new Set(['worker/stock.py']));
  await publisher.publish(analysis('worker/stock.py', undefined, [finding('worker/stock.py', 'again')]));

  expect(sent.map(({ diagnostics }) => diagnostics.length)).toEqual([1, 0]);
});

test('mistakes in the configuration stand beside the findings of its file, and go when they are mended', async () => {
  const { publisher, sent } = publisherOf();
  await publisher.publish(analysis('readiness.yaml', undefined, [finding('readiness.yaml')]));
  const range = { start: 0, end: 6 };

  await publisher.publishProblems([{ path: 'readiness.yaml', range, message: 'This is no YAML.', fatal: true }]);
  await publisher.publishProblems([]);

  expect(sent.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
    ['http-timeout'],
    ['http-timeout', 'configuration'],
    ['http-timeout'],
  ]);
});

test('places in other files are named in their own lines', async () => {
  const related = [{ path: 'client.py', range: { start: 16, end: 28 }, message: 'The client is made here.' }];
  const { publisher, sent } = publisherOf();

  await publisher.publish(analysis('orders.py', undefined, [{ ...finding('orders.py'), related }]));

  expect(sent[0]?.diagnostics[0]?.relatedInformation).toEqual([
    {
      location: {
        uri: `${SHOP}/client.py`,
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 12 } },
      },
      message: 'The client is made here.',
    },
  ]);
});

test('results of one moment lead to each file once, and the next ones to what it says then', async () => {
  const texts: Record<string, string> = { 'client.py': TEXT, 'orders.py': TEXT, 'stock.py': TEXT };
  const reads: string[] = [];
  const { publisher, sent } = publisherOf({
    read: path => {
      const name = path.replace('/srv/shop/', '');
      reads.push(name);
      return Promise.resolve(texts[name] ?? '');
    },
  });
  const place = { path: 'client.py', range: { start: 16, end: 28 }, message: 'The client is made here.' };
  const both = (message: string): readonly FileAnalysis[] =>
    ['orders.py', 'stock.py'].map(path => {
      return analysis(path, undefined, [{ ...finding(path, message), related: [place, { ...place }] }]);
    });
  const lines = (): unknown =>
    sent.map(({ diagnostics }) => diagnostics[0]?.relatedInformation?.map(({ location }) => location.range.start.line));

  await publisher.publishAll(both('It waits.'));
  expect(reads).toEqual(['orders.py', 'client.py', 'stock.py']);
  expect(lines()).toEqual([
    [1, 1],
    [1, 1],
  ]);

  texts['client.py'] = `\n\n${TEXT}`;
  await publisher.publishAll(both('It waits forever.'));
  expect(lines()).toEqual([
    [1, 1],
    [1, 1],
    [2, 2],
    [2, 2],
  ]);
});

interface Setup {
  readonly read?: (path: string) => Promise<string>;
  readonly owns?: (path: string) => boolean;
}

function publisherOf({ read = () => Promise.resolve(TEXT), owns = () => true }: Setup = {}) {
  const sent: PublishDiagnosticsParams[] = [];
  const documents = new OpenDocuments();
  const features = readClientFeatures({
    capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true } } },
  });
  const publisher = new DiagnosticPublisher({
    send: params => sent.push(params),
    texts: new FileTexts(SHOP, '/srv/shop', documents, read),
    pages: new RulePages([], '/pages'),
    onChange: () => undefined,
    ...{ features, owns, budget: new DiagnosticBudget() },
  });
  const open = (path: string, version: number): void => {
    documents.open({ textDocument: { uri: `${SHOP}/${path}`, languageId: 'python', version, text: TEXT } });
  };
  return { publisher, sent, open };
}

function analysis(path: string, version: number | undefined, findings: readonly Finding[]): FileAnalysis {
  return { path, version, findings, accepted: [], failures: [], examined: {}, notMeasured: undefined };
}

function finding(path: string, message = 'It waits forever.'): Finding {
  return {
    ...{ ruleId: 'http-timeout', path, range: { start: 16, end: 28 }, message },
    ...{ priority: 'high', confidence: 'high', related: [], fix: 'suggested', data: undefined, fingerprint: 'f' },
  };
}
