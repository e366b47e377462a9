import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Between a client and a server: cuts the connection after so many bytes of the server's. */
export class CuttingProxy {
  private readonly sockets = new Set<Socket>();
  private left = Infinity;

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  static async start(port: number): Promise<CuttingProxy> {
    const server = createServer({ allowHalfOpen: false });
    const proxy = new CuttingProxy(server);
    server.on('connection', (client) => proxy.join(client, connect(port, '127.0.0.1')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on. */
  cutAfter(bytes: number): void {
    this.left = bytes;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private join(client: Socket, server: Socket): void {
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    client.pipe(server);
    server.on('data', (chunk: Buffer) => {
      this.left -= chunk.length;
      if (this.left < 0) cut();
      else client.write(chunk);
    });
  }
}
