package dev.kurator.backup.test.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Kills the provider before the first write of some kind and after each: what is after one is
 * before the next.
 */
final class Killer implements Keeper {

  private final ProviderProcess provider;
  private final Predicate<Write> deadly;
  private final boolean always;
  private final List<String> kills = new CopyOnWriteArrayList<>();
  private final Set<Write> done = new HashSet<>();
  private boolean begun;
  private int killed;

  private Killer(ProviderProcess provider, Predicate<Write> deadly, boolean always) {
    this.provider = provider;
    this.deadly = deadly;
    this.always = always;
    this.killed = provider.lives() - 1;
  }

  /** At the writes of operations; no life makes two of them. */
  static Killer ofOperations(ProviderProcess provider) {
    return new Killer(provider, Write::ofOperation, true);
  }

  /**
   * At the writes about an engine, once at each: every life makes all of them anew, in the same
   * order.
   *
   * @param name of its namespace and of its VeleroInstall
   */
  static Killer ofEngine(ProviderProcess provider, String name) {
    return new Killer(provider, write -> write.isAbout(name) && !write.ofEvent(), false);
  }

  /** At each write that is deadly, once: the next life makes it again, or need not. */
  static Killer onceAtEach(ProviderProcess provider, Predicate<Write> deadly) {
    return new Killer(provider, deadly, false);
  }

  /** At which writes it killed, in their order. */
  List<String> kills() {
    return List.copyOf(kills);
  }

  @Override
  public synchronized Fate fate(Write write) {
    if (killed == provider.lives()) {
      return Fate.NEVER_ARRIVES;
    }
    if (!deadly.test(write)) {
      return Fate.PASSES;
    }
    if (!begun) {
      begun = true;
      kill("before " + write);
      return Fate.NEVER_ARRIVES;
    }
    return always || !done.contains(write) ? Fate.ANSWER_IS_LOST : Fate.PASSES;
  }

  @Override
  public synchronized void done(Write write) {
    done.add(write);
    kill("after " + write);
  }

  private void kill(String when) {
    if (killed < provider.lives()) {
      killed = provider.lives();
      provider.kill();
      kills.add(when);
    }
  }
}
