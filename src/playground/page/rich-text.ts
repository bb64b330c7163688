import { escapeHtml } from '../../model/escape-html.ts';
import { link, withEmoji } from './html.ts';
import { mention } from './mrkdwn.ts';
import type { DisplayNames } from './names.ts';

type Node = { type: string; elements?: Node[] } & Record<string, unknown>;

/** A rich_text block as HTML. */
export function renderRichText(block: { type: string; elements?: unknown }, names: DisplayNames): string {
  const elements = Array.isArray(block.elements) ? (block.elements as Node[]) : [];
  return elements.map((element) => renderPart(element, names)).join('');
}

function renderPart(part: Node, names: DisplayNames): string {
  const pieces = (part.elements ?? []).map((piece) => renderPiece(piece, names)).join('');
  switch (part.type) {
    case 'rich_text_section':
      return `<div>${pieces}</div>`;
    case 'rich_text_quote':
      return `<blockquote>${pieces}</blockquote>`;
    case 'rich_text_preformatted':
      return `<pre>${pieces}</pre>`;
    case 'rich_text_list': {
      const tag = part.style === 'ordered' ? 'ol' : 'ul';
      const items = (part.elements ?? []).map((item) => `<li>${renderPart(item, names)}</li>`).join('');
      return `<${tag} class="indent${Number(part.indent ?? 0)}">${items}</${tag}>`;
    }
    default:
      return `<span class="unknown">${escapeHtml(part.type)}</span>`;
  }
}

function renderPiece(piece: Node, names: DisplayNames): string {
  return styled(bare(piece, names), piece.style as Record<string, boolean> | undefined);
}

function bare(piece: Node, names: DisplayNames): string {
  switch (piece.type) {
    case 'text':
      return escapeHtml(String(piece.text)).replaceAll('\n', '<br>');
    case 'link':
      return link(String(piece.url), escapeHtml(String(piece.text ?? piece.url)));
    case 'user':
      return mention(`@${names.user(String(piece.user_id))}`);
    case 'channel':
      return mention(`#${names.channel(String(piece.channel_id))}`);
    case 'broadcast':
      return mention(`@${String(piece.range)}`);
    case 'emoji':
      return escapeHtml(withEmoji(`:${String(piece.name)}:`));
    case 'date':
      return escapeHtml(String(piece.fallback ?? piece.timestamp));
    default:
      return `<span class="unknown">${escapeHtml(piece.type)}</span>`;
  }
}

function styled(html: string, style: Record<string, boolean> | undefined): string {
  const tags = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' } as const;
  return Object.entries(tags).reduce(
    (inner, [name, tag]) => (style?.[name] ? `<${tag}>${inner}</${tag}>` : inner),
    html,
  );
}
