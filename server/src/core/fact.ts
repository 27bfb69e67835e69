import type { CallFact } from './python-facts.ts';
import type { ExceptionHandlerFact } from './facts/exception-handler.ts';
import type { HttpCallFact } from './facts/http-call.ts';
import type { BlockingCallFact } from './facts/blocking-call.ts';
import type { WorkerSleepFact } from './facts/worker-sleep.ts';
import type { ResourceFact } from './facts/resource.ts';
import type { SecretFact } from './facts/secret.ts';
import type { RuleContext } from './rule.ts';

/** Every kind of fact that a file rule may listen to. Each kind stands in a file of its own under `facts/`. */
export interface FactMap {
  readonly call: CallFact;
  readonly httpCall: HttpCallFact;
  readonly exceptionHandler: ExceptionHandlerFact;
  readonly blockingCall: BlockingCallFact;
  readonly workerSleep: WorkerSleepFact;
  readonly resource: ResourceFact;
  readonly secret: SecretFact;
}

export type FactKind = keyof FactMap;

/** Facts of one file, by kind, in source order; kinds without a fact are absent. */
export type Facts = { readonly [Kind in FactKind]?: readonly FactMap[Kind][] };

/** Listeners of a rule: one function per kind of fact that it judges. */
export type FactListeners = {
  readonly [Kind in FactKind]?: (fact: FactMap[Kind], context: RuleContext) => void;
};
