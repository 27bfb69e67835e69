/** Data that survives `JSON.stringify`: what findings, facts and caches are made of. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };
