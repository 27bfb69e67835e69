import type { CallUsage, Value } from '../../core/python-facts.ts';
import type { OutlineArgument, OutlineCall } from '../../core/python-outline.ts';
import type { TextRange } from '../../core/text.ts';

/** Gives the call of an outline once more: all of it. */
export type WholeCall = () => OutlineCall;

/**
 * A call as the call graph keeps it for all files of a workspace: what analyses ask of every call stays at hand, the rest
 * is unpacked when somebody asks. A class, because its members cost nothing per call.
 */
export class LightCall implements OutlineCall {
  readonly index: number;
  readonly calleeText: string;
  readonly function: number;
  readonly awaited: boolean;
  readonly atDefinition: boolean;
  readonly usage: CallUsage;
  readonly inComprehension: boolean;
  readonly movable: boolean;
  readonly bounded: boolean;
  readonly iterated?: true;
  readonly deferred?: true;
  readonly #start: number;
  readonly #end: number;
  readonly #calleeStart: number;
  readonly #calleeEnd: number;
  readonly #whole: WholeCall;

  constructor(call: OutlineCall, whole: WholeCall) {
    this.index = call.index;
    this.calleeText = call.calleeText;
    this.function = call.function;
    this.awaited = call.awaited;
    this.atDefinition = call.atDefinition;
    this.usage = call.usage;
    this.inComprehension = call.inComprehension;
    this.movable = call.movable;
    this.bounded = call.bounded;
    if (call.iterated) this.iterated = true;
    if (call.deferred) this.deferred = true;
    this.#start = call.range.start;
    this.#end = call.range.end;
    this.#calleeStart = call.calleeRange.start;
    this.#calleeEnd = call.calleeRange.end;
    this.#whole = whole;
  }

  get range(): TextRange {
    return { start: this.#start, end: this.#end };
  }

  get calleeRange(): TextRange {
    return { start: this.#calleeStart, end: this.#calleeEnd };
  }

  get callee(): Value {
    return this.#whole().callee;
  }

  get arguments(): readonly OutlineArgument[] {
    return this.#whole().arguments;
  }

  get tries(): readonly number[] {
    return this.#whole().tries;
  }
}
