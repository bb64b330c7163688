import { expect, test } from 'vitest';
import { inBrowser } from './in-browser.ts';
import { answerIn, ask, goTo, messages, thread } from './page-parts.ts';

const TEXTS = [
  ['a picture that would run a script', '<img src=x onerror="alert(1)"> の目標は？'],
  ['a script', '</article><script>alert(1)</script>東京'],
  ['a link that would run a script', '[東京](javascript:alert(1)) <javascript:alert(1)|東京> の目標は？'],
  ['a call to everyone', '<!channel> <!here> <@U0ADMIN01> 東京のジェネリックは？'],
  ['marks that turn the writing round', '東京\u202eの\u2067ジェネリック\u200fは？'],
  ['quotes that would close an attribute', `" onmouseover="alert(1)" ' autofocus onfocus='alert(1)`],
] as const;

inBrowser('a hostile text', (visit) => {
  test('is shown as it was typed, does nothing, and is answered', async () => {
    const { page } = await visit();
    await goTo(page, /ダイレクトメッセージ/);
    for (const [index, [what, text]] of TEXTS.entries()) {
      await ask(page, text);
      const answer = answerIn(thread(page));
      await answer.waitFor();
      const typed = messages(page).getByRole('article').filter({ hasNotText: 'アプリ' }).nth(index);
      expect(await typed.innerText(), what).toContain(text);
      expect(await answer.innerText(), what).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
    const active =
      'img, iframe, script:not([src]), [onerror], [onmouseover], [onfocus], a[href^="javascript:"]';
    expect(await page.locator('body').locator(active).count()).toBe(0);
    expect(await messages(page).locator('.mention').count()).toBe(0);
  });

  test('of 10,000 characters is shown whole and does not widen the page', async () => {
    const { page } = await visit({ size: { width: 390, height: 800 } });
    const long = 'あ'.repeat(4_000) + 'W'.repeat(6_000);
    await goTo(page, '# 東京支部');
    await ask(page, long);
    await answerIn(thread(page)).waitFor();
    expect(await thread(page).getByRole('article').first().innerText()).toContain(long);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
});
