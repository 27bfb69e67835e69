import type { Priority } from '../../core/finding.ts';

/** A part of a line. All texts are plain: the renderers escape them. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'priority'; readonly priority: Priority }
  /** A number from 0 to 100. */
  | { readonly kind: 'share'; readonly value: number };

export type Line = readonly Inline[];

/** An item of a list; `done` makes it a box to tick. */
export interface ListItem {
  readonly content: Line;
  readonly items?: readonly ListItem[];
  readonly done?: boolean;
}

/** A number that a reader looks for first. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** A part of a document, one below the other. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly content: Line }
  | { readonly kind: 'paragraph'; readonly content: Line }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly kind: 'figures'; readonly figures: readonly Figure[] }
  /** A list whose Markdown is there to be copied. */
  | { readonly kind: 'source'; readonly items: readonly ListItem[] };

export interface Column {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
}

/** A text with a title, without a format. */
export interface Document {
  readonly title: string;
  /** What stands below the title. */
  readonly subtitle: Line;
  readonly blocks: readonly Block[];
}

/** Plain words. */
export function text(words: string): Inline {
  return { kind: 'text', text: words };
}

/** Code, a path, a command. */
export function code(words: string): Inline {
  return { kind: 'code', text: words };
}

/** Words that a reader who skims must see. */
export function strong(words: string): Inline {
  return { kind: 'strong', text: words };
}

/** A message of a rule, in which code stands in backticks. */
export function fromMessage(message: string): Line {
  return message
    .split(/`([^`]+)`/)
    .map((part, index) => ({ kind: index % 2 === 1 ? ('code' as const) : ('text' as const), text: part }))
    .filter(part => part.text !== '');
}

export function heading(level: 2 | 3 | 4, ...content: Line): Block {
  return { kind: 'heading', level, content };
}

export function paragraph(...content: Line): Block {
  return { kind: 'paragraph', content };
}

/** A list with a dot before each item; nothing when there is no item. */
export function list(items: readonly ListItem[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', ordered: false, items }];
}
