/** What Slack takes in one message. Lengths are in characters. */
export const LIMITS = {
  blocks: 50,
  /** All texts of a message's blocks together: Slack refuses more than about 13,000. */
  blockText: 12_000,
  /** The fallback text; Slack cuts longer ones. */
  text: 4_000,
  section: 3_000,
  field: 2_000,
  fieldsInSection: 10,
  header: 150,
  context: 2_000,
  buttonLabel: 75,
  buttonValue: 2_000,
  options: 100,
  placeholder: 150,
  modalTitle: 24,
  viewBlocks: 100,
  buttons: 25,
  /** Questions behind the buttons of one message together, so that the card's own text has room. */
  choiceText: 4_000,
  tableRows: 100,
  tableColumns: 20,
  /** Below the 10,000 of a data_table, so that the rest of the card has room. */
  tableText: 8_000,
  chartTitle: 50,
  chartLabel: 20,
  chartSeries: 6,
  chartPoints: 20,
  axisLabel: 50,
} as const;
