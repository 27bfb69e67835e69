/** Scaffolds a rule: `npm run new-rule -- <aspect> <id>`. Asks for what is missing when it runs in a terminal. */
import { createRule } from './new-rule/create-rule.ts';
import { readWish } from './new-rule/read-wish.ts';
import { fail, messageOf } from './support/console.ts';
import { ROOT } from './support/paths.ts';
import { mustRun, npmCommand } from './support/processes.ts';

try {
  const wish = await readWish(process.argv.slice(2), process.stdin.isTTY ? process.stdin : undefined);
  const files = await createRule(ROOT, wish);
  const [npm, ...npmArgs] = npmCommand();
  const generated = await mustRun('generate files', npm, [...npmArgs, 'run', '--silent', 'generate'], { cwd: ROOT });
  console.log([...files.map(file => `wrote ${file}`), generated.trim()].join('\n'));
  console.log(`
Next:
  1. Write the examples on the page, README.md: they are the tests.
  2. npx vitest run test/rules -t ${wish.id}
     It fails until rule.ts reports what the page says, and as long as there are placeholders.
  3. Pick the kind of fact that the rule judges (server/src/core/fact.ts) and write rule.ts.
  4. npm run generate && npm test`);
} catch (error) {
  fail(messageOf(error));
}
