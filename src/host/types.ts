/** The only door to the machine. Real, crashing and recording hosts are implementations of this one type. */

export interface RunOptions {
  /** Unix user to run as; its home, name and groups are set. Default: the user of the engine. */
  readonly as?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: nothing to read (end of file at once). */
  readonly stdin?: string;
  /** Milliseconds after which the child is ended. Default: none for `run`, 60 000 for `look`. */
  readonly timeout?: number;
  /** Called with decoded output as it comes, both streams. */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void;
  /** Milliseconds without any output after which the child is ended; `onQuiet` is called first. Default: none. */
  readonly quiet?: number;
  readonly onQuiet?: () => void;
  /** Called once the child runs. */
  readonly onStart?: (pid: number) => void;
}

export interface Ran {
  /** Exit code; 127 when there is no such program; -1 when ended by a signal. */
  readonly code: number;
  readonly signal?: string;
  readonly timedOut: boolean;
  /** It was not started: only root can run programs as that user. */
  readonly needsRoot?: boolean;
  /** First and last part of the output, 1 MB at most each. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface Stat {
  readonly type: 'file' | 'directory' | 'link' | 'other';
  /** Permission bits, four octal digits. */
  readonly mode: string;
  /** `user:group`, numbers where no name is known. */
  readonly owner: string;
  readonly size: number;
  readonly target?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A file that only grows; each append is on the disk when the promise is kept. */
export interface Appender {
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface Host {
  // Looking: never passes the gate, changes nothing.
  look(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Nothing where no file is: also for a pipe, a socket or a device, and for more bytes than `atMost`. */
  read(path: string, atMost?: number): Promise<Buffer | undefined>;
  /** The path that links lead to, if they are safe; what is not there keeps its name. */
  withoutLinks(path: string): Promise<string>;
  /** Throws unless nobody but root and this user can put anything at that path or in it. */
  refuseShared(path: string): Promise<void>;
  stat(path: string): Promise<Stat | undefined>;
  list(path: string): Promise<string[]>;
  http(
    url: string,
    options?: {
      readonly host?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly timeout?: number;
    },
  ): Promise<Answered>;
  /**
   * First line that the server sends within `wait` milliseconds (empty if it waits for us), after `say` if that is
   * given. A host that is a path is a Unix socket. Throws if closed.
   */
  connect(host: string, port: number, wait?: number, say?: string): Promise<string>;
  /** Addresses that name servers give for a name; none if there is no such name. Throws if none of them answers. */
  resolve(name: string): Promise<string[]>;
  /** Addresses of this machine's interfaces. */
  addresses(): string[];
  now(): Date;
  random(bytes: number): Buffer;
  sleep(milliseconds: number): Promise<void>;

  // Effects: each passes the gate before and after, files also in the middle.
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Atomic and durable: temporary file, fsync, mode and owner, rename, fsync of the folder. */
  write(
    path: string,
    bytes: string | Buffer,
    options: { readonly mode: string; readonly owner?: string },
  ): Promise<void>;
  mkdir(path: string, options: { readonly mode: string; readonly owner?: string }): Promise<void>;
  chmod(path: string, mode: string): Promise<void>;
  chown(path: string, owner: string): Promise<void>;
  link(path: string, target: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A file or a link; nothing if it is not there. */
  remove(path: string): Promise<void>;
  /** An empty folder; `false` if it is not empty, `true` if it is gone. */
  rmdir(path: string): Promise<boolean>;
  removeTree(path: string): Promise<void>;
  append(path: string, options: { readonly mode: string }): Promise<Appender>;
}
