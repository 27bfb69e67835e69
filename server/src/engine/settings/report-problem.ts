import type { TextRange } from '../../core/text.ts';

/** Receives mistakes in a configuration, with their places; the message is full sentences. */
export type ReportProblem = (range: TextRange, message: string) => void;
