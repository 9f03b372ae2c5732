using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.ValueStream.Incidents;

namespace DeployHub.UnitTests.ValueStream;

/// <summary>The rule of domain M7, at its edges.</summary>
public sealed class MatchingIncidents
{
    private static readonly DateTimeOffset Executed = new(2026, 10, 12, 20, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Completed = Executed.AddHours(1);
    private static readonly ServiceId Payments = ServiceId.New(), Ledger = ServiceId.New(), Shop = ServiceId.New();
    private static readonly EnvironmentId Production = EnvironmentId.New(), Recovery = EnvironmentId.New();

    [Theory]
    [InlineData(-1, false)] // before it touched anything
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60 + (72 * 60), true)] // in the last minute of its observation
    [InlineData(60 + (72 * 60) + 1, false)]
    public void An_incident_begins_between_the_first_touch_and_the_end_of_the_observation(int minutes, bool fits) =>
        Deployed().Fits(Begun(Executed.AddMinutes(minutes)), []).ShouldBe(fits);

    [Fact]
    public void While_a_deployment_goes_on_no_observation_has_ended() => (Deployed() with { CompletedAt = null }).Fits(Begun(Executed.AddDays(9)), []).ShouldBeTrue();

    [Fact]
    public void What_touched_nothing_caused_nothing() => (Deployed() with { ExecutedAt = null }).Fits(Begun(Completed), []).ShouldBeFalse();

    [Fact]
    public void The_service_is_the_deployed_one_or_depends_on_it_one_hop_away()
    {
        var ledger = Deployed() with { Services = [Ledger] };

        ledger.Fits(Begun(Completed), []).ShouldBeFalse();
        ledger.Fits(Begun(Completed), [Ledger]).ShouldBeTrue();
        (Deployed() with { Services = [Shop] }).Fits(Begun(Completed), [Ledger]).ShouldBeFalse("what depends on the service is not what the service depends on");
        (Deployed() with { Services = [Shop, Payments] }).Fits(Begun(Completed), []).ShouldBeTrue();
    }

    [Fact]
    public void The_environment_is_the_one_that_is_named_and_live_where_none_is()
    {
        Deployed().Fits(Begun(Completed, Production), []).ShouldBeTrue();
        Deployed().Fits(Begun(Completed, Recovery), []).ShouldBeFalse();
        (Deployed() with { IsLive = false }).Fits(Begun(Completed), []).ShouldBeFalse();
        (Deployed() with { IsLive = false }).Fits(Begun(Completed, Production), []).ShouldBeTrue();
    }

    [Fact]
    public void Matching_again_changes_nothing()
    {
        var incident = Begun(Completed);

        incident.Match([Deployed()], [], Completed);
        incident.Match([Deployed() with { Id = incident.Links[0].DeploymentId }], [], Completed.AddHours(1));

        incident.Links.ShouldHaveSingleItem().History.ShouldHaveSingleItem().By.ShouldBe(Actor.System);
        incident.IsUndecided.ShouldBeTrue();
    }

    [Fact]
    public void A_guess_is_taken_back_when_the_incident_began_at_another_time_and_a_decision_is_not()
    {
        var (guessed, rejected) = (Deployed(), Deployed());
        var incident = Begun(Completed);
        incident.Match([guessed, rejected], [], Completed);
        incident.Reject(rejected, "It only changed a text.", new Actor("dora", "Dora"), Completed);

        incident.Describe(Facts(Executed.AddHours(-1)), Completed).Error.ShouldBeNull();
        incident.Match([guessed, rejected], [], Completed);

        incident.Links.ShouldHaveSingleItem().DeploymentId.ShouldBe(rejected.Id);
        incident.IsUndecided.ShouldBeFalse();
    }

    [Fact]
    public void What_was_confirmed_is_asked_about_again_once_the_incident_began_before_it()
    {
        var deployed = Deployed();
        var incident = Begun(Completed);
        incident.Match([deployed], [], Completed);
        incident.Confirm(deployed, "The timeout is too short.", new Actor("dora", "Dora"), Completed).Error.ShouldBeNull();

        incident.Describe(Facts(Executed.AddMinutes(-1)), Completed).Error.ShouldBeNull();
        incident.Match([deployed], [], Completed);

        incident.Links[0].Attribution.ShouldBe(Attribution.Suspected);
        incident.Links[0].History[^1].Text.ShouldContain("before DEP-1 touched anything");
        incident.IsUndecided.ShouldBeTrue();
    }

    private static SuspectDeployment Deployed() => new(DeploymentId.New(), "DEP-1", [Payments], Production, IsLive: true, Executed, Completed);

    private static Incident Begun(DateTimeOffset at, EnvironmentId? environment = null) =>
        Incident.Report("INC-77", "pager", Facts(at) with { Environment = environment }, Actor.System, Executed.AddDays(30)).Value;

    private static IncidentFacts Facts(DateTimeOffset startedAt) => new("Payments are down", 1, Payments, null, startedAt, null);
}
