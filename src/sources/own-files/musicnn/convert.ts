import { SegueError } from '../../../errors.ts';
import { TAG_WEIGHTS, type TagWeights } from '../../../math/sound/tag-network.ts';
import { readTensorBundle } from './tensor-bundle.ts';

/** Added to variances, as the framework that trained the network does. */
const EPSILON = 1e-3;
/** Layers that look at their input, and the number by which the checkpoint knows each and its normalisation. */
const LAYERS: readonly [id: string, layer: string, normalisation: number][] = [
  ...Array.from({ length: 5 }, (_, i): [string, string, number] => [`front${i}`, numbered('conv2d', i), i + 1]),
  ...Array.from({ length: 3 }, (_, i): [string, string, number] => [`middle${i}`, numbered('conv2d', i + 5), i + 6]),
  ['dense', 'dense', 10],
];

function numbered(name: string, i: number): string {
  return i === 0 ? name : `${name}_${i}`;
}

/**
 * The weights of a checkpoint of musicnn as our network takes them: each normalisation becomes one scale and one shift.
 * @throws SegueError FILE_UNREADABLE when a tensor is missing or of another size
 */
export function weightsOf(index: Buffer, data: Buffer): TagWeights {
  const tensors = readTensorBundle(index, data);
  const tensor = (name: string, ours: string): Float32Array => {
    const values = tensors.get(name)?.values;
    if (values?.length !== TAG_WEIGHTS[ours])
      throw new SegueError('FILE_UNREADABLE', {
        got: `The checkpoint has ${values ? `${values.length} numbers of` : 'no'} ${name}`,
        expected: `${TAG_WEIGHTS[ours]}`,
      });
    return values;
  };
  const weights: Record<string, Float32Array> = {};
  const normalise = (ours: string, number: number): void => {
    const part = (name: string): Float32Array =>
      tensor(`${numbered('batch_normalization', number)}/${name}`, `${ours}.scale`);
    const [gamma, beta, mean, variance] = [part('gamma'), part('beta'), part('moving_mean'), part('moving_variance')];
    const scale = gamma.map((value, i) => value / Math.sqrt(variance[i]! + EPSILON));
    weights[`${ours}.scale`] = scale;
    weights[`${ours}.shift`] = beta.map((value, i) => value - mean[i]! * scale[i]!);
  };
  normalise('input', 0);
  normalise('pooled', 9);
  for (const [ours, layer, number] of LAYERS) {
    weights[`${ours}.kernel`] = tensor(`${layer}/kernel`, `${ours}.kernel`);
    weights[`${ours}.bias`] = tensor(`${layer}/bias`, `${ours}.bias`);
    normalise(ours, number);
  }
  weights['tags.kernel'] = tensor('dense_1/kernel', 'tags.kernel');
  weights['tags.bias'] = tensor('dense_1/bias', 'tags.bias');
  return weights;
}
