export function bundle(options: {
  entry?: string;
  outfile: string;
  guides?: string;
  isDev?: boolean;
}): Promise<{ bytes: number; inputs: string[] }>;
