import { buildBundles } from '../build/bundles.ts';
import { checkPackage } from '../package/check-package.ts';
import { packageExtension } from '../package/package-extension.ts';
import { ROOT } from '../support/paths.ts';
import { npmCommand, runCommand } from '../support/processes.ts';
import { gateResult, type Step, type StepResult } from './step.ts';
import { runEditorStep } from './editor-step.ts';
import { runVitest } from './vitest-step.ts';

const GENERATED = 'Generated files';
const BUILD = 'Build';
const PACKAGE = 'Package';

/** All of `npm test`. What takes long starts early. */
export const STEPS: readonly Step[] = [
  // Alone and first: it may rewrite files that all others read.
  { title: GENERATED, run: () => runScript('check:generated') },
  { title: BUILD, after: [GENERATED], run: build },
  { title: PACKAGE, after: [BUILD], run: makePackage },
  { title: 'Rules, units, LSP', after: [BUILD], run: () => runVitest([]) },
  { title: 'Editor', after: [PACKAGE], run: runEditorStep },
  { title: 'Lint', after: [BUILD], run: () => runScript('lint') },
  { title: 'Types', after: [BUILD], run: () => runScript('types') },
  { title: 'Unused code', after: [BUILD], run: () => runScript('check:unused') },
  { title: 'Walls', after: [BUILD], run: () => runScript('check:walls') },
  { title: 'Format', after: [BUILD], run: () => runScript('check:format') },
  { title: 'Markdown', after: [BUILD], run: () => runScript('lint:markdown') },
];

/** `npm test -- <filter>`: only what vitest finds under that name. */
export function filteredSteps(filters: readonly string[]): readonly Step[] {
  return [
    { title: BUILD, run: build },
    { title: 'Rules, units, LSP', after: [BUILD], run: () => runVitest(filters) },
  ];
}

/** The bundles as they are shipped: the LSP and the editor tests run on these very files. */
async function build(): Promise<StepResult> {
  const files = await buildBundles({ minify: true });
  const kilobytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024;
  return gateResult(0, '', `${files.length} bundles, ${kilobytes.toFixed(0)} KB`);
}

async function makePackage(): Promise<StepResult> {
  const { megabytes, problems } = await checkPackage(await packageExtension());
  return gateResult(problems.length, problems.join('\n'), `${megabytes.toFixed(2)} MB`);
}

/** A gate is the npm script of the same purpose, so that it can be repeated alone. */
async function runScript(name: string): Promise<StepResult> {
  const [npm, ...npmArgs] = npmCommand();
  const { code, output } = await runCommand(npm, [...npmArgs, 'run', '--silent', name], { cwd: ROOT });
  return gateResult(code, `${output.trim()}\n(npm run ${name})`);
}
