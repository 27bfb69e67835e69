/** One step from a name to what it leads to. */
export type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'call'; readonly isOrigin: boolean }
  /** What `with` binds. */
  | { readonly kind: 'enter' }
  /** What a web framework passes for `Depends(…)`. */
  | { readonly kind: 'depends' }
  | { readonly kind: 'super' };

const TOKEN = /\(\)|<\w+>|[^.()<>]+/g;

/**
 * Takes a symbol's end apart: `.Client().__enter__().get` is a member, a call, an entering, a member. The call that made
 * the object at the end is marked: a value's origin is that call.
 */
export function stepsOf(rest: string): readonly Step[] {
  const tokens = rest.match(TOKEN) ?? [];
  const steps: Step[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const isCalled = tokens[at + 1] === '()';
    if (token === '()') steps.push({ kind: 'call', isOrigin: false });
    else if (token === '<super>') steps.push({ kind: 'super' });
    else if (isCalled && (token === '__enter__' || token === '__aenter__' || token === '<depends>')) {
      steps.push({ kind: token === '<depends>' ? 'depends' : 'enter' });
      at++;
    } else steps.push({ kind: 'member', name: token });
  }
  const maker = steps.findLastIndex(step => step.kind === 'call');
  return steps.map((step, at) => (at === maker ? { kind: 'call', isOrigin: true } : step));
}
