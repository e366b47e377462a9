// The import rules of the house (docs/explanation/architecture.md).
const pure = '^libs/(meter-files|tariffs|stack|contracts|errors)/';

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'an-app-never-imports-another-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.(spec|fixtures)\\.ts$' },
      to: { path: '^(apps|scripts|test)/' },
    },
    {
      name: 'apps-never-import-scripts-or-tests',
      severity: 'error',
      from: { path: '^apps/', pathNot: '\\.spec\\.tsx?$' },
      to: { path: '^(scripts|test)/' },
    },
    {
      name: 'the-core-is-pure',
      comment: 'No framework, database, file system, process or clock library in the functional core.',
      severity: 'error',
      from: { path: pure, pathNot: '\\.(spec|fixtures)\\.ts$' },
      to: {
        path: '^(@nestjs|pg|typeorm|fastify|pino)|node_modules/(@nestjs|pg|typeorm|fastify|pino)/|^(node:)?(fs|net|http|https|child_process|worker_threads|process)(/|$)',
      },
    },
    {
      name: 'layers-errors-config-database-nest-kit',
      severity: 'error',
      from: { path: '^libs/(errors|config|contracts)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(database|nest-kit|stack|meter-files|ui)/' },
    },
    {
      name: 'errors-depends-on-nothing',
      severity: 'error',
      from: { path: '^libs/errors/' },
      to: { path: '^libs/(?!errors/)' },
    },
    {
      name: 'config-below-contracts',
      severity: 'error',
      from: { path: '^libs/config/' },
      to: { path: '^libs/contracts/' },
    },
    {
      name: 'database-below-nest-kit',
      severity: 'error',
      from: { path: '^libs/database/' },
      to: { path: '^libs/(nest-kit|ui)/' },
    },
    {
      name: 'browsers-get-contracts-only',
      severity: 'error',
      from: { path: '^(apps/(portal|admin)-web|libs/ui)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(?!ui/|contracts/)' },
    },
    {
      name: 'a-lib-is-entered-by-its-index',
      severity: 'error',
      from: { path: '^(apps|scripts)/' },
      to: { path: '^libs/[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'a-feature-is-entered-by-its-service',
      comment:
        'A feature reaches another through its module, its service, or the writer it exports for a shared transaction.',
      severity: 'error',
      from: { path: '^apps/(portal|admin)/src/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^apps/(portal|admin)/src/[^/]+/.+\\.(controller|queries|repository|entity)\\.ts$',
        pathNot: '^apps/$1/src/$2/',
      },
    },
    {
      name: 'not-to-dev-dependencies',
      comment:
        'What the production image runs is installed in it. The embedded database is loaded on request only.',
      severity: 'error',
      from: {
        path: '^(apps/(portal|admin|provisioner)|libs)/',
        pathNot: '\\.(spec|fixtures)\\.ts$|^libs/(ui|database/embedded)/|/testing/',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|golden)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts', '.css'],
    },
  },
};
