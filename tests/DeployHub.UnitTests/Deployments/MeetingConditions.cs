using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Conditions;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Partners;
using DeployHub.UnitTests.Runs;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What others ask for with their yes, as tasks with an owner and a time (domain §2.3.3, J1).</summary>
public sealed class MeetingConditions
{
    private static readonly DateTimeOffset Begins = Utc(12, 4, 14), Ends = Utc(12, 7, 6), Until = Utc(12, 4, 17);
    private static readonly Freeze Weekends = Freeze();
    private static readonly Slot At = new(Begins.AddHours(1), Begins.AddHours(2));
    private static readonly OrganisationId BankId = OrganisationId.New();
    private static readonly AskedParty Bank = new(BankId, "bank", "Bank", "Europe/Berlin", 0, SilenceBlocks: true);
    private static readonly Plan Plan = Given.Plan with { Parties = [new PlannedParty(BankId, "bank", true)] };

    [Fact]
    public void Of_an_organisation_it_is_due_when_the_slot_begins_and_nothing_starts_before()
    {
        var deployment = Agreed("Call us before");

        var condition = PlanCondition.Of(deployment, []).Single();
        (condition.Key, condition.Text, condition.From, condition.Owner, condition.Due, condition.BeforeStart, condition.IsTask).ShouldBe(("1.1", "Call us before", "Bank", Mia, At.Start, true, true));
        deployment.MeetCondition(1, 1, "Called at noon", Mia, Friday).Error.ShouldBeNull();
        (PlanCondition.Of(deployment, []).Single() is { IsOwed: false, Met.Note: "Called at noon" }).ShouldBeTrue();
    }

    [Fact]
    public void Of_an_exception_it_is_due_when_its_approver_says_or_with_its_end()
    {
        var deployment = Planned();

        PlanCondition.Of(deployment, [Granted(deployment, new AskedCondition("Paul stays online"))]).Single().Due.ShouldBe(Until);
        var condition = PlanCondition.Of(deployment, [Granted(deployment, new AskedCondition("Paul stays online", Until.AddHours(-1)))]).Single();
        (condition.Key, condition.From, condition.Due, condition.BeforeStart).ShouldBe(("EXC-2026-000001", "Olga, with exception EXC-2026-000001", Until.AddHours(-1), false));
        (condition.IsOverdueAt(Until.AddHours(-1)), condition.IsOverdueAt(Until)).ShouldBe((false, true));
        PlanCondition.Of(deployment, [Granted(deployment, null)]).ShouldBeEmpty();
    }

    [Fact]
    public void Its_time_lies_ahead_and_within_the_exception()
    {
        Grant(Asked(Planned()), new AskedCondition("Online", Friday)).Error!.Code.ShouldBe("freeze-exception.condition-due");
        Grant(Asked(Planned()), new AskedCondition("Online", Until.AddMinutes(1))).Error!.Code.ShouldBe("freeze-exception.condition-due");
        Grant(Asked(Planned()), new AskedCondition("Online", Until)).Error.ShouldBeNull();
    }

    [Fact]
    public void Before_the_start_is_a_gate_until_it_is_met()
    {
        var deployment = Planned();
        var exception = Granted(deployment, new AskedCondition("The backup is fresh", null, BeforeStart: true));

        var closed = Gates(deployment, exception).Single();
        (closed.IsOpen, closed.Sentence).ShouldBe((false, "Olga, with exception EXC-2026-000001, wants “The backup is fresh” before the start. Mia says when it is met."));
        exception.MeetCondition("Taken at noon", Paul, Friday).Error.ShouldBeNull();
        Gates(deployment, exception).Single().IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void One_that_may_be_met_later_is_no_gate()
    {
        var deployment = Planned();

        Gates(deployment, Granted(deployment, new AskedCondition("Paul stays online"))).ShouldBeEmpty();
        Gates(deployment).ShouldBeEmpty();
    }

    private static IReadOnlyList<Gate> Gates(Deployment deployment, params FreezeException[] exceptions) =>
    [
        .. StartGates.For(deployment, new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, deployment.Plan.ModelDigest), [], [], [])
        {
            Calendar = new CalendarFacts(Times(Production(), [Window(Always)], [Weekends]), exceptions, "Olga"),
        }, Friday).Where(gate => gate.Kind is GateKind.Conditions),
    ];

    private static FreezeException Granted(Deployment deployment, AskedCondition? condition)
    {
        var exception = Asked(deployment);
        Grant(exception, condition).Error.ShouldBeNull();
        return exception;
    }

    private static Result Grant(FreezeException exception, AskedCondition? condition) =>
        exception.Grant(Weekends, exception.PlanDigest, Until, condition, null, Owner, [], Olga, Friday);

    private static FreezeException Asked(Deployment deployment) => FreezeException.Request(
        "EXC-2026-000001", deployment, new FreezeTime(Weekends, new Occurrence(Begins, Ends)), new Occurrence(At.Start, At.End), new ExceptionRequest("Due", "Fine", "Paul", TimeSpan.FromMinutes(6), Until), Mia, Friday).Value;

    private static Deployment Agreed(string condition)
    {
        var deployment = Planned(Plan);
        deployment.Submit([ApproverQuality.Peer], Mia, Friday).Error.ShouldBeNull();
        deployment.Align([Bank], Mia, Friday).Error.ShouldBeNull();
        deployment.Answer(1, new GivenAnswer(AlignmentReply.AgreeWithConditions, "", [condition]), "Petra", AnswerWay.Phone, Mia, Friday).Error.ShouldBeNull();
        return deployment;
    }

    private static Deployment Planned(Plan? plan = null) =>
        Deployment.Create("DEP-2026-000118", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Shop", "", plan ?? Given.Plan, At, Mia, Friday.AddDays(-1));
}
