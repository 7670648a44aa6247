import { gemm } from './kernels/gemm.ts';
import { Region } from './kernels/memory.ts';
import type { Rng } from './rng.ts';

/**
 * A feed-forward network of dense layers in float32. The activation between layers is softsign x / (1 + |x|) (smooth, and far cheaper than tanh); the
 * last layer and those in `linear` have none. Parameters are in one array: for each layer its weights (inputs × outputs) and its biases.
 */
export class DenseNetwork {
  /** Width of every layer, input first. */
  readonly sizes: readonly number[];
  /** Layers (1-based) whose output is linear; the last always is. */
  readonly linear: ReadonlySet<number>;
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  readonly batch: number;
  private readonly region = new Region();
  private readonly layers: {
    weights: Float32Array;
    bias: Float32Array;
    dWeights: Float32Array;
    dBias: Float32Array;
  }[] = [];
  /** Outputs of every layer for a batch, the input first. */
  private readonly outputs: Float32Array[];
  private readonly deltas: Float32Array[];

  /** @param batch most rows per pass */
  constructor(sizes: readonly number[], linear: Iterable<number>, batch: number) {
    this.sizes = sizes;
    this.linear = new Set([...linear, sizes.length - 1]);
    this.batch = batch;
    let length = 0;
    for (let l = 1; l < sizes.length; l++) length += sizes[l - 1]! * sizes[l]! + sizes[l]!;
    this.parameters = this.region.float32(length);
    this.gradients = this.region.float32(length);
    let at = 0;
    for (let l = 1; l < sizes.length; l++) {
      const weights = sizes[l - 1]! * sizes[l]!;
      const end = at + weights + sizes[l]!;
      this.layers.push({
        weights: this.parameters.subarray(at, at + weights),
        bias: this.parameters.subarray(at + weights, end),
        dWeights: this.gradients.subarray(at, at + weights),
        dBias: this.gradients.subarray(at + weights, end),
      });
      at = end;
    }
    this.outputs = sizes.map((size) => this.region.float32(batch * size));
    this.deltas = sizes.map((size) => this.region.float32(batch * size));
  }

  /** Weights uniform in ±√(6 / (inputs + outputs)) (Glorot & Bengio 2010), biases 0. */
  initialise(rng: Rng): void {
    for (let l = 0; l < this.layers.length; l++) {
      const reach = Math.sqrt(6 / (this.sizes[l]! + this.sizes[l + 1]!));
      const { weights, bias } = this.layers[l]!;
      for (let i = 0; i < weights.length; i++) weights[i] = (2 * rng.uniform() - 1) * reach;
      bias.fill(0);
    }
  }

  /** The input buffer, batch × sizes[0]. */
  get input(): Float32Array {
    return this.outputs[0]!;
  }

  /** Runs the first `rows` rows of the input through layers 1 … upTo; the result is a view. */
  forward(rows: number, upTo: number = this.layers.length): Float32Array {
    for (let l = 1; l <= upTo; l++) {
      const { weights, bias } = this.layers[l - 1]!;
      const out = this.outputs[l]!;
      const width = this.sizes[l]!;
      for (let r = 0; r < rows; r++) out.set(bias, r * width);
      gemm({ m: rows, n: width, k: this.sizes[l - 1]!, a: this.outputs[l - 1]!, b: weights, c: out, beta: 1 });
      if (this.linear.has(l)) continue;
      for (let i = 0, end = rows * width; i < end; i++) out[i] = out[i]! / (1 + Math.abs(out[i]!));
    }
    return this.outputs[upTo]!;
  }

  /** The buffer for ∂loss/∂output, batch × last size, to be filled before `backward`. */
  get outputDelta(): Float32Array {
    return this.deltas.at(-1)!;
  }

  /** Fills `gradients` from outputDelta; must follow a forward pass of the same rows. */
  backward(rows: number): void {
    for (let l = this.layers.length; l >= 1; l--) {
      const { weights, dWeights, dBias } = this.layers[l - 1]!;
      const delta = this.deltas[l]!;
      const width = this.sizes[l]!;
      const inputs = this.sizes[l - 1]!;
      if (!this.linear.has(l)) {
        const out = this.outputs[l]!;
        // y = x / (1 + |x|)  ⇒  y' = (1 − |y|)²
        for (let i = 0, end = rows * width; i < end; i++) delta[i] = delta[i]! * (1 - Math.abs(out[i]!)) ** 2;
      }
      gemm({ m: inputs, n: width, k: rows, a: this.outputs[l - 1]!, transposeA: true, b: delta, c: dWeights });
      dBias.fill(0);
      for (let r = 0; r < rows; r++) for (let j = 0; j < width; j++) dBias[j]! += delta[r * width + j]!;
      if (l > 1) gemm({ m: rows, n: inputs, k: width, a: delta, b: weights, transposeB: true, c: this.deltas[l - 1]! });
    }
  }

  free(): void {
    this.region.free();
  }
}

/** Adam (Kingma & Ba 2015) over one array of parameters. */
export class Adam {
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private steps = 0;

  constructor(length: number) {
    this.first = new Float64Array(length);
    this.second = new Float64Array(length);
  }

  step(parameters: Float32Array, gradients: Float32Array, rate: number, beta1 = 0.9, beta2 = 0.999): void {
    const { first, second } = this;
    this.steps++;
    const correction1 = 1 - beta1 ** this.steps;
    const correction2 = 1 - beta2 ** this.steps;
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i]!;
      first[i] = beta1 * first[i]! + (1 - beta1) * g;
      second[i] = beta2 * second[i]! + (1 - beta2) * g * g;
      parameters[i] =
        parameters[i]! - (rate * (first[i]! / correction1)) / (Math.sqrt(second[i]! / correction2) + 1e-8);
    }
  }
}
