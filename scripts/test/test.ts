/** Everything that must hold: `npm test`. With words behind `--`, only the vitest files that match them. */
import { filteredSteps, STEPS } from './steps.ts';
import { runSteps } from './run-steps.ts';

const filters = process.argv.slice(2);
const started = Date.now();
const results = await runSteps(filters.length > 0 ? filteredSteps(filters) : STEPS, 2);

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`\nDone in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
