import CircuitBreaker from "opossum";

type Run = () => Promise<unknown>;

const breakers = new Map<string, CircuitBreaker<[Run], unknown>>();

function breakerOf(dependency: string) {
  let breaker = breakers.get(dependency);
  if (!breaker) {
    breaker = new CircuitBreaker((run: Run) => run(), { name: dependency, timeout: 11_000, volumeThreshold: 10 });
    breakers.set(dependency, breaker);
  }
  return breaker;
}

/** Runs the method behind the breaker of the dependency that it calls. */
export function Guarded(dependency: string): MethodDecorator {
  return (_target, _name, descriptor: PropertyDescriptor) => {
    const original = descriptor.value as (...args: unknown[]) => Promise<unknown>;
    descriptor.value = function (this: unknown, ...args: unknown[]) {
      return breakerOf(dependency).fire(() => original.apply(this, args));
    };
  };
}
