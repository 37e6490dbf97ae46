package dev.kurator.backup.function.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.function.claim.ClaimId;
import org.junit.jupiter.api.Test;

class NamingTest {

  private static final Operation BACKUP = new Operation(Operation.Kind.Backup, "paris", "shop");

  private final Naming first = new Naming(new ClaimId("Backup", "team", "nightly", "uid-1"));
  private final Naming again = new Naming(new ClaimId("Backup", "team", "nightly", "uid-2"));

  @Test
  void aClaimAppliedAgainTakesOverNothingThatTheEarlierOneLeftOnTheHub() {
    assertThat(again.resource(BACKUP)).isNotEqualTo(first.resource(BACKUP));
    assertThat(again.install(Site.own("paris"))).isNotEqualTo(first.install(Site.own("paris")));
  }

  @Test
  void aClaimAppliedAgainFindsWhatTheEarlierOneMadeOnMembers() {
    assertThat(again.onMember(BACKUP)).isEqualTo(first.onMember(BACKUP));
  }
}
