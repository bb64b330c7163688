import { escapeHtml } from '../../model/escape-html.ts';
import { link, withEmoji } from './html.ts';

/** The part of standard Markdown that Slack's `markdown` block shows. Raw HTML is text. */
export function renderMarkdown(source: string): string {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const html: string[] = [];
  let at = 0;
  const take = (fits: RegExp): string[] => {
    const start = at;
    while (at < lines.length && fits.test(lines[at] ?? '')) at += 1;
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = line.match(/^(#{1,6})\s+(.*)$/);
    if (line.trim() === '') at += 1;
    else if (line.startsWith('```')) {
      at += 1;
      const code = take(/^(?!```)/);
      at += 1;
      html.push(`<pre>${escapeHtml(code.join('\n'))}</pre>`);
    } else if (heading) {
      at += 1;
      html.push(`<p class="heading">${inline(heading[2] ?? '')}</p>`);
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      at += 1;
      html.push('<hr>');
    } else if (/^>/.test(line)) {
      const quoted = take(/^>/).map((one) => one.replace(/^> ?/, ''));
      html.push(`<blockquote>${renderMarkdown(quoted.join('\n'))}</blockquote>`);
    } else if (/^\s*[-*+]\s+/.test(line)) {
      html.push(list('ul', take(/^\s*[-*+]\s+/), /^\s*[-*+]\s+/));
    } else if (/^\s*\d+[.)]\s+/.test(line)) {
      html.push(list('ol', take(/^\s*\d+[.)]\s+/), /^\s*\d+[.)]\s+/));
    } else if (line.startsWith('|') && /^\|?[\s:|-]+$/.test(lines[at + 1] ?? '')) {
      html.push(table(take(/^\|/)));
    } else {
      const first = at;
      at += 1;
      while (at < lines.length && !/^(\s*$|#|>|```|\||\s*[-*+]\s|\s*\d+[.)]\s)/.test(lines[at] ?? ''))
        at += 1;
      html.push(`<p>${lines.slice(first, at).map(inline).join('<br>')}</p>`);
    }
  }
  return html.join('');
}

function list(tag: 'ul' | 'ol', lines: string[], sign: RegExp): string {
  return `<${tag}>${lines.map((line) => `<li>${inline(line.replace(sign, ''))}</li>`).join('')}</${tag}>`;
}

function table([header = '', , ...rows]: string[]): string {
  const cells = (row: string): string[] =>
    row
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => inline(cell.trim()));
  const head = cells(header).map((cell) => `<th scope="col">${cell}</th>`);
  const body = rows.map(
    (row) =>
      `<tr>${cells(row)
        .map((cell) => `<td>${cell}</td>`)
        .join('')}</tr>`,
  );
  return `<div class="scroll" role="group" aria-label="表" tabindex="0"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function inline(source: string): string {
  return source
    .split(/(`[^`]+`|\[[^\]]+\]\([^()\s]+\))/)
    .map((part, index) => {
      if (index % 2 === 0) return emphasis(withEmoji(escapeHtml(part)));
      if (part.startsWith('`')) return `<code>${escapeHtml(part.slice(1, -1))}</code>`;
      const [, label = '', address = ''] = part.match(/^\[([^\]]+)\]\(([^()\s]+)\)$/) ?? [];
      return link(address, emphasis(escapeHtml(label)));
    })
    .join('');
}

function emphasis(escaped: string): string {
  return escaped
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/g, '<strong>$1</strong>')
    .replace(/(?<![*\w])\*(\S(?:[^*]*\S)?)\*(?![*\w])/g, '<em>$1</em>')
    .replace(/(?<![_\w])_(\S(?:[^_]*\S)?)_(?![_\w])/g, '<em>$1</em>')
    .replace(/~~(\S(?:.*?\S)?)~~/g, '<s>$1</s>');
}
