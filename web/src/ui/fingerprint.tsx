import { memo, type ReactNode } from 'react';
import { BARS, type Features, fingerprintBars, fingerprintEnvelope, heights } from './fingerprint-path.ts';

const describe = (features: Features): string =>
  BARS.filter((bar) => typeof features[bar] === 'number')
    .map((bar) => `${bar} ${Math.round((features[bar] as number) * 100)}`)
    .join(', ');

/** A song's bars, overlaid with the outline of the seeds' mean, so that similar shapes stand out. */
export const Fingerprint = memo(function Fingerprint(props: {
  features: Features | undefined;
  /** Mean bars of the seeds. */
  outline?: readonly number[] | null;
  size?: number;
}): ReactNode {
  const size = props.size ?? 40;
  const values = heights(props.features);
  const label = values ? `Audio fingerprint: ${describe(props.features!)}` : 'No audio features known';
  return (
    <svg
      className="fingerprint"
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {values ? (
        <path className="fingerprint-shape" strokeWidth={size / 11} d={fingerprintBars(values, size)} />
      ) : (
        <circle className="fingerprint-none" cx={size / 2} cy={size / 2} r={size / 4} />
      )}
      {values && props.outline && <path className="fingerprint-outline" d={fingerprintEnvelope(props.outline, size)} />}
    </svg>
  );
});
