// Lets Node run the TypeScript sources as they are, so that a test can start the real program without a build:
//   node --conditions=source --import ./source-hooks.mjs main.ts
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    const isRelativeJs =
      specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL !== undefined;
    if (isRelativeJs) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
});
