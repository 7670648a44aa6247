import { memo, type ReactNode } from 'react';
import { type Features, fingerprintPath, RAYS, radii } from './fingerprint-path.ts';

const describe = (features: Features): string =>
  RAYS.filter((ray) => typeof features[ray] === 'number')
    .map((ray) => `${ray} ${Math.round((features[ray] as number) * 100)}`)
    .join(', ');

/** A song's shape; the outline of the seeds' mean shape lies over it, so that likeness is seen. */
export const Fingerprint = memo(function Fingerprint(props: {
  features: Features | undefined;
  /** Rays of the mean of the seeds. */
  outline?: readonly number[] | null;
  size?: number;
}): ReactNode {
  const size = props.size ?? 40;
  const values = radii(props.features);
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
      <circle className="fingerprint-ring" cx={size / 2} cy={size / 2} r={size / 2 - 1} />
      {values ? (
        <path className="fingerprint-shape" d={fingerprintPath(values, size)} />
      ) : (
        <circle className="fingerprint-none" cx={size / 2} cy={size / 2} r={size / 4} />
      )}
      {values && props.outline && <path className="fingerprint-outline" d={fingerprintPath(props.outline, size)} />}
    </svg>
  );
});
