/**
 * Tries every fix of every finding in a folder, and says which ones are not safe; see scripts/fix-safety/request.ts for
 * the options. The folder is only read. Ends with 1 when a fix fails.
 */
import { writeFile } from 'node:fs/promises';
import { RULES } from '../rules/catalogue.ts';
import { buildBundles } from './build/bundles.ts';
import { renderFailures, renderSample, renderTable, toJson } from './fix-safety/print-report.ts';
import { readRequest, type SafetyRequest } from './fix-safety/request.ts';
import { tryFolder } from './fix-safety/try-folder.ts';
import { fail, messageOf } from './support/console.ts';
import { DIST } from './support/paths.ts';

const request = readOrFail(process.argv.slice(2));
// The scan's threads run the bundle.
await buildBundles({ minify: false, names: ['worker', 'typescript'] });
const started = Date.now();
const { folder, allFiles, ruleId } = request;
const report = await tryFolder({ folder, allFiles, ruleId, rules: RULES, assetFolder: DIST });
if (request.jsonFile !== undefined) await writeFile(request.jsonFile, toJson(report));
if (request.sample > 0) console.log(renderSample(report.trials, request.sample, request.seed));
const failures = renderFailures(report.trials);
if (failures !== '') console.log(failures);
for (const sentence of report.skipped) console.log(sentence);
console.log(renderTable(report));
console.log(`${report.files} files of ${folder} in ${Math.round((Date.now() - started) / 1000)} s.`);
process.exitCode = failures === '' ? 0 : 1;

function readOrFail(words: readonly string[]): SafetyRequest {
  try {
    return readRequest(
      words,
      RULES.map(({ meta }) => meta.id),
    );
  } catch (error) {
    return fail(messageOf(error));
  }
}
