/**
 * Measures speed and memory: `npm run bench [-- options]`. Prints a table, with what DESIGN asks for and with what
 * other programs need for the same files in the same run. Nothing fails when a target is missed.
 *
 * - `--quick`: less of everything, in under a minute.
 * - `--only NAME`: one work alone (`keystroke`, `start`, `server`, `scan`, `edit`); may be repeated.
 * - `--folder DIR`: Python files to measure with, instead of the library of `python3`.
 * - `--all-files`: tests of the library too.
 * - `--json FILE`: writes the figures to a file as well.
 *
 * How each figure is measured stands beside its code in `scripts/bench/`. The time of the client's `activate()` is
 * measured by the editor tests.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printTable } from './bench/print-table.ts';
import { runBench, WORKS } from './bench/run-bench.ts';
import { fail, messageOf } from './support/console.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    folder: { type: 'string' },
    'all-files': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const unknown = values.only.filter(name => !WORKS.some(work => work.name === name));
if (unknown.length > 0)
  fail(`There is no ${unknown.join(', ')}. There are: ${WORKS.map(work => work.name).join(', ')}.`);

try {
  const report = await runBench(
    {
      quick: values.quick,
      only: values.only,
      folder: values.folder === undefined ? undefined : resolve(values.folder),
      allFiles: values['all-files'],
      limit: values.quick ? 150 : Infinity,
    },
    name => {
      console.error(`Measuring ${name} …`);
    },
  );
  const { machine, files } = report;
  console.log(`Node ${machine.node} on ${machine.platform}, ${machine.cores} cores (${machine.cpu})`);
  const isBusy = machine.load > machine.cores / 2;
  if (isBusy)
    console.log(
      `The machine is busy (load ${machine.load.toFixed(1)}): all times are too long, ratios and CPU less so.`,
    );
  console.log(
    `${files.count} files, ${files.lines} lines, ${(files.bytes / 1e6).toFixed(1)} MB from ${files.source}\n`,
  );
  console.log(printTable(report.figures));
  console.log('client activate(): measured by the editor tests');
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
} catch (error) {
  fail(messageOf(error));
}
