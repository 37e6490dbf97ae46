package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import java.util.List;

/** The managed resource of an operation as it is on the hub. */
public sealed interface ObservedOperation
    permits ObservedBackup, ObservedSchedule, ObservedRestore {

  /** Its metadata.name. */
  String name();

  /** The name that it is to give to Velero's object. */
  String wantedName();

  /** Name of the VeleroInstall that it goes through. */
  String installName();

  /** The member that it is for. */
  ProviderConfigReference member();

  /** What the provider says about it; empty before the provider has seen it. */
  List<Condition> conditions();

  /** Whether its spec says that backup data is deleted when it goes. */
  boolean deletesData();

  /** The fields of its spec that are ours, unchanged. */
  Record spec();

  /** The same spec, except that no backup data goes with it. */
  Record retaining();
}
