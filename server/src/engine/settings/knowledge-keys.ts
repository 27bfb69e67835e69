/** Keys of the `knowledge` map. */
export const KNOWLEDGE_KEYS = ['blocking', 'raises', 'http', 'resources'] as const;

/** Keys of an entry of `blocking` that is no bare name. */
export const BLOCKING_FIELDS = ['of', 'calls', 'kind', 'async', 'threads', 'lazy'] as const;
/** Keys of an entry of `http`. */
export const HTTP_FIELDS = ['timeoutArgument', 'takes', 'form', 'position', 'defaultSeconds'] as const;
/** Keys of an entry of `resources` that is no bare name. */
export const RESOURCE_FIELDS = ['openers', 'what', 'close', 'context'] as const;

/** Allowed words, by field. */
export const WORDS = {
  kind: ['network', 'database', 'file', 'subprocess', 'sleep', 'wait', 'cpu', 'input'],
  threads: ['any', 'one', 'own'],
  takes: ['seconds', 'wholeSeconds', 'milliseconds'],
  form: ['call', 'client'],
  context: ['with', 'asyncWith', 'none'],
} as const;

/** A name of Python with the modules in front of it. */
export const DOTTED_NAME = '^[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$';
/** A name without dots. */
export const PLAIN_NAME = '^[A-Za-z_]\\w*$';
/** A class, by PEP 8: its last name starts with a capital letter. */
export const CLASS_NAME = '^([A-Za-z_]\\w*\\.)*_*[A-Z]\\w*$';
/** The same as a dotted name with at least one module. */
export const FULL_NAME = '^[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+$';
