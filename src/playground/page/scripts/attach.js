// Files that a person shares with a message, as in Slack.
import { place } from './place.js';
import { showProblem, UNREACHED } from './server.js';

const LIMIT = 20 * 1024 * 1024;

const inputOf = (form) => form.querySelector('[data-attach]');

function showName(form) {
  const [file] = inputOf(form).files;
  form.querySelector('.attached').textContent = file ? file.name : '';
}

// Resolves with why it could not be shared, empty where it was; null where no file was chosen.
export async function shareFile(form, text, thread) {
  const [file] = inputOf(form).files;
  if (!file) return null;
  const problem =
    file.size > LIMIT ? 'ファイルが大きすぎます。上限は20MBです。' : await send(file, text, thread);
  showProblem(problem);
  inputOf(form).value = '';
  showName(form);
  return problem;
}

async function send(file, text, thread) {
  const about = { user: place.user, channel: place.channel, name: file.name, text, thread: thread ?? '' };
  try {
    const response = await fetch(`/share?${new URLSearchParams(about)}`, { method: 'POST', body: file });
    const { problem } = await response.json();
    return problem ?? '';
  } catch {
    return UNREACHED;
  }
}

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-attach]')) showName(event.target.form);
});
