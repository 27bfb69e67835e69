import { PRIORITIES } from '../core/finding.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';

/** How many findings editors are shown as problems; lists of findings have all of them. */
export interface DiagnosticLimits {
  readonly perFile: number;
  /** Of all files together. Files that are open count, yet are always shown up to `perFile`. */
  readonly total: number;
}

export const DEFAULT_LIMITS: DiagnosticLimits = { perFile: 100, total: 2000 };

/** Reads the limits from the settings of a client; what is missing or makes no sense has its default. */
export function readLimits(settings: unknown): DiagnosticLimits {
  const values = typeof settings === 'object' && settings !== null ? Object.entries(settings) : [];
  const read = (name: string, fallback: number): number => {
    const value: unknown = values.find(([key]) => key === name)?.[1];
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fallback;
  };
  return {
    perFile: read('maxDiagnosticsPerFile', DEFAULT_LIMITS.perFile),
    total: read('maxDiagnostics', DEFAULT_LIMITS.total),
  };
}

/** Hands out the problems that a client may be shown, over all roots. */
export class DiagnosticBudget {
  readonly #shown = new Map<string, number>();
  #limits = DEFAULT_LIMITS;
  #total = 0;

  get limits(): DiagnosticLimits {
    return this.#limits;
  }

  /** Holds from the next {@link take} on. */
  change(limits: DiagnosticLimits): void {
    this.#limits = limits;
  }

  /**
   * How many findings of a file may be shown; they count until the next call for this file.
   * @param isOpen whether somebody looks at the file, which then is shown whatever the others take
   */
  take(uri: string, wanted: number, isOpen: boolean): number {
    this.#total -= this.#shown.get(uri) ?? 0;
    const room = isOpen ? Infinity : Math.max(0, this.#limits.total - this.#total);
    const taken = Math.min(wanted, this.#limits.perFile, room);
    this.#total += taken;
    if (taken > 0) this.#shown.set(uri, taken);
    else this.#shown.delete(uri);
    return taken;
  }

  /** Whether a closed file could be shown more. */
  hasRoom(): boolean {
    return this.#total < this.#limits.total;
  }
}

/** The most urgent findings of a file, in their order in the file. */
export function mostUrgent(findings: readonly LocatedFinding[], count: number): readonly LocatedFinding[] {
  if (count >= findings.length) return findings;
  const rank = ({ finding }: LocatedFinding): number => PRIORITIES.indexOf(finding.priority);
  // Sorting keeps the order of equal ones: of one priority, the first of the file are shown.
  const chosen = new Set([...findings].sort((left, right) => rank(left) - rank(right)).slice(0, count));
  return findings.filter(located => chosen.has(located));
}
