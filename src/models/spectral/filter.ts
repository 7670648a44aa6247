/**
 * The sharpening process of Choi et al. (2023, eq. 9): dr/dt = −r P for a time T, by one step of the classical fourth-order
 * Runge–Kutta method, as in the paper's experiments. On an eigenvector of P with eigenvalue λ it multiplies by this number.
 */
export function sharpening(time: number, eigenvalue: number): number {
  const z = -time * eigenvalue;
  return 1 + z * (1 + (z / 2) * (1 + (z / 3) * (1 + z / 4)));
}

/** Number of singular vectors to keep by default: one per 32 of the smaller side, within 32–448, a multiple of 4. */
export function automaticDimensions(owners: number, tracks: number): number {
  const wanted = Math.min(448, Math.max(32, Math.min(owners, tracks) / 32));
  return Math.round(wanted / 4) * 4;
}
