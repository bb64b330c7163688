import type { KnownBlock } from '@slack/web-api';

/** A native chart; not yet among the SDK's KnownBlock. */
export interface ChartBlock {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar' | 'line';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; y_label?: string };
  };
}

export type MessageBlock = KnownBlock | ChartBlock;

/** A message ready to post. */
export interface Rendered {
  blocks: MessageBlock[];
  /** The same card for a workspace that refuses the newer blocks: section, header, context and actions only. */
  classic: KnownBlock[];
  /** For notifications, screen readers and clients without blocks. Escaped. */
  text: string;
}
