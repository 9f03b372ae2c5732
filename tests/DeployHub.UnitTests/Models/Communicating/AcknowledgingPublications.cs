using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Models.Communicating;

public sealed class AcknowledgingPublications
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Dora = new("dora", "Dora");
    private readonly PublicationReader _asked = Told(new DateOnly(2026, 11, 9));

    [Fact]
    public void Whoever_acknowledges_has_looked()
    {
        _asked.Acknowledge(Now).Error.ShouldBeNull();

        (_asked.Status, _asked.AcknowledgedAt, _asked.OpenedAt).ShouldBe((AcknowledgementStatus.Acknowledged, Now, Now));
        _asked.Acknowledge(Now).Error.ShouldBe(CommunicationErrors.AlreadyAcknowledged);
        _asked.Exempt("On leave", Dora).Error.ShouldBe(CommunicationErrors.AlreadyAcknowledged);
    }

    [Fact]
    public void Late_is_better_than_never()
    {
        _asked.PassDeadline().ShouldBeTrue();
        _asked.PassDeadline().ShouldBeFalse();
        _asked.Status.ShouldBe(AcknowledgementStatus.Overdue);

        _asked.Acknowledge(Now).Error.ShouldBeNull();
    }

    [Fact]
    public void Whoever_is_exempt_is_waited_for_no_more_and_may_still_acknowledge()
    {
        _asked.Exempt("On leave", Dora).Error.ShouldBeNull();
        (_asked.Status, _asked.ExemptBecause, _asked.PassDeadline()).ShouldBe((AcknowledgementStatus.Exempt, "On leave", false));

        _asked.Acknowledge(Now).Error.ShouldBeNull();
    }

    [Fact]
    public void Nobody_exempts_themselves() =>
        _asked.Exempt("No time", new Actor(_asked.Person.ToString(), "Ana")).Error.ShouldBe(CommunicationErrors.OwnExemption);

    [Fact]
    public void Where_nothing_is_asked_nothing_is_answered()
    {
        var told = Told(null);

        told.Acknowledge(Now).Error.ShouldBe(CommunicationErrors.NothingAsked);
        told.PassDeadline().ShouldBeFalse();
        told.Open(Now);
        told.Open(Now.AddDays(1));
        told.OpenedAt.ShouldBe(Now);
    }

    private static PublicationReader Told(DateOnly? dueOn) => PublicationReader.Tell(ModelVersionId.New(), Guid.CreateVersion7(), "Ana", ReaderReason.RanIt, dueOn, Now.AddDays(-1));
}
