package dev.kurator.backup.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

  /** The right column follows crossplane-runtime's xpkg.ToDNSLabel of the repository path. */
  @ParameterizedTest
  @CsvSource({
    "172.17.0.3:5000, function-fleet-backup",
    "ghcr.io/acme, acme-function-fleet-backup",
    "ghcr.io/acme/backup.tools/, acme-backup-tools-function-fleet-backup",
    "ghcr.io/acme_corp, acmecorp-function-fleet-backup",
    "ghcr.io/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,"
        + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  })
  void aDependencyIsNamedAfterItsRepositoryPathAsCrossplaneDoes(String text, String name) {
    assertThat(Destination.parse(text).objectName(Product.FUNCTION)).isEqualTo(name);
  }

  @Test
  void theRepositoryIsRegistryOrganisationAndProduct() {
    assertThat(Destination.parse("ghcr.io/acme").repository(Product.PROVIDER))
        .isEqualTo("ghcr.io/acme/provider-velero");
    assertThat(Destination.parse("10.0.0.1:5000").repository(Product.PROVIDER))
        .isEqualTo("10.0.0.1:5000/provider-velero");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:5000", "127.0.0.1", "10.1.2.3:80", "192.168.0.1", "172.31.0.9:5000"})
  void plainHttpIsTriedOnThisMachineAndInPrivateNetworks(String registry) {
    assertThat(Destination.parse(registry).isPrivate()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghcr.io", "172.32.0.1", "8.8.8.8:5000", "10.evil.example.org"})
  void plainHttpIsNotTriedElsewhere(String registry) {
    assertThat(Destination.parse(registry).isPrivate()).isFalse();
  }

  @Test
  void crossplaneTakesNoRegistryWithoutADot() {
    assertThat(Destination.parse("localhost:5000").acceptedByCrossplane()).isFalse();
    assertThat(Destination.parse("127.0.0.1:5000").acceptedByCrossplane()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/acme", "https://ghcr.io/acme"})
  void whatIsNoRegistryIsRefused(String text) {
    assertThatThrownBy(() -> Destination.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HOST[:PORT][/ORG]");
  }
}
