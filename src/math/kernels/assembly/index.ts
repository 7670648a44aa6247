// All kernels work on raw addresses in the imported shared memory: no objects and no static data, so any number of threads can run them concurrently.
// A kernel that the pool splits has the signature (slot, from, to, …arguments).
export * from './adam';
export * from './als';
export * from './als-diagonal';
export * from './attention';
export { solveSystems } from './cholesky';
export * from './convolution';
export * from './elementwise';
export * from './gemm';
export * from './growing';
export * from './kmeans';
export * from './lambdas';
export * from './matrix';
export * from './rms-norm';
export * from './rows';
export * from './sampled-loss';
export * from './scatter';
export * from './score-table';
export * from './signal';
export * from './sparse';
export * from './spectrum';
export * from './spmm';
export * from './trees';
