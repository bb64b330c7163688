// What the page asks of the server.
import { place } from './place.js';

export function showProblem(text) {
  for (const note of document.querySelectorAll('.problem')) note.textContent = text;
}

export async function fetchView() {
  const wanted = Object.entries(place).filter(([, value]) => value);
  const response = await fetch(`/view?${new URLSearchParams(wanted)}`);
  return response.json();
}

export const UNREACHED = 'planbotに接続できません。起動しているかご確認ください。';

// Tells the server what the person does.
export async function act(what) {
  showProblem('');
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: place.user, ...what }),
    });
    const result = await response.json();
    showProblem(result.problem ?? '');
    return result;
  } catch {
    showProblem(UNREACHED);
    return { problem: UNREACHED };
  }
}
