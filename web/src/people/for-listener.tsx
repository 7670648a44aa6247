import type { ReactNode } from 'react';
import type { Listener } from '../api/listeners.ts';
import { Loading } from '../ui/loading.tsx';
import { Failure, Notice } from '../ui/notice.tsx';
import { ListenerBar, NewListener } from './listener-bar.tsx';
import { useListener } from './use-listener.ts';

/** A view for one person; asks who it is for when nobody is known yet. */
export function ForListener(props: {
  title: string;
  /** What the view offers, shown before there is a listener. */
  offer: string;
  children: (listener: Listener) => ReactNode;
}): ReactNode {
  const { listener, error, retry } = useListener();
  if (error) return <Failure error={error} what="The listeners couldn’t load" onRetry={retry} />;
  if (listener === undefined) return <Loading shape="page-skeleton" />;
  if (listener === null)
    return (
      <div className="personal">
        <h1>{props.title}</h1>
        <Notice title="Whose music is this?" action={<NewListener asks="Your name" label="Get started" />}>
          {props.offer} Enter your name to begin; everything stays on this machine.
        </Notice>
      </div>
    );
  return (
    <div className="personal" key={listener.id}>
      <div className="view-head">
        <h1>{props.title}</h1>
        <ListenerBar listener={listener} />
      </div>
      {props.children(listener)}
    </div>
  );
}
