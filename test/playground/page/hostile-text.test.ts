import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SentBlock } from '../../../src/playground/emulator/state.ts';
import { createWorkspace } from '../../../src/playground/emulator/workspace.ts';
import { renderBlocks } from '../../../src/playground/page/blocks.ts';
import { encodeSlack, namesOf, renderMrkdwn } from '../../../src/playground/page/text.ts';

const workspace = createWorkspace('planbot');
const names = namesOf(workspace);
const TAGS =
  /<\/?(a|article|blockquote|br|button|caption|code|details|div|em|fieldset|h2|hr|input|label|legend|li|ol|optgroup|option|p|pre|s|select|small|span|strong|summary|table|tbody|td|textarea|th|thead|tr|ul|wbr)((?: [a-z-]+(?:="[^"<>]*")?)*)>/g;

/** Every `<` of the page belongs to a tag that the renderer writes, with no handler and no address but http. */
function expectOnlyOurTags(html: string): void {
  const rest = html.replace(TAGS, (_tag, _name, attributes: string) => {
    const named = attributes.replace(/="[^"]*"/g, '');
    expect(named).not.toMatch(/ (on[a-z]+|style|srcdoc|src)\b/);
    expect(attributes.match(/ href="([^"]*)"/)?.[1] ?? 'http').toMatch(/^(https?|mailto:)/i);
    return '';
  });
  expect(rest).not.toMatch(/[<>]/);
}

const piece = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '`',
    '*',
    '_',
    '~',
    '|',
    '\n',
    '[',
    '](',
    ')',
    '```',
    '&lt;',
    '\uE000',
  ),
  fc.constantFrom(
    '<script>',
    '<img src=x onerror=1>',
    'javascript:alert(1)',
    '<!channel>',
    '<@U1>',
    '<javascript:x|y>',
  ),
  fc.constantFrom(
    '<https://example.com|',
    'https://example.com/"onmouseover="x',
    '# ',
    '- ',
    '> ',
    '| a |\n|---|\n',
  ),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

const CONTROLS = [
  'static_select',
  'multi_static_select',
  'external_select',
  'radio_buttons',
  'plain_text_input',
];

describe('hostile text stays text', () => {
  it('in mrkdwn', () => {
    fc.assert(fc.property(text, (source) => expectOnlyOurTags(renderMrkdwn(source, names))));
  });

  it('in every place of a block where text can stand', () => {
    const plain = (said: string) => ({ type: 'plain_text', text: said });
    const blocksOf = (said: string): SentBlock[] => [
      { type: 'header', text: plain(said) },
      { type: said, block_id: said },
      { type: 'section', text: { type: 'mrkdwn', text: said }, accessory: { type: said, action_id: said } },
      {
        type: 'actions',
        block_id: said,
        elements: [{ type: 'button', action_id: said, value: said, text: plain(said) }],
      },
      {
        type: 'data_table',
        caption: said,
        rows: [[{ type: 'raw_text', text: said }], [{ type: 'raw_text', text: said }]],
      },
      ...CONTROLS.map((type) => ({
        type: 'input',
        block_id: said,
        label: plain(said),
        element: {
          type,
          action_id: said,
          placeholder: plain(said),
          options: [{ text: plain(said), value: said }],
          initial_option: { text: plain(said), value: said },
          initial_value: said,
          confirm: { title: plain(said), text: plain(said), confirm: plain(said), deny: plain(said) },
        },
      })),
    ];
    fc.assert(
      fc.property(text, (said) =>
        expectOnlyOurTags(renderBlocks(blocksOf(said), { workspace, inForm: false })),
      ),
    );
  });

  it('in what a person types: it is shown as it was typed, and mentions nobody', () => {
    const typed = '<!channel> <@U0STAFF01> & </span><script>alert(1)</script>';
    const html = renderMrkdwn(encodeSlack(typed), names);
    expect(html).toBe(
      '&lt;!channel&gt; &lt;@U0STAFF01&gt; &amp; &lt;/span&gt;&lt;script&gt;alert(1)&lt;/script&gt;',
    );
  });
});
