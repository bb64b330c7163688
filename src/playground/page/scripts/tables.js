// Tables that sort by a column, and show a page of rows first.

export function sortTable(button) {
  const table = button.closest('table');
  const column = Number(button.dataset.column);
  const header = button.closest('th');
  const direction = header.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
  for (const one of table.tHead.rows[0].cells)
    one.setAttribute('aria-sort', one === header ? direction : 'none');
  const body = table.tBodies[0];
  const shown = [...body.rows].filter((row) => !row.hidden).length;
  const rows = [...body.rows].sort((one, other) => {
    const [left, right] = [one.cells[column], other.cells[column]];
    const [a, b] = [left.dataset.value, right.dataset.value];
    const order = a && b ? a - b : left.textContent.localeCompare(right.textContent, 'ja', { numeric: true });
    return direction === 'ascending' ? order : -order;
  });
  rows.forEach((row, index) => {
    row.hidden = index >= shown;
    body.append(row);
  });
}

export function showAllRows(button) {
  const table = button.previousElementSibling;
  for (const row of table.querySelectorAll('tr[hidden]')) row.hidden = false;
  table.focus();
  button.remove();
}
