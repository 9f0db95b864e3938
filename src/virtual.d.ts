declare module 'virtual:guides' {
  export const guides: readonly import('./guide/types.ts').Guide[];
  export const assets: Readonly<Record<string, string>>;
}
declare const __VERSION__: string;
