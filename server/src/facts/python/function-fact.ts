import type { FunctionFact } from '../../core/python-facts.ts';

/** All of a function's facts but its hash. */
export type FunctionFields = Omit<FunctionFact, 'codeHash'>;

/**
 * A function's fact whose hash is worked out when somebody asks for it, once: hardly anybody does.
 * The fields are written out, which takes a fraction of the time of `...`.
 */
export function functionFact(fields: FunctionFields, hashCode: () => number): FunctionFact {
  let hash: number | undefined;
  return {
    index: fields.index,
    qualifiedName: fields.qualifiedName,
    kind: fields.kind,
    isAsync: fields.isAsync,
    isGenerator: fields.isGenerator,
    range: fields.range,
    nameRange: fields.nameRange,
    bodyRange: fields.bodyRange,
    parent: fields.parent,
    class: fields.class,
    decorators: fields.decorators,
    parameters: fields.parameters,
    returnAnnotation: fields.returnAnnotation,
    returns: fields.returns,
    get codeHash() {
      return (hash ??= hashCode());
    },
  };
}
