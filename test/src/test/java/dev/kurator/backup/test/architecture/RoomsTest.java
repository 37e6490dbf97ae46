package dev.kurator.backup.test.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class RoomsTest {

  private static final String ROOT = "dev.kurator.backup";
  private static final String FUNCTION = ROOT + ".function";
  private static final String PROVIDER = ROOT + ".provider";

  /** Annotations alone: the bounds that schemas are generated from. */
  private static final String BOUNDS = "io.fabric8.generator.annotation..";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages(ROOT);

  /** What protoc and the packager bring is not ours to shape. */
  private static final DescribedPredicate<JavaClass> MAIN_CLASS =
      DescribedPredicate.describe(
          "a Main class", type -> type.getSimpleName().equals("Main") || inside(type, "Main"));

  private static boolean inside(JavaClass type, String outer) {
    return type.getName().contains("." + outer + "$");
  }

  @Test
  void functionAndProviderKnowNothingOfEachOther() {
    check(
        noClasses()
            .that()
            .resideInAPackage(FUNCTION + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PROVIDER + ".."));
    check(
        noClasses()
            .that()
            .resideInAPackage(PROVIDER + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FUNCTION + ".."));
  }

  @Test
  void apisHoldContractsAndUseNothingOfOurs() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".apis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FUNCTION + "..", PROVIDER + ".."));
  }

  @Test
  void claimAndPlanAreJavaAlone() {
    check(
        classes()
            .that()
            .resideInAnyPackage(FUNCTION + ".claim..", FUNCTION + ".plan..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..",
                "org.jspecify..",
                BOUNDS,
                ROOT + ".apis..",
                FUNCTION + ".claim..",
                FUNCTION + ".plan.."));
  }

  @Test
  void claimIsDecidedBeforePlan() {
    check(
        noClasses()
            .that()
            .resideInAPackage(FUNCTION + ".claim..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FUNCTION + ".plan.."));
  }

  @Test
  void onlyWireSpeaksGrpcAndProtobufAndParsesTrees() {
    check(
        noClasses()
            .that()
            .resideInAPackage(FUNCTION + "..")
            .and()
            .resideOutsideOfPackages(FUNCTION + ".wire..", FUNCTION + ".offline..")
            .and(DescribedPredicate.not(MAIN_CLASS))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.grpc..", "com.google.protobuf..", "com.fasterxml.jackson.databind.."));
  }

  @Test
  void theFunctionHasNoKubernetesClient() {
    check(
        noClasses()
            .that()
            .resideInAPackage(FUNCTION + "..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.fabric8..").and(resideOutsideOfPackage(BOUNDS))));
  }

  @Test
  void noClockAndNoChanceBelowWire() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(FUNCTION + ".claim..", FUNCTION + ".plan..", FUNCTION + ".render..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.random.RandomGenerator.class));
  }

  @Test
  void onlyReconcileKnowsTheOperatorFramework() {
    check(
        noClasses()
            .that()
            .resideInAPackage(PROVIDER + "..")
            .and()
            .resideOutsideOfPackage(PROVIDER + ".reconcile..")
            .and(DescribedPredicate.not(MAIN_CLASS))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk.."));
  }

  /** The hub's client is made in Main and handed on; a member's leaves its room as a Cluster. */
  @Test
  void onlyMemberOpensConnectionsToMembers() {
    check(
        noClasses()
            .that()
            .resideInAPackage(PROVIDER + "..")
            .and()
            .resideOutsideOfPackage(PROVIDER + ".member..")
            .and(DescribedPredicate.not(MAIN_CLASS))
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "io\\.fabric8\\.kubernetes\\.client\\.(KubernetesClientBuilder|Config|ConfigBuilder)")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(Socket|ServerSocket|URLConnection|DatagramSocket)")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.vertx..",
                "io.netty..",
                "java.net.http..",
                "java.nio.channels..",
                "javax.net..",
                "io.fabric8.kubernetes.client.http..",
                "io.fabric8.kubernetes.client.vertx.."));
  }

  @Test
  void theVeleroRoomIsAPureMapping() {
    check(
        noClasses()
            .that()
            .resideInAPackage(PROVIDER + ".velero..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(PROVIDER + ".member..", PROVIDER + ".reconcile.."));
  }

  @Test
  void roomsFormNoCycles() {
    check(slices().matching(FUNCTION + ".(*)..").should().beFreeOfCycles());
    check(slices().matching(PROVIDER + ".(*)..").should().beFreeOfCycles());
    check(slices().matching(ROOT + ".apis.(*)..").should().beFreeOfCycles());
  }

  @Test
  void nothingIsCalledUtilsHelperOrManager() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager"));
  }

  @Test
  void everyPackageIsNullMarked() {
    for (JavaClass type : MAIN) {
      if (type.getPackageName().startsWith(ROOT)) {
        org.assertj.core.api.Assertions.assertThat(
                type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"))
            .as(type.getPackageName())
            .isTrue();
      }
    }
  }

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }
}
