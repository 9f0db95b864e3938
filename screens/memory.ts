/** What a person has chosen on the screens, kept while the terminal is lent to another program. */
import type { Connection, HomeEntry, Lang } from '../src/run/protocol.ts';

export class Memory {
  lang: Lang;
  connection: Connection | undefined;
  /** The guide whose "what next" is open. */
  installed: HomeEntry | null = null;
  /** The guide whose accounts are open. */
  accounts: HomeEntry | null = null;
  /** Place in a screen, by the screen's name: opaque to all but that screen. */
  readonly places = new Map<string, unknown>();

  constructor(lang: Lang, connection?: Connection) {
    this.lang = lang;
    this.connection = connection;
  }
}
