/**
 * Measures inside of a process of its own: `node probe.js <project root> <work as JSON>`; prints the answer as JSON.
 * Bundled like the product before it runs, because that is the code that users run.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Ruff from '@astral-sh/ruff-wasm-nodejs';
import { RULES } from '../../rules/catalogue.ts';
import { NEVER_CANCELLED } from '../../server/src/core/cancellation.ts';
import { DEFAULT_SETTINGS } from '../../server/src/core/settings.ts';
import { judgeFile } from '../../server/src/engine/judge-file.ts';
import type { Session } from '../../server/src/engine/session.ts';
import { packOutline } from '../../server/src/facts/workspace/outline/pack-outline.ts';
import { createPythonWorkspace } from '../../server/src/facts/workspace/python-workspace.ts';
import { loadParsers, openSession } from '../../server/src/product.ts';
import { RUFF_RULES } from './peers.ts';
import type { ProbeAnswers, ProbeWork, Sample } from './probe-work.ts';
import { typeStatements } from './typist.ts';

/** Keystrokes before the first that counts: the engine of JavaScript compiles what runs often. */
const WARM_UP = 40;

const [projectRoot = '', json = ''] = process.argv.slice(2);
// Only `runProbe` starts this script.
const work = JSON.parse(json) as ProbeWork;
// A bundle in CommonJS has no top-level await; a failure ends the process with its stack.
void measure(work).then(answer => process.stdout.write(JSON.stringify(answer)));

function measure(wanted: ProbeWork): Promise<ProbeAnswers[ProbeWork['kind']]> {
  switch (wanted.kind) {
    case 'type':
      return type(wanted);
    case 'scan':
      return scan(wanted);
    case 'ruff':
      return Promise.resolve(judgeWithRuff(wanted));
    case 'edit':
      return edit(wanted);
    case 'link':
      return link(wanted);
  }
}

async function type({ root, path, keystrokes }: ProbeWork & { kind: 'type' }): Promise<ProbeAnswers['type']> {
  const session = await open(root, null, 1);
  await session.scan(NEVER_CANCELLED);
  const ruff = createRuff();
  const text = readFileSync(join(root, path), 'utf8');
  session.open(path, text, 1);
  await session.analyze(path);
  const ours: Sample[] = [];
  const theirs: Sample[] = [];
  let version = 1;
  for (const keystroke of typeStatements(text, 1)) {
    version++;
    const start = now();
    session.change(path, keystroke.text, version, [keystroke.edit]);
    await session.analyze(path);
    const middle = now();
    ruff.check(keystroke.text);
    if (version <= WARM_UP) continue;
    ours.push(between(start, middle));
    theirs.push(between(middle, now()));
    if (ours.length === keystrokes) break;
  }
  return { ours, ruff: theirs };
}

async function scan({ root, cacheFolder, threads }: ProbeWork & { kind: 'scan' }): Promise<ProbeAnswers['scan']> {
  const session = await open(root, cacheFolder, threads);
  const start = now();
  await session.scan(NEVER_CANCELLED);
  const { wall, cpu } = between(start, now());
  const analyses = session.analyses();
  const findings = analyses.reduce((sum, analysis) => sum + analysis.findings.length, 0);
  return { wall, cpu, files: analyses.length, findings };
}

function judgeWithRuff({ root, paths }: ProbeWork & { kind: 'ruff' }): ProbeAnswers['ruff'] {
  const ruff = createRuff();
  const started = performance.now();
  for (const path of paths) ruff.check(readFileSync(join(root, path), 'utf8'));
  return { wall: performance.now() - started };
}

async function edit({
  root,
  path,
  texts,
  edits,
  threads,
}: ProbeWork & { kind: 'edit' }): Promise<ProbeAnswers['edit']> {
  const session = await open(root, null, threads);
  await session.scan(NEVER_CANCELLED);
  const before = countFindings(session);
  session.open(path, texts[0], 1);
  await session.analyze(path);
  const times: number[] = [];
  let changed = 0;
  for (let version = 2; version < edits + 2; version++) {
    const started = performance.now();
    session.change(path, version % 2 === 0 ? texts[1] : texts[0], version, undefined);
    await session.analyze(path);
    await session.relate();
    const after = countFindings(session);
    times.push(performance.now() - started);
    changed = Math.max(changed, [...after].filter(([other, count]) => count !== before.get(other)).length);
  }
  return { times, changed };
}

async function link({ root, paths }: ProbeWork & { kind: 'link' }): Promise<ProbeAnswers['link']> {
  const extractor = await loadParsers();
  const workspace = createPythonWorkspace();
  const outlines: Uint8Array[] = [];
  const spent = { alone: 0, outline: 0, link: 0 };
  for (const path of paths) {
    const bytes = readFileSync(join(root, path));
    const start = now();
    const facts = await extractor.fromBytes(path, bytes);
    if ('reason' in facts) continue;
    judgeFile(facts, RULES, DEFAULT_SETTINGS);
    const middle = now();
    if (facts.outline) outlines.push(packOutline(facts.outline));
    spent.alone += between(start, middle).wall;
    spent.outline += between(middle, now()).wall;
  }
  const start = now();
  workspace.update({ put: outlines, removed: [] }, []);
  workspace.blockedCalls();
  return { ...spent, link: between(start, now()).wall };
}

function countFindings(session: Session): ReadonlyMap<string, number> {
  return new Map(session.analyses().map(({ path, findings }) => [path, findings.length]));
}

function open(root: string, cacheFolder: string | null, jobs: number): Promise<Session> {
  const ignored = (): void => undefined;
  return openSession(root, { info: ignored, error: console.error }, { cacheFolder, jobs });
}

function createRuff(): { check(text: string): unknown } {
  // The package is there for the benchmark alone, and lies where the project's packages are.
  const require = createRequire(join(projectRoot, 'package.json'));
  const ruff = require('@astral-sh/ruff-wasm-nodejs') as typeof Ruff;
  return new ruff.Workspace({ 'target-version': 'py311', lint: { select: RUFF_RULES } }, ruff.PositionEncoding.Utf16);
}

/** Both clocks in milliseconds. CPU is that of all threads of this process. */
function now(): Sample {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1000 };
}

function between(start: Sample, end: Sample): Sample {
  return { wall: end.wall - start.wall, cpu: end.cpu - start.cpu };
}
