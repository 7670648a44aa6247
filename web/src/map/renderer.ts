import type { Camera, Size } from './camera.ts';
import type { Points } from './points.ts';

/**
 * The map's points by WebGL 2: one draw call, coordinates and palette numbers as they came from the server, nothing copied a frame.
 * It compiles only its two shaders, so the page needs no permission to evaluate code.
 */
const VERTEX = `#version 300 es
in float x;
in float y;
in float number;
uniform vec2 centre;
uniform vec2 scale;
uniform float size;
uniform float alpha;
uniform sampler2D palette;
out vec4 colour;
void main() {
  vec2 place = (vec2(x, y) - centre) * scale;
  gl_Position = isnan(x + y) ? vec4(2.0, 2.0, 2.0, 1.0) : vec4(place, 0.0, 1.0);
  gl_PointSize = size;
  vec4 entry = texelFetch(palette, ivec2(int(number), 0), 0);
  colour = vec4(entry.rgb * alpha, alpha);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 colour;
out vec4 fragment;
uniform float round;
void main() {
  vec2 d = gl_PointCoord - 0.5;
  if (round > 0.5 && dot(d, d) > 0.25) discard;
  fragment = colour;
}`;

/** A frame's cost on the main thread, over the frames since the last reset. */
export interface FrameCost {
  frames: number;
  totalMs: number;
  worstMs: number;
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type)!;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? 'shader');
  return shader;
}

export class MapRenderer {
  readonly cost: FrameCost = { frames: 0, totalMs: 0, worstMs: 0 };
  private readonly gl: WebGL2RenderingContext;
  private readonly uniforms: Record<
    'centre' | 'scale' | 'size' | 'alpha' | 'palette' | 'round',
    WebGLUniformLocation | null
  >;
  private readonly count: number;
  private readonly numbers: WebGLBuffer;
  private readonly lit: { points: WebGLVertexArrayObject; x: WebGLBuffer; y: WebGLBuffer; numbers: WebGLBuffer };
  private readonly all: WebGLVertexArrayObject;
  private litCount = 0;

  /** @throws Error when the browser gives no WebGL 2 */
  constructor(canvas: HTMLCanvasElement, points: Points) {
    const gl = canvas.getContext('webgl2', { antialias: false, alpha: true, premultipliedAlpha: true, depth: false });
    if (!gl) throw new Error('This browser gives no WebGL 2.');
    this.gl = gl;
    this.count = points.count;
    const program = gl.createProgram();
    gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, VERTEX));
    gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, FRAGMENT));
    ['x', 'y', 'number'].forEach((name, i) => {
      gl.bindAttribLocation(program, i, name);
    });
    gl.linkProgram(program);
    // biome-ignore lint/correctness/useHookAtTopLevel: a call of WebGL, not of React.
    gl.useProgram(program);
    const uniform = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
    this.uniforms = {
      centre: uniform('centre'),
      scale: uniform('scale'),
      size: uniform('size'),
      alpha: uniform('alpha'),
      palette: uniform('palette'),
      round: uniform('round'),
    };
    const [x, y] = [gl.createBuffer(), gl.createBuffer()];
    this.numbers = gl.createBuffer();
    this.all = this.vertexArray(x, y, this.numbers);
    this.upload(x, points.x, gl.STATIC_DRAW);
    this.upload(y, points.y, gl.STATIC_DRAW);
    this.upload(this.numbers, new Uint8Array(points.count), gl.DYNAMIC_DRAW);
    const [lx, ly, ln] = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()];
    this.lit = { points: this.vertexArray(lx, ly, ln), x: lx, y: ly, numbers: ln };
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** @param palette RGBA of 256 entries @param numbers one palette number a point */
  setColours(palette: Uint8Array, numbers: Uint8Array): void {
    const { gl } = this;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, palette);
    this.upload(this.numbers, numbers, gl.DYNAMIC_DRAW);
  }

  /** The points that stand out, drawn last; each with a palette number of its own. */
  setLit(x: Float32Array, y: Float32Array, numbers: Uint8Array): void {
    const { gl } = this;
    this.upload(this.lit.x, x, gl.DYNAMIC_DRAW);
    this.upload(this.lit.y, y, gl.DYNAMIC_DRAW);
    this.upload(this.lit.numbers, numbers, gl.DYNAMIC_DRAW);
    this.litCount = x.length;
  }

  /**
   * @param ratio device pixels a CSS pixel
   * @param zoom relative to the whole map: points grow a little with it
   * @param share part of the points to draw, 0–1: fewer while the map moves on a machine that cannot keep up
   */
  draw(camera: Camera, size: Size, ratio: number, zoom: number, share: number): void {
    const began = performance.now();
    const { gl, uniforms } = this;
    gl.viewport(0, 0, size.width * ratio, size.height * ratio);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(uniforms.centre, camera.x, camera.y);
    gl.uniform2f(uniforms.scale, (2 * camera.scale) / size.width, (2 * camera.scale) / size.height);
    const crowd = this.count > 300_000 ? 1.2 : this.count > 60_000 ? 1.8 : 3.2;
    const points = Math.min(9, crowd * zoom ** 0.45);
    gl.uniform1f(uniforms.size, points * ratio);
    gl.uniform1f(uniforms.round, points > 2.5 ? 1 : 0);
    gl.uniform1f(uniforms.alpha, this.litCount > 0 ? 0.35 : 0.8);
    gl.bindVertexArray(this.all);
    gl.drawArrays(gl.POINTS, 0, Math.ceil(this.count * share));
    if (this.litCount > 0) {
      gl.uniform1f(uniforms.round, 1);
      gl.uniform1f(uniforms.alpha, 1);
      gl.uniform1f(uniforms.size, Math.max(7, points + 3) * ratio);
      gl.bindVertexArray(this.lit.points);
      gl.drawArrays(gl.POINTS, 0, this.litCount);
    }
    const took = performance.now() - began;
    this.cost.frames++;
    this.cost.totalMs += took;
    this.cost.worstMs = Math.max(this.cost.worstMs, took);
  }

  /** What draws: "SwiftShader" when there is no graphics card. */
  describe(): string {
    const info = this.gl.getExtension('WEBGL_debug_renderer_info');
    return info ? String(this.gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'WebGL 2';
  }

  private vertexArray(x: WebGLBuffer, y: WebGLBuffer, numbers: WebGLBuffer): WebGLVertexArrayObject {
    const { gl } = this;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    [x, y, numbers].forEach((buffer, i) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(i);
      gl.vertexAttribPointer(i, 1, i === 2 ? gl.UNSIGNED_BYTE : gl.FLOAT, false, 0, 0);
    });
    return array;
  }

  private upload(buffer: WebGLBuffer, data: Float32Array | Uint8Array, usage: number): void {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, data, usage);
  }
}
