/** Cuts a stream of text into JSON values, one a line. */
export class JsonLines<Message> {
  #rest = '';
  readonly #use: (message: Message) => void;

  constructor(use: (message: Message) => void) {
    this.#use = use;
  }

  /** `false` when a line is not JSON. */
  take(text: string): boolean {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') continue;
      let message: Message;
      try {
        message = JSON.parse(line);
      } catch {
        return false;
      }
      this.#use(message);
    }
    return true;
  }
}
