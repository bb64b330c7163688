import { expect, onTestFinished, test } from 'vitest';
import { CHANNELS, USERS } from '../../../src/playground/emulator/workspace.ts';
import { renderSharedFiles } from '../../../src/playground/page/conversation-view.ts';
import { startPlayground } from '../../../src/playground/page/server.ts';
import { startSlack } from '../../helpers/local-slack.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

async function share(name: string, content: Uint8Array) {
  const slack = await startSlack();
  onTestFinished(() => slack.stop());
  const page = await startPlayground({ port: 0, localSlack: slack });
  onTestFinished(() => page.stop());
  const { message } = await slack.shareFile({ channel: CHANNELS.tokyo, user: USERS.staff.id, name, content });
  const id = message.fileIds?.[0] ?? '';
  const file = slack.file(id);
  if (file === null) throw new Error('the file is not kept');
  return {
    html: renderSharedFiles([file]),
    response: await fetch(`${page.url}/shared/${id}`),
    url: page.url,
  };
}

test('a picture is shown in the page, by its title', async () => {
  const { html, response } = await share('順位 <1>.png', PNG);
  expect(html).toContain('alt="順位 &lt;1&gt;.png"');
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
});

test.each(['数値.csv', 'page.html', 'picture.svg'])('%s can be saved, and never runs here', async (name) => {
  const { html, response } = await share(name, Buffer.from('<script>alert(1)</script>'));
  expect(html).not.toContain('<img');
  expect(html).toContain(`download="${name}"`);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment;/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a file that is not there is not found', async () => {
  const { url } = await share('a.png', PNG);
  expect((await fetch(`${url}/shared/F404`)).status).toBe(404);
});
