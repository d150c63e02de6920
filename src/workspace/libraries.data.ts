/** Dependencies that tell a server from an application that browsers run. */

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

/** Depending on one of these, a package has code for browsers. */
export const PAGE_LIBRARIES = /^(?:react-dom|react-native|vue|@angular\/platform-browser|svelte|solid-js|preact|lit|ember-source|react-scripts|@vue\/cli-service)$/;

/** What makes one file for a browser of many. */
export const PAGE_BUILDERS = /^(?:vite|react-scripts|@craco\/craco|react-app-rewired|@angular\/cli|@vue\/cli-service|webpack-dev-server|parcel|@rsbuild\/core|snowpack|ember-cli|expo)$/;

/** Frameworks that run the files of a page on a server too. */
export const RENDERERS = /^(?:next|nuxt|gatsby|astro|@remix-run\/.+|@react-router\/.+|@sveltejs\/kit|@builder\.io\/qwik-city|@solidjs\/start|@tanstack\/(?:react-)?start|@angular\/ssr|@nguniversal\/.+|vite-plugin-ssr|vike|nitropack|expo-server|electron)$/;
