import type { PanelLine, ReadinessApi } from '../../client/src/api.ts';
import { until } from './support.ts';

/** The first line that fits, from top to bottom. */
export function findLine(lines: readonly PanelLine[], fits: (line: PanelLine) => boolean): PanelLine | undefined {
  for (const line of lines) {
    const found = fits(line) ? line : findLine(line.children, fits);
    if (found) return found;
  }
  return undefined;
}

/** Waits for a line of the panel. */
export function lineOf(api: ReadinessApi, what: string, fits: (line: PanelLine) => boolean): Promise<PanelLine> {
  return until(what, async () => findLine(await api.panel(), fits));
}

/** Waits for the line of a rule that holds its findings, with that many of them. */
export function failedRule(api: ReadinessApi, ruleId: string, findings: number): Promise<PanelLine> {
  return lineOf(api, `${findings} findings of ${ruleId}`, ({ entry, context, children }) => {
    const { subject } = entry.node;
    const isRule = subject?.kind === 'rule' && subject.ruleId === ruleId && context.startsWith('rule.failed');
    return isRule && children.length === findings;
  });
}
