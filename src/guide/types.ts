/**
 * What a guide is: one published document made executable. Everything here is plain data (JSON when the
 * compiler is done with it): no function, no clock, no language chosen. Plan, journal, coverage and report
 * read a guide without running it.
 */
import type { Command, Each, Operation, Public, SqlServer } from './kinds.ts';

export type Lang = 'fr' | 'en';

/** A sentence in both languages. Leaving one out is a compile error. */
export interface Text {
  readonly fr: string;
  readonly en: string;
}

/** UPPER_SNAKE name of an answer or of a value that a step produces; written `%NAME%` inside texts. */
export type Id = string;

/** Lower-case dotted name of something observed on the machine (`src/host/facts.ts` lists them). */
export type Fact = string;

/** First and last line of the published source, both included. */
export type Range = readonly [from: number, to: number];

export type Cond =
  | { readonly answer: Id; readonly is: readonly string[] }
  | { readonly fact: Fact; readonly is: readonly string[] }
  | { readonly not: Cond }
  | { readonly all: readonly Cond[] }
  | { readonly any: readonly Cond[] };

/** A value that depends on an answer or a fact. `of[''] ` is used for every value not listed. */
export interface Chosen {
  readonly by: Id | Fact;
  readonly of: Readonly<Record<string, string>>;
}

/** Where a default comes from. `fact` gives nothing when the fact is unknown. */
export type Initial =
  | string
  | Chosen
  | { readonly fact: Fact }
  | { readonly hostOf: Id }
  | { readonly parentDomainOf: Id }
  | { readonly same: Id }
  | { readonly filled: string };

export interface Choice {
  readonly value: string;
  readonly label: Text;
  /** Offered but refused when the condition holds: `say` gives the reason. */
  readonly unfit?: { readonly when: Cond; readonly say: Text };
  /** What follows from it is for good, and no server in use should have it: shown in red. */
  readonly danger?: true;
}

export type QuestionKind =
  | 'text'
  | 'host'
  | 'port'
  | 'int'
  | 'url'
  | 'email'
  | 'emails'
  | 'fqdn'
  | 'fqdns'
  | 'path'
  | 'name'
  | 'password'
  | 'choice'
  | 'list';

/** A small question that every row of a list answers. */
export type Column = Pick<
  Question,
  'ask' | 'example' | 'generate' | 'optional' | 'min' | 'max' | 'pattern'
> & {
  readonly kind: Exclude<QuestionKind, 'choice' | 'list'>;
};

export interface Question {
  readonly id: Id;
  readonly kind: QuestionKind;
  readonly topic: string;
  readonly ask: Text;
  /** What it is for, shown under the form. */
  readonly help?: Text;
  readonly example?: string;
  /** The source's own spelling where it is not `%ID%`. */
  readonly writtenAs?: string;
  readonly source?: readonly Range[];
  readonly initial?: Initial;
  /** Secrets only: made by the wizard when the person gives none; number of characters. */
  readonly generate?: number;
  /** `generate` only when this holds: elsewhere the secret exists already, and somebody knows it. */
  readonly generateWhen?: Cond;
  readonly choices?: readonly Choice[];
  /** Lists only: what is asked of each row (names in lower case), and the first of them, which names the row. */
  readonly of?: Readonly<Record<string, Column>>;
  readonly key?: string;
  /** An empty answer is accepted. A list says so by `min`. */
  readonly optional?: boolean;
  /** Length, value or number of rows. */
  readonly min?: number;
  readonly max?: number;
  /** Anchored regular expression the whole value must match, with the sentence said when it does not. */
  readonly pattern?: { readonly match: string; readonly say: Text };
  readonly when?: Cond;
  /** Asked inside a checklist (the person learns it there), not before the plan. */
  readonly later?: boolean;
}

export interface Topic {
  readonly id: string;
  readonly title: Text;
}

/** A rule across answers. `of` lists the answers; the sentence is shown under the first. */
export interface Rule {
  readonly rule: 'differs' | 'sameHost' | 'atMostOne' | 'pair';
  readonly of: readonly Id[];
  readonly say: Text;
  readonly when?: Cond;
}

export interface Erratum {
  readonly id: string;
  readonly source: readonly Range[];
  readonly severity: 'security' | 'breaks' | 'obsolete' | 'unclear';
  /** What the source says and why that is wrong. */
  readonly says: Text;
  /** What the wizard does instead. */
  readonly does: Text;
  /** May `--literal ID` ask for the source's own way? Then the answer `LITERAL` holds the id. */
  readonly literal?: boolean;
}

export interface Step {
  readonly id: string;
  readonly title: Text;
  readonly why?: Text;
  readonly source: readonly Range[];
  /** The source's own words, in its own language, no more than is needed to recognise the place. */
  readonly says?: string;
  readonly errata?: readonly string[];
  readonly when?: Cond;
  /** Ids of steps before it: while one of them is left to a person, this one waits. */
  readonly needs?: readonly string[];
  readonly do: readonly (Operation | Each)[];
  /** Offered beside a failure of this step. */
  readonly remedies?: readonly Remedy[];
}

/** A repair that a person may choose when a step has failed: it runs, then the step is tried again. */
export interface Remedy {
  /** kebab-case, stable. */
  readonly id: string;
  /** As a choice of a menu: a verb, and what follows from it in brackets. */
  readonly title: Text;
  readonly do: Command;
}

export interface Chapter {
  readonly id: string;
  readonly title: Text;
  readonly when?: Cond;
  readonly steps: readonly Step[];
}

/** A need of this machine: when `when` holds the run is refused (exit 3) with the sentence. */
export interface Unfit {
  readonly when: Cond;
  readonly say: Text;
}

/**
 * Something looked at beside a form of `topic` as soon as the answers it names are right: it is said what was
 * found, and nobody is stopped. Never changes anything.
 */
export type LiveLook = {
  readonly id: string;
  readonly topic: string;
  /** Answers that have to be there and right before it is looked at. */
  readonly of: readonly Id[];
  readonly when?: Cond;
} & (
  | /** Does the name lead to this machine? */ { readonly look: 'dns'; readonly name: Public }
  | /** Does a server answer, and does it begin as it should (`220` for SMTP)? */ {
      readonly look: 'banner';
      readonly host: Public;
      readonly port: Public;
      readonly banner?: string;
    }
  | { readonly look: 'port-free'; readonly port: Public }
  | /** Can one log in to the database server as its administrator? */ {
      readonly look: 'sql-login';
      readonly server: SqlServer;
    }
);

/** A known way to fail: recognised by what was said, in words, and what to do about it. */
export interface KnownCause {
  /** kebab-case, stable. */
  readonly id: string;
  /** Only in these steps. */
  readonly steps?: readonly string[];
  /** Only for failures with one of these codes (`command-failed`, `check-failed`…). */
  readonly codes?: readonly string[];
  /**
   * Regular expression, line by line, on the values of the failure (`name: value`, but not the command) and on what
   * the step said last.
   */
  readonly match: string;
  /** What it probably is. `{name}`, here and in `do`: what the group of that name matched. */
  readonly say: Text;
  readonly do: Text;
}

/**
 * Accounts that come and go after the install (`setup-wizard users`). How one is made, the guide says once: by its
 * `prosody-account` for each row of the list.
 */
export interface Accounts {
  /** The list that asks for them: a name, which is its key, and a password. */
  readonly list: Id;
}

/** What the script `scripts/index-source.mjs` makes from the published text; the text itself is not ours. */
export interface SourceIndex {
  readonly title: string;
  readonly lang: Lang;
  readonly updated?: string;
  readonly lines: number;
  readonly blank: readonly number[];
  readonly headings: readonly number[];
  /** First 12 hexadecimal digits of the SHA-256 of each line, trimmed. */
  readonly hashes: readonly string[];
}

export interface Guide {
  /** kebab-case, the folder's name; journals hold it for ever. */
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly summary: Text;
  readonly rights: 'root' | 'user';
  /** Minutes a first install takes, measured; shown as "about". */
  readonly minutes: number;
  readonly unfit: readonly Unfit[];
  readonly topics: readonly Topic[];
  readonly questions: readonly Question[];
  readonly rules: readonly Rule[];
  readonly chapters: readonly Chapter[];
  readonly errata: readonly Erratum[];
  /** Looked at beside the forms. */
  readonly looks?: readonly LiveLook[];
  /** Those of the installed product, where it has any. */
  readonly accounts?: Accounts;
  /** Ways to fail that only this guide has; those of the kinds are common (`src/run/causes.ts`). */
  readonly causes?: readonly KnownCause[];
  /** Lines of the source that need no step, and why. */
  readonly notes: readonly { readonly lines: Range; readonly why: Text }[];
  readonly source: SourceIndex;
  /** Said when all is done: addresses, log-ins. `%NAME%` of public answers. */
  readonly finished: readonly Text[];
}
