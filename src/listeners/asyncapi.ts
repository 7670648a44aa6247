import type { TSchema } from '#typebox';
import { VERSION } from '../config.ts';
import { deadLetterMessage, eventMessage, recommendationMessage, requestMessage, TOPICS } from './messages.ts';

const MESSAGES: readonly (readonly [
  topic: keyof typeof TOPICS,
  schema: TSchema,
  action: 'receive' | 'send',
  key: string,
])[] = [
  ['events', eventMessage, 'receive', 'the listener: order is kept per key'],
  ['requests', requestMessage, 'receive', "the caller's choice; the answer has the same"],
  ['recommendations', recommendationMessage, 'send', "the request's key"],
  ['deadLetters', deadLetterMessage, 'send', 'key of the rejected message'],
];

/** The AsyncAPI 3.0 document of the topics, with the JSON Schema of every message. */
export function asyncApi(): Record<string, unknown> {
  const entries = MESSAGES.map(([topic, schema, action, key]) => {
    const { $id, ...payload } = JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
    return { topic, name: String($id), payload, action, key };
  });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Segue',
      version: VERSION,
      description:
        'Events in, recommendations out. Messages are UTF-8 JSON; `version` rises when one changes its meaning.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      entries.map(({ topic, name }) => [
        topic,
        { address: TOPICS[topic], messages: { [name]: { $ref: `#/components/messages/${name}` } } },
      ]),
    ),
    operations: Object.fromEntries(
      entries.map(({ topic, action, name }) => [
        `${action}${topic[0]!.toUpperCase()}${topic.slice(1)}`,
        {
          action,
          channel: { $ref: `#/channels/${topic}` },
          messages: [{ $ref: `#/channels/${topic}/messages/${name}` }],
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        entries.map(({ name, payload, key }) => [
          name,
          { name, payload, bindings: { kafka: { key: { type: 'string', description: key } } } },
        ]),
      ),
    },
  };
}
