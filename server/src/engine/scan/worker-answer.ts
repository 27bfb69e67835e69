import type { LinkedResult } from './judge-linked-file.ts';
import type { MeasureResult } from './measure-file.ts';

/** What a worker of scans says of a file: what it measured, or its judgement in the light of the names it was told. */
export type WorkerAnswer = MeasureResult | LinkedResult;
