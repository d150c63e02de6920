/** Dependencies and commands that tell an application from a library, and a front end from a server. */

export const FRONTEND_LIBRARIES = /^(?:react-dom|react-native|vue|@angular\/core|svelte|@sveltejs\/kit|solid-js|preact|next|nuxt|gatsby|@remix-run\/react|@builder\.io\/qwik|lit|ember-source|expo|astro|vite|react-scripts|@vue\/cli-service|@angular\/cli)$/;

/** Depending on one of these, a package has code for browsers; build tools that servers use as well are not among them. */
export const BROWSER_LIBRARIES = /^(?:react-dom|react-native|vue|@angular\/platform-browser|svelte|@sveltejs\/kit|solid-js|preact|next|nuxt|gatsby|@remix-run\/react|@builder\.io\/qwik|lit|ember-source|expo|react-scripts|@vue\/cli-service|jquery|angular)$/;

/** Commands of a start script that run a program and not a build. */
export const RUNNERS =
  /^(?:node|ts-node|ts-node-dev|ts-node-esm|tsnd|tsx|nodemon|bun|deno|babel-node|pm2|pm2-runtime|forever|swc-node|esr|esno|jiti|nest|next|nuxt|nuxi|remix|remix-serve|vite|react-scripts|react-app-rewired|craco|vue-cli-service|ng|gatsby|astro|svelte-kit|expo|parcel|webpack-dev-server|ember|serve|http-server|moleculer-runner|fastify|micro|strapi|medusa|sls|serverless|sam|wrangler|workerd|func|functions-framework|probot|loopback|lb-app|egg-scripts|sails|nx|tsc-watch|tsup-node|zenith|restate|lomray-microservices|microservice-cli|x|medplum|electron|encore|keystone|payload|directus|vendure|polka|hive-gateway|apollo|cosmo)$/;

/** Runners that serve a front end to browsers. */
export const FRONTEND_RUNNERS = /(?:^|\s)(?:vite|react-scripts|react-app-rewired|craco|vue-cli-service|ng|gatsby|astro|svelte-kit|expo|parcel|webpack-dev-server|ember|next|nuxt|nuxi)(?:\s|$)/;

/** Folder and package names that are no service however they look. */
export const NEVER_SERVICES = /^(?:docs?|documentation|website|e2e|e2e-tests?|end-to-end-tests?|.+-e2e|tests?|testing|integration-tests?|load-tests?|load-?gen.*-tests?|cypress|playwright|storybook|stories|templates?|scaffold|boilerplates?|generators?|fixtures?|benchmarks?|bench|scripts?|tools?|tooling|eslint-.+|tsconfig|config|configs|\..*)$/;
