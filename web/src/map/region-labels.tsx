import { type ReactNode, type RefObject, useImperativeHandle, useRef } from 'react';
import { clean } from '../ui/text.ts';
import type { Camera, Size } from './camera.ts';
import { placeNames, type RegionName } from './regions.ts';

export interface LabelsHandle {
  /** Moves the names with the map. */
  look(camera: Camera, size: Size): void;
}

/** The names are laid out anew when the map has moved this far from where they were, in pixels; until then they slide along as one layer. */
const SLIDE = 64;

/** Names of the regions over the map. The map's list says the same to those who do not see it. */
export function RegionLabels(props: {
  names: readonly RegionName[];
  handle: RefObject<LabelsHandle | null>;
}): ReactNode {
  const { names } = props;
  const layer = useRef<HTMLDivElement>(null);
  const laid = useRef<{ names: readonly RegionName[]; camera: Camera; size: Size } | null>(null);
  useImperativeHandle(
    props.handle,
    () => ({
      look: (camera, size) => {
        const element = layer.current;
        if (!element) return;
        const from = laid.current;
        if (from?.names === names && from.camera.scale === camera.scale && from.size === size) {
          const dx = (from.camera.x - camera.x) * camera.scale;
          const dy = (camera.y - from.camera.y) * camera.scale;
          if (Math.abs(dx) <= SLIDE && Math.abs(dy) <= SLIDE) {
            element.style.transform = `translate(${dx}px, ${dy}px)`;
            return;
          }
        }
        laid.current = { names, camera, size };
        element.style.transform = '';
        const placed = new Map(placeNames(names, camera, size).map((p) => [p.name, p]));
        for (let i = 0; i < element.children.length; i++) {
          const span = element.children[i] as HTMLElement;
          const at = placed.get(i);
          span.hidden = !at;
          if (at) span.style.translate = `calc(${Math.round(at.px)}px - 50%) calc(${Math.round(at.py)}px - 50%)`;
        }
      },
    }),
    [names],
  );
  return (
    <div className="region-labels" aria-hidden="true">
      <div ref={layer}>
        {names.map((name, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name is its group's number; texts may repeat.
          <span key={i} hidden>
            {clean(name.text, 40)}
          </span>
        ))}
      </div>
    </div>
  );
}
