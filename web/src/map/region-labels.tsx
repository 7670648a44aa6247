import { type ReactNode, type RefObject, useImperativeHandle, useRef } from 'react';
import { clean } from '../ui/text.ts';
import type { Camera, Size } from './camera.ts';
import { placeNames, type RegionName } from './regions.ts';

export interface LabelsHandle {
  /** Moves the names with the map. */
  look(camera: Camera, size: Size): void;
}

/** Names of the regions over the map. The map's list says the same to those who do not see it. */
export function RegionLabels(props: {
  names: readonly RegionName[];
  handle: RefObject<LabelsHandle | null>;
}): ReactNode {
  const { names } = props;
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle(
    props.handle,
    () => ({
      look: (camera, size) => {
        const spans = root.current?.children;
        if (!spans) return;
        const placed = new Map(placeNames(names, camera, size).map((p) => [p.name, p]));
        for (let i = 0; i < spans.length; i++) {
          const span = spans[i] as HTMLElement;
          const at = placed.get(i);
          span.hidden = !at;
          if (at) span.style.translate = `calc(${Math.round(at.px)}px - 50%) calc(${Math.round(at.py)}px - 50%)`;
        }
      },
    }),
    [names],
  );
  return (
    <div className="region-labels" ref={root} aria-hidden="true">
      {names.map((name, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name is its group's number; texts may repeat.
        <span key={i} hidden>
          {clean(name.text, 40)}
        </span>
      ))}
    </div>
  );
}
