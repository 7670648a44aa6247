import type { ReactNode } from 'react';
/** Charts of the exploration data. */
export default function ExploreCharts(_props: { data: Record<string, unknown> }): ReactNode {
  return null;
}
