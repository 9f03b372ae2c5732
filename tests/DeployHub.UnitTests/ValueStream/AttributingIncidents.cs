using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.ValueStream.Incidents;
using static DeployHub.Domain.ValueStream.Incidents.Attribution;

namespace DeployHub.UnitTests.ValueStream;

public sealed class AttributingIncidents
{
    private static readonly Actor Dora = new("dora", "Dora");
    private static readonly DateTimeOffset At = new(2026, 10, 12, 21, 32, 0, TimeSpan.Zero);
    private static readonly ServiceId Payments = ServiceId.New();

    [Fact]
    public void Follows_the_specification_and_nothing_else()
    {
        string[] specified =
        [
            "Suspected Confirm Confirmed", "Suspected Reject Rejected", "Confirmed Reject Rejected", "Confirmed LoseGround Suspected", "Rejected Confirm Confirmed",
        ];

        AttributionMoves.Table.Select(move => $"{move.From} {move.On} {move.To}").ShouldBe(specified, ignoreOrder: true);
    }

    [Fact]
    public void Keeps_who_decided_when_and_why_and_a_decision_may_be_changed()
    {
        var (incident, deployed) = Guessed();

        incident.Confirm(deployed, "The timeout is too short.", Dora, At.AddHours(1)).Error.ShouldBeNull();
        incident.Reject(deployed, "It was the network.", Dora, At.AddHours(2)).Error.ShouldBeNull();

        incident.Links[0].History.Select(happened => happened.Became).ShouldBe([Suspected, Confirmed, Rejected]);
        incident.Links[0].History[^1].ShouldBe(new AttributionEvent(Rejected, Dora, At.AddHours(2), "It was the network."));
        incident.IsUndecided.ShouldBeFalse();
    }

    [Fact]
    public void The_same_decision_is_not_taken_twice()
    {
        var (incident, deployed) = Guessed();
        incident.Reject(deployed, "It was the network.", Dora, At).Error.ShouldBeNull();

        var refusal = incident.Reject(deployed, "Really.", Dora, At).Error!;

        refusal.Code.ShouldBe("incident-link.cannot-move");
        refusal.Message.ShouldBe("The link is rejected already. Confirm it if that was wrong.");
        incident.Links[0].History.Count.ShouldBe(2);
    }

    [Fact]
    public void What_had_touched_nothing_when_it_began_cannot_have_caused_it()
    {
        var (incident, _) = Guessed();
        var late = new SuspectDeployment(DeploymentId.New(), "DEP-2", [Payments], EnvironmentId.New(), true, At.AddMinutes(5), null);
        var never = late with { Id = DeploymentId.New(), Number = "DEP-3", ExecutedAt = null };
        incident.Link(late, "Somebody said so.", Dora, At).Error.ShouldBeNull();
        incident.Link(never, "Somebody said so.", Dora, At).Error.ShouldBeNull();

        incident.Confirm(late, "It must be.", Dora, At).Error!.Code.ShouldBe("incident.started-before-execute");
        incident.Confirm(never, "It must be.", Dora, At).Error!.Code.ShouldBe("incident.nothing-executed");
        incident.Reject(late, "It cannot be.", Dora, At).Error.ShouldBeNull();
        incident.IsUndecided.ShouldBeTrue("DEP-1 and DEP-3 are not decided about");
    }

    [Fact]
    public void A_deployment_is_linked_once_and_before_it_is_decided_about()
    {
        var (incident, deployed) = Guessed();

        incident.Link(deployed, "Again.", Dora, At).Error!.Code.ShouldBe("incident-link.linked-already");
        incident.Confirm(deployed with { Id = DeploymentId.New() }, "It must be.", Dora, At).Error!.Code.ShouldBe("incident-link.not-found");
    }

    [Fact]
    public void Begins_in_the_past_and_is_over_after_that()
    {
        Report(At.AddMinutes(5)).Error.ShouldBeNull("a tool's clock may be ahead a little");
        Report(At.AddMinutes(6)).Error!.Code.ShouldBe("incident.starts-in-future");

        var incident = Report(At).Value;
        incident.Resolve(At.AddSeconds(-1), Dora, At.AddHours(1)).Error!.Code.ShouldBe("incident.resolved-before-start");
        incident.Resolve(At.AddHours(2), Dora, At.AddHours(1)).Error!.Code.ShouldBe("incident.resolved-in-future");
        incident.Resolve(null, Dora, At.AddHours(1)).Error.ShouldBeNull();
        incident.Describe(Facts(At.AddHours(2)), At.AddHours(3)).Error!.Code.ShouldBe("incident.starts-after-its-end");
    }

    [Fact]
    public void Is_resolved_once_however_often_that_is_said_and_reopened()
    {
        var incident = Report(At).Value;
        incident.Resolve(At.AddMinutes(38), Dora, At.AddHours(1)).Error.ShouldBeNull();
        incident.Resolve(null, Actor.System, At.AddHours(2)).Error.ShouldBeNull();

        (incident.ResolvedAt, incident.ResolvedBy).ShouldBe((At.AddMinutes(38), Dora));
        incident.Reopen();
        (incident.IsOpen, incident.ResolvedBy).ShouldBe((true, null));
    }

    [Theory]
    [InlineData("https://incidents.example.com/INC-77", true)]
    [InlineData("https://incidents.example.com/INC-77?view=a@b", true)]
    [InlineData("https://robot:s3cret@incidents.example.com/INC-77", false)]
    [InlineData("http://token@incidents.example.com/", false)]
    public void An_address_holds_no_user_and_no_password(string address, bool isTaken)
    {
        var refusal = Incident.Report("INC-77", "pager", Facts(At) with { Address = address }, Dora, At).Error;

        (refusal is null).ShouldBe(isTaken);
        (refusal?.Message ?? "").ShouldNotContain("s3cret");
    }

    [Fact]
    public void References_differ_by_more_than_the_case_of_letters() => Report(At, " inc-77 ").Value.Reference.ShouldBe("INC-77");

    private static (Incident Incident, SuspectDeployment Deployed) Guessed()
    {
        var deployed = new SuspectDeployment(DeploymentId.New(), "DEP-1", [Payments], EnvironmentId.New(), true, At.AddMinutes(-20), At.AddMinutes(-10));
        var incident = Report(At).Value;
        incident.Match([deployed], [], At);
        return (incident, deployed);
    }

    private static Result<Incident> Report(DateTimeOffset startedAt, string reference = "INC-77") => Incident.Report(reference, "pager", Facts(startedAt), Dora, At);

    private static IncidentFacts Facts(DateTimeOffset startedAt) => new("Payments are down", 1, Payments, null, startedAt, null);
}
