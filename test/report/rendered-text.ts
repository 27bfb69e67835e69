import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';
import { parse, type DefaultTreeAdapterMap } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];

/** An element as a browser would make it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text inside, as it is. */
  readonly text: string;
}

/** Markdown as a code host shows it, HTML in it included. */
export function markdownToHtml(markdown: string): string {
  return micromark(markdown, {
    extensions: [gfmTable()],
    htmlExtensions: [gfmTableHtml()],
    allowDangerousHtml: true,
  });
}

/** All elements of a page in their order. */
export function elementsOf(html: string): readonly Element[] {
  return collect(parse(html));
}

/** Names of elements, each once, sorted. */
export function elementNames(html: string): readonly string[] {
  return [...new Set(elementsOf(html).map(({ name }) => name))].sort();
}

/** The text of the first element of a name. */
export function textOf(html: string, name: string): string | undefined {
  return elementsOf(html).find(element => element.name === name)?.text;
}

function collect(node: Node): readonly Element[] {
  const inner = 'childNodes' in node ? node.childNodes.flatMap(collect) : [];
  if (!('tagName' in node)) return inner;
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  return [{ name: node.tagName, attributes, text: innerText(node) }, ...inner];
}

function innerText(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(innerText).join('') : '';
}
