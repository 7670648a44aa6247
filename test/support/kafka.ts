import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Folder of the broker's jars; `.ci/run` fetches them by test/engines/kafka/pom.xml. */
const JARS = process.env.SEGUE_TEST_KAFKA ?? '';

/** Why tests with a real broker are skipped; false when they run. */
export function kafkaLacks(): string | false {
  if (JARS === '' || !existsSync(JARS)) return 'SEGUE_TEST_KAFKA names no folder with the jars of a Kafka broker';
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'a Kafka broker needs Java 17, and there is no java here';
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A single-node broker (KRaft) on loopback, which can be killed and restarted over the same data. */
export class Broker {
  readonly address: string;
  private readonly dir: string;
  private readonly port: number;
  private readonly jars: string;
  private readonly apart: boolean;
  private process: ChildProcess | null = null;

  private constructor(dir: string, port: number, jars: string, apart: boolean) {
    this.apart = apart;
    this.jars = jars;
    this.dir = dir;
    this.port = port;
    this.address = `127.0.0.1:${port}`;
  }

  /**
   * @param jars the folder of the broker's jars
   * @param apart whether it has its own process group, so that Ctrl-C in the terminal reaches only its parent
   */
  static async start(dir: string, { jars = JARS, apart = false } = {}): Promise<Broker> {
    await mkdir(dir, { recursive: true });
    const [port, controller] = [await freePort(), await freePort()];
    const broker = new Broker(dir, port, jars, apart);
    const properties = {
      'process.roles': 'broker,controller',
      'node.id': 1,
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
      listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
      'controller.listener.names': 'CONTROLLER',
      'inter.broker.listener.name': 'PLAINTEXT',
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      'log.dirs': join(dir, 'data'),
      'offsets.topic.replication.factor': 1,
      'offsets.topic.num.partitions': 4,
      'transaction.state.log.replication.factor': 1,
      'transaction.state.log.min.isr': 1,
      'share.coordinator.state.topic.replication.factor': 1,
      'share.coordinator.state.topic.min.isr': 1,
      'group.initial.rebalance.delay.ms': 0,
      'auto.create.topics.enable': false,
      'log.cleaner.dedupe.buffer.size': 16_777_216,
      // Lets a killed broker rejoin quickly.
      'broker.session.timeout.ms': 1500,
      'broker.heartbeat.interval.ms': 300,
    };
    const file = join(dir, 'server.properties');
    await writeFile(
      file,
      Object.entries(properties)
        .map((pair) => pair.join('='))
        .join('\n'),
    );
    broker.java([
      '-Xmx128m',
      '-cp',
      `${jars}/*`,
      'kafka.tools.StorageTool',
      'format',
      '-t',
      'MkU3OEVBNTcwNTJENDM2Qg',
      '-c',
      file,
    ]);
    await broker.run();
    return broker;
  }

  private java(args: readonly string[]): void {
    execFileSync('java', ['-Dorg.slf4j.simpleLogger.defaultLogLevel=error', ...args], { stdio: 'ignore' });
  }

  /** Starts the broker and waits until it accepts connections. */
  async run(): Promise<void> {
    const child = spawn(
      'java',
      [
        ...['-Xmx512m', '-Xms256m', '-XX:MaxDirectMemorySize=256m', '-Dorg.slf4j.simpleLogger.defaultLogLevel=error'],
        ...['-cp', `${this.jars}/*`, 'kafka.Kafka', join(this.dir, 'server.properties')],
      ],
      { stdio: 'ignore', detached: this.apart },
    );
    this.process = child;
    while (!(await this.takesConnections())) {
      if (child.exitCode !== null) throw new Error(`the broker ended with code ${child.exitCode}`);
      await sleep(50);
    }
  }

  private takesConnections(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** kill -9 */
  async kill(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
