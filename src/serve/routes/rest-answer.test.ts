import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restAnswer } from './rest-answer.ts';

test('scalars become attributes, objects and lists elements; characters that XML does not allow are omitted', () => {
  const { body } = restAnswer(
    {
      song: [{ id: '1', title: 'A & <B> "C"\u0000\u{1f3b5}', duration: 3 }, { id: '2' }],
      moods: ['x<y'],
      gone: undefined,
    },
    undefined,
  );
  assert.match(
    body,
    /<song id="1" title="A &amp; &lt;B&gt; &quot;C&quot;🎵" duration="3"\/><song id="2"\/><moods>x&lt;y<\/moods><\/subsonic-response>$/,
  );
});

test('an error is a failed answer in both formats', () => {
  const error = { error: { code: 70, message: 'not found' } };
  assert.match(restAnswer(error, 'json').body, /"status":"failed"/);
  assert.match(restAnswer(error, 'xml').body, /status="failed".*<error code="70" message="not found"\/>/);
});
