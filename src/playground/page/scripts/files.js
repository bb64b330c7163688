// Documents and tables that a person brings: by the button, or dropped anywhere on the page.
import { ask } from './ask.js';
import { byId, change } from './place.js';
import { act } from './server.js';

const KINDS = /\.(txt|md|pdf|docx|xlsx|pptx|html?|csv)$/i;
const LIMIT = 20 * 1024 * 1024;

export function showFiles(open) {
  byId('files').hidden = !open;
  byId('open-files').setAttribute('aria-expanded', String(open));
  if (open) byId('thread').hidden = true;
}

let shown = '';
export function showDocuments(documents) {
  // Whoever is about to press a button keeps it.
  if (shown === JSON.stringify(documents)) return;
  shown = JSON.stringify(documents);
  const items = documents.map(({ name, brought }) => {
    const item = Object.assign(document.createElement('li'), { textContent: name });
    if (brought) item.append(' ', removal(name));
    return item;
  });
  byId('documents').replaceChildren(...items);
}

function removal(name) {
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'action',
    textContent: '取り消す',
    ariaLabel: `${name}を取り消す`,
  });
  button.addEventListener('click', async () => {
    const title = '資料を取り消しますか？';
    const text = `「${name}」と、そこから取り込んだ数値や本文がお答えから消えます。`;
    if ((await ask({ title, text, yes: '取り消す', no: 'やめる' })) === null) return;
    button.disabled = true;
    await act({ kind: 'remove_document', name });
    button.disabled = false;
  });
  return button;
}

async function bring(files) {
  if (byId('open-files').hidden || files.length === 0) return;
  await change({ thread: '' });
  showFiles(true);
  for (const [index, file] of [...files].entries()) await send(file, `${index + 1}/${files.length}`);
  byId('file-progress').textContent = '';
  byId('file').value = '';
}

async function send(file, count) {
  if (!KINDS.test(file.name))
    return showReport(
      `${file.name}: 読めない種類のファイルです。.txt、.md、.pdf、.docx、.xlsx、.pptx、.html、.csv のどれかにしてください。`,
      false,
    );
  if (file.size > LIMIT) return showReport(`${file.name}: 大きすぎます。上限は20MBです。`, false);
  const tell = (progress) => {
    byId('file-progress').textContent = `${progress} … ${file.name}（${count}）`;
  };
  tell('送っています');
  try {
    const response = await fetch(`/files?${new URLSearchParams({ name: file.name })}`, {
      method: 'POST',
      body: file,
    });
    if (!response.ok) return showReport(`${file.name}: 受け付けられませんでした。`, false);
    await readLines(response, (line) => {
      if (line.progress) tell(line.progress);
      if (line.report) showReport(line.report, true);
      if (line.problem) showReport(line.problem, false);
    });
  } catch {
    showReport(`${file.name}: planbotに接続できません。起動しているかご確認ください。`, false);
  }
}

async function readLines(response, take) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value = '' } = await reader.read();
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(JSON.parse(line));
    if (done) return;
  }
}

function showReport(text, isGood) {
  const report = Object.assign(document.createElement('pre'), {
    className: isGood ? 'report' : 'report bad',
    textContent: isGood ? `取り込みました\n${text}` : `取り込みませんでした\n${text}`,
  });
  byId('reports').prepend(report);
}

byId('file').addEventListener('change', (event) => bring([...event.target.files]));
byId('open-files').addEventListener('click', async () => {
  const open = byId('files').hidden;
  if (open) await change({ thread: '' });
  showFiles(open);
  if (open) byId('file').focus();
});
byId('close-files').addEventListener('click', () => {
  showFiles(false);
  byId('open-files').focus();
});

const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
document.addEventListener('dragover', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  document.body.classList.add('dropping');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('dropping');
});
document.addEventListener('drop', (event) => {
  document.body.classList.remove('dropping');
  if (!hasFiles(event)) return;
  event.preventDefault();
  bring([...event.dataTransfer.files]);
});
