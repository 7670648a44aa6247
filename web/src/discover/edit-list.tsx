import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical, Pin, PinOff, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecommendedTrack } from '../api/types.ts';
import { moveTo, pin, removeFromList, unpin } from '../state/arrange.ts';
import type { Query } from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { clean, names } from '../ui/text.ts';

/** The list while it is being rearranged: drag by the handle, or use Space and the arrow keys on it. */
export default function EditList(props: {
  tracks: readonly RecommendedTrack[];
  query: Query;
  session: Session;
}): ReactNode {
  const { tracks, query, session } = props;
  const pinned = new Set(query.placed.map((entry) => entry.uri));
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const nameOf = (id: unknown): string => clean(tracks.find((t) => t.uri === id)?.name ?? '', 60);
  const placeOf = (id: unknown): number => tracks.findIndex((t) => t.uri === id) + 1;
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    if (!over || active.id === over.id) return;
    const to = tracks.findIndex((t) => t.uri === over.id);
    session.change(
      (q) => moveTo(q, tracks, String(active.id), to),
      `Moved “${nameOf(active.id)}” to position ${to + 1}`,
    );
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        screenReaderInstructions: {
          draggable: 'Press Space to lift the song, the arrow keys to move it, Space to drop it, Escape to cancel.',
        },
        announcements: {
          onDragStart: ({ active }) => `Lifted ${nameOf(active.id)}, position ${placeOf(active.id)}.`,
          onDragOver: ({ active, over }) =>
            over ? `${nameOf(active.id)} is at position ${placeOf(over.id)} of ${tracks.length}.` : '',
          onDragEnd: ({ active, over }) =>
            over ? `Dropped ${nameOf(active.id)} at position ${placeOf(over.id)}.` : '',
          onDragCancel: ({ active }) => `${nameOf(active.id)} went back to its place.`,
        },
      }}
    >
      <SortableContext items={tracks.map((t) => t.uri)} strategy={verticalListSortingStrategy}>
        <ol className="edit-rows" aria-label="Arrange the list">
          {tracks.map((track, i) => (
            <EditRow
              key={track.uri}
              track={track}
              position={i + 1}
              pinned={pinned.has(track.uri)}
              onPin={() =>
                session.change(
                  (q) => (pinned.has(track.uri) ? unpin(q, track.uri) : pin(q, tracks, track.uri)),
                  `${pinned.has(track.uri) ? 'Unpinned' : 'Pinned'} “${clean(track.name, 60)}”`,
                )
              }
              onRemove={() =>
                session.change((q) => removeFromList(q, track.uri), `Removed “${clean(track.name, 60)}” from this list`)
              }
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

function EditRow(props: {
  track: RecommendedTrack;
  position: number;
  pinned: boolean;
  onPin: () => void;
  onRemove: () => void;
}): ReactNode {
  const { track, position, pinned } = props;
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: track.uri,
  });
  const name = clean(track.name);
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'edit-row dragged' : pinned ? 'edit-row pinned' : 'edit-row'}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      data-uri={track.uri}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className="icon-button handle"
        {...attributes}
        {...listeners}
        aria-label={`Move ${name}, place ${position}`}
      >
        <GripVertical size={17} aria-hidden />
      </button>
      <span className="row-position" aria-hidden="true">
        {position}
      </span>
      <span className="edit-song">
        <bdi className="song-text" dir="auto">
          {name}
        </bdi>
        <bdi className="song-text muted" dir="auto">
          {names(track.artists)}
        </bdi>
      </span>
      <IconButton
        icon={pinned ? PinOff : Pin}
        label={pinned ? `Unpin ${name}` : `Pin ${name} here`}
        pressed={pinned}
        onClick={props.onPin}
      />
      <IconButton icon={X} label={`Remove ${name} from this list`} onClick={props.onRemove} />
    </li>
  );
}
