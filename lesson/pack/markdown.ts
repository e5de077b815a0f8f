import { fromMarkdown } from 'mdast-util-from-markdown';

/** What a lesson's text may hold. All else of Markdown is shown as the text that it was written as. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'emphasis' | 'strong'; readonly parts: readonly Inline[] }
  /** `lesson:ID`, or an address of the allow-list. */
  | { readonly kind: 'link'; readonly to: string; readonly parts: readonly Inline[] }
  /** A word of the page's own catalogue: `session.close`. */
  | { readonly kind: 'ui'; readonly key: string }
  | { readonly kind: 'break' };
export type Block =
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'code'; readonly text: string };

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root['children'][number];

const UI = /\{ui:([A-Za-z][A-Za-z0-9.-]{0,80})\}/;
/** Pages that a lesson may lead to: what the standards and Python say. */
const LINK = /^(lesson:[a-z][a-z0-9-]{0,31}|https:\/\/(www\.rfc-editor\.org|docs\.python\.org|man7\.org)\/\S{0,200})$/;
/** Deeper nesting is refused: no lesson needs it. */
const DEPTH_MAX = 8;

/** Markdown as a small tree; pure data, so that a page can show it without HTML. */
export function parseMarkdown(text: string): Block[] {
  return blocksOf(fromMarkdown(text).children, text, 0);
}

/** The keys of the page's catalogue that a text names. */
export function uiKeysOf(text: string): string[] {
  return [...text.matchAll(new RegExp(UI, 'g'))].map(([, key]) => key as string);
}

function blocksOf(nodes: readonly Node[], source: string, depth: number): Block[] {
  return nodes.map((node) => blockOf(node, source, depth));
}

function blockOf(node: Node, source: string, depth: number): Block {
  if (node.type === 'paragraph') return { kind: 'paragraph', parts: inlinesOf(node.children, source, depth) };
  if (node.type === 'code') return { kind: 'code', text: node.value };
  if (node.type === 'list' && depth < DEPTH_MAX) {
    const items = node.children.map((item) => blocksOf(item.children, source, depth + 1));
    return { kind: 'list', isOrdered: node.ordered === true, items };
  }
  return { kind: 'paragraph', parts: [plain(node, source)] };
}

function inlinesOf(nodes: readonly Node[], source: string, depth: number): Inline[] {
  return nodes.flatMap((node) => inlineOf(node, source, depth));
}

function inlineOf(node: Node, source: string, depth: number): Inline[] {
  if (depth >= DEPTH_MAX) return [plain(node, source)];
  switch (node.type) {
    case 'text':
      return textOf(node.value);
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }];
    case 'emphasis':
    case 'strong':
      return [{ kind: node.type, parts: inlinesOf(node.children, source, depth + 1) }];
    case 'break':
      return [{ kind: 'break' }];
    case 'link':
      if (!LINK.test(node.url)) break;
      return [{ kind: 'link', to: node.url, parts: inlinesOf(node.children, source, depth + 1) }];
    default:
  }
  return [plain(node, source)];
}

function textOf(text: string): Inline[] {
  return text
    .split(UI)
    .map((piece, index): Inline => (index % 2 === 1 ? { kind: 'ui', key: piece } : { kind: 'text', text: piece }))
    .filter((part) => part.kind !== 'text' || part.text !== '');
}

/** As it stands in the source: HTML, headings, pictures and addresses that are not allowed. */
function plain({ position }: Node, source: string): Inline {
  return { kind: 'text', text: source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0) };
}
