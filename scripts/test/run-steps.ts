import type { Step, StepResult } from './step.ts';

/** Runs steps, at most `lanes` at once, in their order as far as `after` allows; a failure stops nothing. */
export async function runSteps(steps: readonly Step[], lanes: number): Promise<readonly StepResult[]> {
  const results = new Map<string, StepResult>();
  const running = new Map<string, Promise<void>>();
  const waiting = [...steps];

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(step => (step.after ?? []).every(title => results.has(title)));
    const step = running.size < lanes && next >= 0 ? waiting.splice(next, 1)[0] : undefined;
    if (step) {
      const end = runStep(step).then(result => {
        results.set(step.title, result);
        running.delete(step.title);
      });
      running.set(step.title, end);
    } else if (running.size > 0) {
      await Promise.race(running.values());
    } else {
      throw new Error(
        `These steps wait for something that never runs: ${waiting.map(({ title }) => title).join(', ')}`,
      );
    }
  }
  return [...results.values()];
}

async function runStep(step: Step): Promise<StepResult> {
  const started = Date.now();
  const result = await step.run().catch(failureResult);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const mark = result.failed > 0 ? '✗' : '✓';
  console.log(`${mark} ${step.title.padEnd(24)} ${seconds.padStart(6)} s  ${result.summary ?? ''}`.trimEnd());
  if (result.failed > 0) console.log(indent(result.output.trim()));
  return result;
}

function failureResult(error: unknown): StepResult {
  return { passed: 0, failed: 1, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
