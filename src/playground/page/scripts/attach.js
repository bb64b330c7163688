// Files that a person shares with a message, as in Slack.
import { place } from './place.js';
import { showProblem } from './server.js';

const LIMIT = 20 * 1024 * 1024;

const inputOf = (form) => form.querySelector('[data-attach]');

function showName(form) {
  const [file] = inputOf(form).files;
  form.querySelector('.attached').textContent = file ? file.name : '';
}

// False where no file was chosen.
export async function shareFile(form, text, thread) {
  const [file] = inputOf(form).files;
  if (!file) return false;
  showProblem('');
  if (file.size > LIMIT) {
    showProblem('ファイルが大きすぎます。上限は20MBです。');
    return true;
  }
  const about = { user: place.user, channel: place.channel, name: file.name, text, thread: thread ?? '' };
  try {
    const response = await fetch(`/share?${new URLSearchParams(about)}`, { method: 'POST', body: file });
    const { problem } = await response.json();
    showProblem(problem ?? '');
  } catch {
    showProblem('planbotに接続できません。起動しているかご確認ください。');
  }
  inputOf(form).value = '';
  showName(form);
  return true;
}

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-attach]')) showName(event.target.form);
});
