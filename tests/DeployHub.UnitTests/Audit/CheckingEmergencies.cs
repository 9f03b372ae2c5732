using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Audit;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Audit;

/// <summary>CC-5 and CC-6: the path of an emergency, and how many of them there are (domain §6.6).</summary>
public sealed class CheckingEmergencies
{
    /// <summary>A Thursday evening.</summary>
    private static readonly DateTimeOffset Thursday = new(2026, 12, 3, 21, 51, 0, TimeSpan.Zero);

    private static readonly Actor Paul = new("paul", "Paul"), Dora = new("dora", "Dora"), Ana = new("ana", "Ana");
    private static readonly Plan Emergency = Given.Plan with { Category = ChangeCategory.Emergency, Reason = ReasonCode.FixIncident, Incident = "INC-77", IncidentSeverity = 1 };

    [Fact]
    public void What_is_owed_breaks_the_control_when_its_second_working_day_is_over_and_not_before()
    {
        var (deployment, due) = (Broken(WorkingDays.WithoutHolidays), new DateTimeOffset(2026, 12, 8, 0, 0, 0, TimeSpan.Zero)); // Friday and Monday; the weekend does not count

        EmergencyPath.Of(deployment, due.AddTicks(-1)).ShouldBeNull();
        var found = EmergencyPath.Of(deployment, due).ShouldNotBeNull();
        (found.Since, found.Mended).ShouldBe((due, null));
        found.Sentence.ShouldBe("The glass was broken, and the retrospective approval was due by 2026-12-08 00:00 UTC.");
    }

    [Fact]
    public void A_public_holiday_gives_it_another_day()
    {
        var closed = new WorkingDays(new Dictionary<DateOnly, string> { [new(2026, 12, 4)] = "Founders’ day" });
        EmergencyPath.Of(Broken(closed), new DateTimeOffset(2026, 12, 8, 23, 59, 59, TimeSpan.Zero)).ShouldBeNull();
        EmergencyPath.Of(Broken(closed), new DateTimeOffset(2026, 12, 9, 0, 0, 0, TimeSpan.Zero)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true, "Ana approved afterwards, 1 d 10 h late.")]
    [InlineData(false, "Ana disagreed afterwards, 1 d 10 h late.")]
    public void What_is_said_late_mends_it_and_stays_an_exception(bool agrees, string how)
    {
        var (deployment, at) = (Broken(WorkingDays.WithoutHolidays), new DateTimeOffset(2026, 12, 9, 10, 0, 0, TimeSpan.Zero));
        Late(deployment, agrees, at).Error.ShouldBeNull();

        deployment.Approvals.Single().IsAfterDue.ShouldBeTrue();
        EmergencyPath.Of(deployment, at.AddYears(1)).ShouldNotBeNull().Mended.ShouldBe(new Mending(at, how));
    }

    [Fact]
    public void What_is_said_in_time_is_none()
    {
        var (deployment, at) = (Broken(WorkingDays.WithoutHolidays), new DateTimeOffset(2026, 12, 7, 23, 59, 0, TimeSpan.Zero));
        Late(deployment, true, at).Error.ShouldBeNull();

        deployment.Approvals.Single().IsAfterDue.ShouldBeFalse();
        EmergencyPath.Of(deployment, at.AddYears(1)).ShouldBeNull();
    }

    [Fact]
    public void An_emergency_that_started_without_a_reference_is_one_for_ever()
    {
        var deployment = Deployment.Create("DEP-2026-000150", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Fix", "", Emergency with { Incident = null }, null, Dora, Thursday);
        EmergencyPath.Of(deployment, Thursday.AddDays(9)).ShouldBeNull("it has not started");

        typeof(Deployment).GetProperty(nameof(Deployment.StartedAt))!.SetValue(deployment, Thursday); // none can any more; an older release let it
        EmergencyPath.Of(deployment, Thursday.AddDays(9)).ShouldBe(new Breach(Thursday, "It started as an emergency and names no incident and no security notice."));
    }

    [Theory]
    [InlineData(1, 10, null)]
    [InlineData(2, 10, "2 of 10 live deployments of the last 28 days were emergencies, 20 %: more than 10 %.")]
    [InlineData(3, 29, "3 of 29 live deployments of the last 28 days were emergencies, 10.3 %: more than 10 %.")]
    [InlineData(3, 30, null)]
    [InlineData(9, 9, null)] // too few to say anything
    [InlineData(0, 0, null)]
    public void More_than_one_of_ten_is_too_many_where_there_are_ten(int emergencies, int all, string? sentence)
    {
        var found = EmergencyShare.Of(emergencies, all, Thursday);
        (found?.Sentence, found?.Since).ShouldBe((sentence, sentence is null ? (DateTimeOffset?)null : Thursday));
    }

    private static Deployment Broken(WorkingDays calendar)
    {
        var deployment = Deployment.Create("DEP-2026-000150", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Fix", "", Emergency, null, Dora, Thursday);
        var risk = Risk.Of(new RiskFacts { ModelUsedAt = Thursday, RollbackProvenAt = Thursday }, Emergency.Digest, Thursday);
        deployment.Submit(ApprovalPolicy.For(Emergency, new EnvironmentPolicy()), Dora, Thursday, risk).Error.ShouldBeNull();
        deployment.BreakTheGlass(deployment.PlanDigest, true, deployment.Number, "Payments are down.", Paul, Thursday, calendar).Error.ShouldBeNull();
        return deployment;
    }

    private static Result Late(Deployment deployment, bool agrees, DateTimeOffset at) =>
        deployment.ApproveLate(deployment.PlanDigest, agrees, [Role.Approver], [ApproverQuality.EmergencyApprover], "It had to be.", [], Ana, at);
}
