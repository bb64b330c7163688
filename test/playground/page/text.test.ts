import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../src/playground/emulator/workspace.ts';
import { namesOf, renderMrkdwn } from '../../../src/playground/page/text.ts';

const names = namesOf(createWorkspace('planbot'));

describe('renderMrkdwn', () => {
  it.each([
    ['*太字* と _斜体_ と ~取消~', '<strong>太字</strong> と <em>斜体</em> と <s>取消</s>'],
    ['目標は*88.3％*です', '目標は*88.3％*です'],
    ['（*88.3％*）', '（<strong>88.3％</strong>）'],
    ['`*そのまま*`', '<code>*そのまま*</code>'],
    ['1行目\n2行目', '1行目<br>2行目'],
    ['> 引用\n本文', '<blockquote>引用</blockquote>本文'],
    ['&gt; 引用', '<blockquote>引用</blockquote>'],
    ['```\na < b\n```', '<pre>a &lt; b\n</pre>'],
    ['<@U0PLANBOT> さん', '<span class="mention">@planbot</span> さん'],
    ['<#C0TOKYO01>', '<span class="mention">#東京支部</span>'],
    ['<!here>', '<span class="mention">@here</span>'],
    ['<!date^1751338800^{date}|7月1日>', '7月1日'],
    [
      '*<https://example.com/?a=1&amp;b=2|資料>*',
      '<strong><a href="https://example.com/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">資料</a></strong>',
    ],
    ['<javascript:alert(1)|資料>', '資料（javascript:alert(1)）'],
    [':warning: 注意 :nanika:', '⚠️ 注意 :nanika:'],
    ['2 * 3 * 4', '2 * 3 * 4'],
  ])('%j', (source, html) => {
    expect(renderMrkdwn(source, names)).toBe(html);
  });
});
