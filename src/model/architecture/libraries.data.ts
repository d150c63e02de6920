/** Dependencies and commands that tell an application from a library, and a front end from a server. */

/** Depending on one of these, a package serves requests, consumes messages or runs functions. */
export const SERVER_LIBRARIES: readonly RegExp[] = [
  /^(?:express|fastify|koa|hono|restify|polka|tinyhttp|micro|h3|nitropack|elysia|sails|hapi|@hapi\/hapi|@hono\/.+|@feathersjs\/(?:feathers|express|koa)|loopback|@loopback\/(?:core|rest)|@foal\/core|@adonisjs\/core|@tsed\/common|ts\.ed|routing-controllers|inversify-express-utils|tsoa|total\.js|egg|@midwayjs\/.+|moleculer|seneca|@marblejs\/.+)$/,
  /^@nestjs\/(?:core|platform-.+|microservices)$/,
  /^(?:apollo-server(?:-.+)?|@apollo\/(?:server|gateway|subgraph)|graphql-yoga|mercurius|@graphql-yoga\/.+|@graphql-hive\/gateway)$/,
  /^(?:@grpc\/grpc-js|grpc|@connectrpc\/connect-node|nice-grpc|mali)$/,
  /^(?:kafkajs|amqplib|amqp-connection-manager|nats|node-nats-streaming|bullmq|bull|bee-queue|agenda|node-cron|cron|rascal|rhea|mqtt|sqs-consumer|@google-cloud\/pubsub|@azure\/service-bus|node-rdkafka|@confluentinc\/kafka-javascript|pg-boss|graphile-worker)$/,
  /^(?:@temporalio\/(?:worker|client)|@restatedev\/restate-sdk.*|inngest|@trigger\.dev\/sdk|camunda-external-task-client-js|zeebe-node)$/,
  /^(?:socket\.io|ws|uWebSockets\.js|colyseus|@colyseus\/core)$/,
  /^(?:@strapi\/strapi|@strapi\/core|@vendure\/core|@medusajs\/medusa|payload|keystone|@keystone-6\/core|ghost|directus)$/,
  /^(?:@middy\/core|serverless-http|@vendia\/serverless-express|aws-serverless-express|@types\/aws-lambda|@aws-lambda-powertools\/.+|@google-cloud\/functions-framework|firebase-functions|@azure\/functions)$/,
  /^(?:http-proxy-middleware|express-gateway|http-proxy|fast-gateway|@lomray\/microservice-.+|@dapr\/dapr|light-my-request)$/,
]; // prettier-ignore

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
