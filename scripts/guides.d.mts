/** Source text of the module `virtual:guides`. */
export function guidesModule(): string;
