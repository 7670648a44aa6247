import { diameter, litDiameter, opacity, type Painter, type Places, ROUND_FROM, type Write } from './painter.ts';
import type { View } from './picture.ts';

/**
 * Draws the map's points with WebGL 2: one draw call, with coordinates and palette numbers as received from the server and no copying per picture. It
 * compiles only its two shaders, so the page needs no permission to evaluate code.
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

/** Software implementations of WebGL: Chromium's, Mesa's, Windows'. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;
const UNIFORMS = ['centre', 'scale', 'size', 'alpha', 'round'] as const;

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type)!;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? 'shader');
  return shader;
}

/** A set of points on the graphics card. */
class Cloud {
  readonly array: WebGLVertexArrayObject;
  private readonly gl: WebGL2RenderingContext;
  private readonly buffers: readonly WebGLBuffer[];

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.array = gl.createVertexArray();
    this.buffers = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()];
    gl.bindVertexArray(this.array);
    this.buffers.forEach((buffer, i) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(i);
      gl.vertexAttribPointer(i, 1, i === 2 ? gl.UNSIGNED_BYTE : gl.FLOAT, false, 0, 0);
    });
  }

  place({ x, y }: Places): void {
    this.upload(0, x);
    this.upload(1, y);
  }

  colour(numbers: Uint8Array): void {
    this.upload(2, numbers);
  }

  private upload(buffer: number, column: Float32Array | Uint8Array): void {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffers[buffer]!);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, column, this.gl.STATIC_DRAW);
  }
}

export class GraphicsPainter implements Painter {
  readonly name: string;
  private readonly canvas: OffscreenCanvas;
  /** Combines the points with text drawn on top, since WebGL cannot draw text. */
  private readonly picture = new OffscreenCanvas(1, 1);
  private readonly gl: WebGL2RenderingContext;
  private readonly uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
  private readonly count: number;
  private readonly all: Cloud;
  private readonly lit: Cloud;
  private litCount = 0;

  /** Null when WebGL 2 is unavailable. @param evenSlow also accept a software implementation */
  static open(places: Places, evenSlow: boolean): GraphicsPainter | null {
    const canvas = new OffscreenCanvas(1, 1);
    const gl = canvas.getContext('webgl2', {
      antialias: false,
      alpha: true,
      premultipliedAlpha: true,
      depth: false,
      failIfMajorPerformanceCaveat: !evenSlow,
    });
    if (!gl) return null;
    // Browsers without a graphics card do not always report the performance caveat; the renderer's name reveals it.
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    const renderer = info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'an unnamed renderer';
    if (!evenSlow && SOFTWARE.test(renderer)) {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
      return null;
    }
    return new GraphicsPainter(canvas, gl, `WebGL 2 by ${renderer}`, places);
  }

  private constructor(canvas: OffscreenCanvas, gl: WebGL2RenderingContext, name: string, places: Places) {
    this.name = name;
    this.canvas = canvas;
    this.gl = gl;
    this.count = places.x.length;
    const program = gl.createProgram();
    gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, VERTEX));
    gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, FRAGMENT));
    ['x', 'y', 'number'].forEach((name, i) => {
      gl.bindAttribLocation(program, i, name);
    });
    gl.linkProgram(program);
    // biome-ignore lint/correctness/useHookAtTopLevel: a call of WebGL, not of React.
    gl.useProgram(program);
    const [centre, scale, size, alpha, round] = UNIFORMS.map((name) => gl.getUniformLocation(program, name));
    this.uniforms = { centre: centre!, scale: scale!, size: size!, alpha: alpha!, round: round! };
    this.all = new Cloud(gl);
    this.all.place(places);
    this.all.colour(new Uint8Array(this.count));
    this.lit = new Cloud(gl);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  setColours(palette: Uint8Array, numbers: Uint8Array): void {
    const { gl } = this;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, palette);
    this.all.colour(numbers);
  }

  setLit(places: Places, numbers: Uint8Array): void {
    this.lit.place(places);
    this.lit.colour(numbers);
    this.litCount = numbers.length;
  }

  paint(view: View, write: Write): ImageBitmap {
    const { camera, size, ratio, zoom } = view;
    const { gl, canvas, picture } = this;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(this.uniforms.centre, camera.x, camera.y);
    gl.uniform2f(this.uniforms.scale, (2 * camera.scale) / size.width, (2 * camera.scale) / size.height);
    const plain = diameter(this.count, zoom);
    this.draw(this.all, this.count, plain, ratio, opacity(this.litCount));
    if (this.litCount > 0) this.draw(this.lit, this.litCount, litDiameter(plain), ratio, 1);
    // Waits until drawing has finished: queued pictures would delay the rest of the page's graphics.
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    if (picture.width !== width || picture.height !== height) Object.assign(picture, { width, height });
    const context = picture.getContext('2d')!;
    context.drawImage(canvas, 0, 0);
    write(context, view);
    return picture.transferToImageBitmap();
  }

  private draw(cloud: Cloud, count: number, pixels: number, ratio: number, alpha: number): void {
    const { gl, uniforms } = this;
    gl.uniform1f(uniforms.size, pixels * ratio);
    gl.uniform1f(uniforms.round, pixels > ROUND_FROM ? 1 : 0);
    gl.uniform1f(uniforms.alpha, alpha);
    gl.bindVertexArray(cloud.array);
    gl.drawArrays(gl.POINTS, 0, count);
  }
}
