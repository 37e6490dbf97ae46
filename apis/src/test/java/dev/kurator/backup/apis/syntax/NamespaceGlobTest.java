package dev.kurator.backup.apis.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceGlobTest {

  @ParameterizedTest
  @CsvSource({
    "team-*, team-shop, true",
    "team-*, team-, true",
    "team-*, team, false",
    "*, anything, true",
    "t?am, team, true",
    "t?am, tam, false",
    "*-prod, shop-prod, true",
    "*-prod, shop-prod-2, false",
    "a*b*c, aXbXbc, true",
    "shop, shop, true",
    "shop, shops, false",
    "sh.p, shop, false",
  })
  void matchesAsShellsDo(String glob, String name, boolean matches) {
    assertThat(NamespaceGlob.matches(glob, name)).isEqualTo(matches);
  }

  @Test
  void noGlobAllowsNobody() {
    assertThat(NamespaceGlob.any(List.of(), "team-a")).isFalse();
    assertThat(NamespaceGlob.any(List.of("shop", "team-*"), "team-a")).isTrue();
  }

  @Test
  void manyStarsCostNoTime() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> NamespaceGlob.matches("*a".repeat(31) + "b", "a".repeat(63)));
  }
}
