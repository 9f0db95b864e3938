/** Answers and produced values of a run, put into texts with the encoder of the place they go to. */
import type { Redactor } from '../answers/redactor.ts';
import { open, type Secret } from '../answers/secret.ts';
import type { SecretStore } from '../answers/store.ts';
import { cellsOf } from '../guide/lists.ts';
import type { Text } from '../guide/types.ts';
import type { Known } from '../journal/fold.ts';
import { CannotCarry, encode, fillTemplate, namesIn, type Syntax } from '../operations/encode/index.ts';
import { Failure, type Values } from '../operations/verbs.ts';

export interface Value {
  readonly value: string;
  readonly secret: boolean;
}

/** Facts, and what records know of answers and produced values; secrets are read from their store. */
export async function valuesFrom(
  facts: Readonly<Record<string, string>>,
  all: Iterable<readonly [string, Known]>,
  store: Pick<SecretStore, 'get'> | undefined,
): Promise<Map<string, Value>> {
  const values = new Map<string, Value>();
  for (const [id, value] of Object.entries(facts)) values.set(id, { value, secret: false });
  for (const [id, one] of all) {
    const secret = one.secret ? await store?.get(one.secret) : undefined;
    for (const [name, value] of asValues(id, { ...one, secret })) values.set(name, value);
  }
  return values;
}

/** An answer by its name, and the cells of a list that may be shown by theirs. */
export function asValues(
  id: string,
  { value, secret, list }: Pick<Known, 'value' | 'list'> & { readonly secret?: Secret | undefined },
): [string, Value][] {
  if (secret) return [[id, { value: open(secret), secret: true }]];
  return shownValues(id, { value, list }).map(([name, one]) => [name, { value: one, secret: false }]);
}

/** The same of what is no secret, as texts. */
export function shownValues(id: string, { value, list }: Pick<Known, 'value' | 'list'>): [string, string][] {
  if (value === undefined) return [];
  return [[id, value], ...(list === undefined ? [] : cellsOf(id, list, value))];
}

const bullets = '••••••••';
/** Stands for a secret while a text is encoded: plain letters, which no encoder changes. */
const stand = 'SetupWizardSecretGoesHere';

export class RunValues implements Values {
  readonly #known: Map<string, Value>;
  readonly redactor: Redactor;
  readonly #record: (id: string, value: string, secret: boolean) => Promise<void>;

  /** `record` makes a learnt value durable before anything uses it. */
  constructor(
    known: ReadonlyMap<string, Value>,
    redactor: Redactor,
    record: (id: string, value: string, secret: boolean) => Promise<void>,
  ) {
    this.#known = new Map(known);
    this.redactor = redactor;
    this.#record = record;
    for (const { value, secret } of known.values()) if (secret) redactor.add(value);
  }

  public(text: string, syntax: Syntax = 'plain'): string {
    return this.#fill(text, syntax, (id, { value, secret }) => {
      if (secret) throw new Failure('secret-shown', { name: id });
      return value;
    });
  }

  full(text: string, syntax: Syntax = 'plain'): string {
    return this.#fill(text, syntax, (_, { value }) => value);
  }

  masked(text: string, syntax: Syntax = 'plain'): string {
    const filled = this.#fill(text, syntax, (_, { value, secret }) => (secret ? stand : value));
    return filled.replaceAll(stand, bullets);
  }

  missing(text: string): string[] {
    return namesIn(text).filter((name) => !this.#known.has(name));
  }

  async learn(id: string, value: string, secret: boolean): Promise<void> {
    if (secret) this.redactor.add(value);
    await this.#record(id, value, secret);
    this.#known.set(id, { value, secret });
  }

  /** For conditions: whether a secret is there may be asked, what it is may not. */
  lookup(id: string): string | undefined {
    const known = this.#known.get(id);
    return known?.secret && known.value ? bullets : known?.value;
  }

  /** The same with these public values. */
  with(values: readonly (readonly [string, string])[]): RunValues {
    const others = values.map(([id, value]) => [id, { value, secret: false }] as const);
    return new RunValues(new Map([...this.#known, ...others]), this.redactor, this.#record);
  }

  /** A secret that the wizard will make: known to be there, without a value (for a plan that changes nothing). */
  stand(id: string): void {
    this.#known.set(id, { value: stand, secret: true });
  }

  /** Any value, secrets too: for a person who asked to see it. */
  reveal(text: string): string {
    return this.full(text);
  }

  isSecret(text: string): boolean {
    return namesIn(text).some((name) => this.#known.get(name)?.secret);
  }

  #fill(text: string, syntax: Syntax, choose: (id: string, known: Value) => string): string {
    try {
      return fillTemplate(text, syntax, (id) => {
        const known = this.#known.get(id);
        if (!known) throw new Failure('missing-value', { name: id });
        return choose(id, known);
      });
    } catch (error) {
      if (!(error instanceof CannotCarry)) throw error;
      const name =
        error.answer ?? namesIn(text).find((id) => !carries(syntax, this.#known.get(id)?.value ?? ''));
      const why = `${error.code}${error.character ? ` ${JSON.stringify(error.character)}` : ''}`;
      throw new Failure('cannot-carry', { name: name ?? '', syntax, why }, { cause: error });
    }
  }
}

function carries(syntax: Syntax, value: string): boolean {
  try {
    encode(syntax, value);
    return true;
  } catch {
    return false;
  }
}

/** Names anywhere in an operation's data that have no value yet. */
export function missingIn(value: unknown, values: Values): string[] {
  if (typeof value === 'string') return values.missing(value);
  if (Array.isArray(value)) return value.flatMap((one) => missingIn(one, values));
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap((one) => missingIn(one, values));
  return [];
}

/** A sentence with its values; as it is written while one of them is not known. */
export function inWords(text: Text, values: Values): Text {
  const fill = (one: string) => (values.missing(one).length > 0 ? one : values.masked(one));
  return { fr: fill(text.fr), en: fill(text.en) };
}
