/** What a member of a traced value is. */
import { member as memberIn, type KnownType } from "../../catalog/index.ts";
import type { Shape, TypeFacts } from "../../catalog/library.ts";
import type { CallValue, ClassFact, FunctionFact, MemberValue, NewValue, Value } from "../../syntax/summary.ts";
import { fieldOfSelf } from "./fields.ts";
import { isPlain } from "./frames.ts";
import { variableOf } from "./env-variables.ts";
import { anyOf, type ClassKey, type Frame, type Origin, possibilities, type Traced, type TracedSelf, unknown } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { valueOfType } from "./types.ts";

/** `traced.name`, where the expression itself may tell more than the value (naming conventions). */
export function memberOf(tracer: Tracer, of: Traced, name: string, value: MemberValue, frame: Frame): Traced {
  const found = propertyOf(tracer, of, name);
  const untold = found.is === "unknown" || (found.is === "parameter" && !found.typed);
  return untold ? (byConvention(tracer, value.of, name, frame) ?? found) : found;
}

/** `traced[name]` */
export function propertyOf(tracer: Tracer, of: Traced, name: string): Traced {
  switch (of.is) {
    case "object":
      return tracer.open(of.value, () => objectProperty(tracer, of, name)) ?? unknown("refers to itself");
    case "array": {
      const item = of.value.items[Number(name)];
      return item ? tracer.trace(item, of.frame) : unknown("no such element");
    }
    case "class":
      return staticMember(tracer, of.class, name);
    case "self":
      return classMember(tracer, of, name);
    case "record": {
      const member = of.members.find((each) => each.name === name);
      return member?.type ? valueOfType(tracer, member.type, of.path, name) : unknown(`${name} is not in the written type`);
    }
    case "module":
      return moduleMember(tracer, of.path, name);
    case "export":
      return exportMember(tracer, of, name);
    case "instance":
      return instanceMember(tracer, of.origin, name);
    case "foreign":
      if (of.package === "global" && of.name === "process" && name === "env") return { is: "environment" };
      return { ...of, name: `${of.name}.${name}` };
    case "environment":
      return variableOf(tracer, of.schemas ?? [], name);
    case "parameter": {
      const typed = of.typed && propertyOf(tracer, of.typed, name);
      if (typed?.is === "method") return { ...typed, origin: { ...typed.origin, parameter: of } };
      if (typed && possibilities(typed).every((one) => one.is === "function")) return typed;
      return { is: "parameter", ref: of.ref, index: of.index, path: [...of.path, name], name: `${of.name}.${name}`, ...(typed && typed.is !== "unknown" ? { typed } : {}) };
    }
    case "any":
      return anyOf(of.of.map((one) => propertyOf(tracer, one, name)));
    case "function":
      return name === "bind" || name === "call" || name === "apply" ? of : unknown("a member of a function");
    case "method":
      return name === "bind" || name === "call" || name === "apply" ? of : unknown("a member of a method");
    case "text":
      // A URL's own text, and that of its origin, lead to the same host.
      return name === "href" || name === "origin" ? of : unknown(`${name} of a text`);
    case "result":
    case "const":
    case "unknown":
      return unknown(`${name} of something that is not known`);
  }
}

function objectProperty(tracer: Tracer, of: Traced & { is: "object" }, name: string): Traced {
  let sawSpread: Traced | undefined;
  for (let i = of.value.properties.length - 1; i >= 0; i--) {
    const property = of.value.properties[i];
    if (!property) continue;
    if (property.key === name || (property.computed && keyText(tracer, property.computed, of.frame) === name)) {
      const own = tracer.trace(property.value, of.frame);
      return sawSpread ? anyOf([sawSpread, own]) : own;
    }
    if (property.spread) {
      const spread = propertyOf(tracer, tracer.trace(property.value, of.frame), name);
      if (spread.is !== "unknown") {
        if (spread.is === "const" || spread.is === "object" || spread.is === "function") return spread;
        sawSpread ??= spread;
      }
    }
  }
  return sawSpread ?? unknown(`${name} is not in the object`);
}

function keyText(tracer: Tracer, computed: Value, frame: Frame): string | undefined {
  const traced = tracer.trace(computed, frame);
  return traced.is === "const" && typeof traced.value === "string" ? traced.value : undefined;
}

function moduleMember(tracer: Tracer, path: string, name: string): Traced {
  const [file, , enumName] = path.split("::");
  if (enumName === undefined) return tracer.exportOf(path, name);
  const fact = file === undefined ? undefined : tracer.view(file).type(enumName);
  const frame = file === undefined ? undefined : tracer.frame({ path: file, id: 0 });
  if (!fact || fact.kind !== "enum" || !frame) return unknown("no such enum");
  const member = fact.members.find((m) => m.name === name);
  return member?.value ? tracer.trace(member.value, frame) : { is: "const", value: name };
}

/** Members of an export: nested exports, dotted exports (`AbortSignal.timeout`), statics and members of a default instance. */
function exportMember(tracer: Tracer, of: Traced & { is: "export" }, name: string): Traced {
  const { library, shape } = of;
  if (shape.is === "class" && shape.statics) {
    const member = memberIn(shape.statics, name);
    if (member) return { is: "export", library, name: `${of.name}.${name}`, shape: member };
  }
  if (shape.is === "instance") {
    const member = instanceMember(tracer, defaultOrigin(of), name);
    if (member.is !== "unknown") return member;
  }
  if (shape.is === "namespace") {
    const member = memberIn(shape.members, name) ?? (name === "default" ? shape : undefined);
    if (member) return { is: "export", library, name: of.name === "=" || of.name === "default" ? name : `${of.name}.${name}`, shape: member };
  }
  if (of.name === "=" || of.name === "default") {
    const member = tracer.world.catalog.exportOf(library, name);
    if (member) return { is: "export", library, name, shape: member };
    if (name === "default") return of;
  }
  if (shape.is === "module") return { is: "foreign", package: library.package, name: `${of.name}.${name}` };
  return { is: "foreign", package: library.package, name: `${of.name}.${name}` };
}

export function defaultOrigin(of: Traced & { is: "export" }): Origin {
  const type = of.shape.is === "instance" ? of.shape.type : "";
  return { library: of.library, type, name: of.name === "default" || of.name === "=" ? of.library.package : of.name, confidence: "certain" };
}

/** Members of a library's instance: properties that are instances, and methods. */
export function instanceMember(tracer: Tracer, origin: Origin, name: string): Traced {
  const { catalog } = tracer.world;
  const type = catalog.type(origin.library, origin.type);
  if (!type) return unknown("a type that is not catalogued");
  const echoed = type.facts.echoes?.[name];
  const given = echoed === undefined ? undefined : origin.call?.args[echoed];
  if (given && origin.frame) return tracer.trace(given, origin.frame);
  const method = catalog.method(type, name);
  const property = catalog.property(type, name);
  if (property && (!method || property.type.facts !== type.facts)) {
    const entity = property.entity === "name" ? { entity: name, parent: origin } : {};
    return { is: "instance", origin: { ...origin, library: property.type.library, type: property.type.name, ...entity } };
  }
  return { is: "method", origin, name, shape: method };
}

/** `package:Type` names a type of another library. */
export function locate(tracer: Tracer, origin: Pick<Origin, "library">, type: string): { library: Origin["library"]; type: string } {
  const known = tracer.world.catalog.type(origin.library, type);
  return known ? { library: known.library, type: known.name } : { library: origin.library, type };
}

export function typeFacts(tracer: Tracer, origin: Pick<Origin, "library" | "type">): TypeFacts | undefined {
  return tracer.world.catalog.type(origin.library, origin.type)?.facts;
}

/** Callable instances (`axios(config)`): what calling one does. */
export function callShape(tracer: Tracer, origin: Origin, call: CallValue | NewValue): Shape | undefined {
  const isTag = call.kind === "call" && call.tagged === true;
  for (let type: KnownType | undefined = tracer.world.catalog.type(origin.library, origin.type); type; ) {
    const shape = isTag ? (type.facts.tag ?? type.facts.call) : type.facts.call;
    if (shape) return shape;
    type = type.facts.extends === undefined ? undefined : tracer.world.catalog.type(type.library, type.facts.extends);
  }
  return undefined;
}

function staticMember(tracer: Tracer, key: ClassKey, name: string): Traced {
  const fact = tracer.class(key);
  if (!fact) return unknown("no such class");
  const method = memberFunction(tracer, fact, key, name, true);
  if (method) return functionOf(tracer, key, method, undefined);
  const field = fact.fields.find((f) => f.isStatic && f.name === name);
  const frame = tracer.frame({ path: key.path, id: Math.max(fact.parent, 0) });
  if (field?.value && frame) return tracer.trace(field.value, frame);
  const base = fact.extends && frame ? tracer.trace(fact.extends, frame) : undefined;
  if (base?.is === "export" && base.shape.is === "class" && base.shape.statics) {
    const shape = memberIn(base.shape.statics, name);
    if (shape) return { is: "method", origin: { library: base.library, type: base.shape.type, name: fact.name, entity: fact.name, confidence: "certain" }, name, shape };
  }
  return base ? propertyOf(tracer, base, name) : unknown(`${fact.name} has no static ${name}`);
}

/** Member of an object of a workspace class: method, field, parameter property, or what a base class has. */
export function classMember(tracer: Tracer, self: TracedSelf, name: string): Traced {
  const seen = new Set<string>();
  for (let key: ClassKey | undefined = self.class; key && !seen.has(`${key.path}#${key.id}`); ) {
    seen.add(`${key.path}#${key.id}`);
    const fact = tracer.class(key);
    if (!fact) return unknown("no such class");
    const method = memberFunction(tracer, fact, key, name, false);
    if (method && !(fact.isAbstract && method.body.length === 0)) {
      return method.kind === "getter" ? getterValue(tracer, key, method, self) : functionOf(tracer, key, method, self);
    }
    const field = fieldOfSelf(tracer, self, fact, key, name);
    if (field) return field;
    const base = tracer.superOf(fact, key);
    if (base.is === "instance") return instanceMember(tracer, { ...base.origin, injectedInto: key }, name);
    if (base.is !== "self") break;
    key = base.class;
  }
  const overriding = implementations(tracer, self.class).map((key) => ownMember(tracer, key, name)).filter((t) => t.is !== "unknown");
  return overriding.length > 0 ? anyOf(overriding) : unknown(`no member ${name} was found`);
}

/** Concrete classes under an abstract one. */
function implementations(tracer: Tracer, key: ClassKey): readonly ClassKey[] {
  const fact = tracer.class(key);
  return fact?.isAbstract ? tracer.implementors(key.path, fact.name) : [];
}

function ownMember(tracer: Tracer, key: ClassKey, name: string): Traced {
  const fact = tracer.class(key);
  const method = fact && memberFunction(tracer, fact, key, name, false);
  return method ? functionOf(tracer, key, method, { is: "self", class: key }) : unknown("no such member");
}

export function memberFunction(tracer: Tracer, fact: ClassFact, key: ClassKey, name: string, isStatic: boolean): FunctionFact | undefined {
  // Which members a class has is noted with the class; what one says, where it is looked into.
  const functions = tracer.view(key.path).bindings?.summary.functions ?? [];
  for (const id of fact.members) {
    const fn = functions[id];
    if (fn && fn.name === name && fn.isStatic === isStatic && fn.kind !== "constructor" && fn.kind !== "setter") return fn;
  }
  return undefined;
}

function functionOf(tracer: Tracer, key: ClassKey, fn: FunctionFact, self: TracedSelf | undefined): Traced {
  const frame = tracer.frame({ path: key.path, id: Math.max(fn.parent, 0) });
  return frame ? { is: "function", ref: { path: key.path, id: fn.id }, frame, ...(self ? { self } : {}) } : unknown("no such function");
}

function getterValue(tracer: Tracer, key: ClassKey, fn: FunctionFact, self: TracedSelf): Traced {
  const frame = tracer.frame({ path: key.path, id: fn.id });
  if (!frame) return unknown("no such getter");
  const inner: Frame = { ...frame, self, particular: !isPlain(self, key) || frame.particular, depth: frame.depth + 1 };
  const returned = fn.body.flatMap((step) => (step.kind === "return" && step.value ? [step.value] : []));
  return anyOf(returned.map((value) => tracer.trace(value, inner)));
}

/** Where nothing else is known, a receiver's name may say what it is: the catalog's conventions, and only for methods that type has. */
function byConvention(tracer: Tracer, receiver: Value, method: string, frame: Frame): Traced | undefined {
  const name = receiver.kind === "member" ? receiver.name : receiver.kind === "name" ? receiver.name : undefined;
  if (name === undefined) return undefined;
  const conventions = tracer.conventionsFor(name);
  if (conventions.length === 0) return undefined;
  const traced = tracer.trace(receiver, frame);
  if (possibilities(traced).some((t) => t.is !== "unknown" && t.is !== "parameter" && t.is !== "result")) return undefined;
  for (const convention of conventions) {
    const library = tracer.world.catalog.find(convention.library);
    if (!library) continue;
    const member = instanceMember(tracer, { library, type: convention.type, name, confidence: "likely" }, method);
    if (member.is === "method" ? member.shape !== undefined : member.is === "instance") return member;
  }
  return undefined;
}

