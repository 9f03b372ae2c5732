using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>An approval holds for the window in which the slot lay when it was given (domain §2.4.1, row 6).</summary>
public sealed class LeavingTheWindow
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), Evening = new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana");
    private static readonly Slot At = new(Evening, Evening.AddHours(1)), Window = new(Evening, Evening.AddHours(4));

    [Fact]
    public void Within_the_window_the_slot_moves_and_the_approval_stays()
    {
        var deployment = Approved(Window);

        deployment.Reschedule(new Slot(Window.End.AddHours(-1), Window.End), "Later", Mia, Now).Error.ShouldBeNull();
        (deployment.Status, deployment.Approvals.Single().Status).ShouldBe((DeploymentStatus.Scheduled, ApprovalStatus.Approved));
    }

    [Theory]
    [InlineData(-1), InlineData(4), InlineData(24)]
    public void Outside_of_it_whoever_approved_is_asked_again(int hours)
    {
        var deployment = Approved(Window);
        deployment.TakeNewEvents();

        deployment.Reschedule(new Slot(Evening.AddHours(hours), Evening.AddHours(hours + 1)), "Another day", Mia, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.Approvals.Select(approval => approval.Status).ShouldBe([ApprovalStatus.Void, ApprovalStatus.Pending]);
        deployment.TakeNewEvents().Select(happened => happened.Kind).ShouldBe(["Reschedule", "LeaveWindow"]);
    }

    [Fact]
    public void A_slot_that_reaches_over_its_end_or_none_at_all_is_outside()
    {
        var (longer, none) = (Approved(Window), Approved(Window));

        longer.Reschedule(new Slot(Window.Start, Window.End.AddMinutes(1)), "Longer", Mia, Now).Error.ShouldBeNull();
        none.Reschedule(null, "On demand", Mia, Now).Error.ShouldBeNull();
        (longer.Status, none.Status).ShouldBe((DeploymentStatus.InReview, DeploymentStatus.InReview));
    }

    [Fact]
    public void Where_no_window_bound_it_any_slot_will_do()
    {
        var deployment = Approved(null);

        deployment.Reschedule(new Slot(Evening.AddDays(9), Evening.AddDays(9).AddHours(1)), "Later", Mia, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void An_edit_that_moves_it_out_is_no_way_around()
    {
        var deployment = Approved(Window);

        deployment.Edit("Shop", "", deployment.ModelVersionId, deployment.Plan, new Slot(Evening.AddDays(1), Evening.AddDays(1).AddHours(1)), [ApproverQuality.Peer], Mia, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
    }

    [Fact]
    public void Of_two_who_approved_only_who_did_so_for_another_window_is_asked_again()
    {
        var deployment = Submitted([ApproverQuality.Peer, ApproverQuality.ServiceOwner]);
        Approve(deployment, Ana, Window, ApproverQuality.Peer);
        deployment.Reschedule(new Slot(Evening.AddDays(1), Evening.AddDays(1).AddHours(1)), "Another day", Mia, Now).Error.ShouldBeNull();

        deployment.Approvals.Select(approval => (approval.Quality, approval.Status)).ShouldBe(
            [(ApproverQuality.Peer, ApprovalStatus.Void), (ApproverQuality.ServiceOwner, ApprovalStatus.Pending), (ApproverQuality.Peer, ApprovalStatus.Pending)]);
    }

    private static Deployment Approved(Slot? window)
    {
        var deployment = Submitted([ApproverQuality.Peer]);
        Approve(deployment, Ana, window, ApproverQuality.Peer);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        return deployment;
    }

    private static void Approve(Deployment deployment, Actor by, Slot? window, ApproverQuality quality) =>
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [quality], null, by, Now, window: window).Error.ShouldBeNull();

    private static Deployment Submitted(IReadOnlyList<NeededApproval> needed)
    {
        var deployment = Deployment.Create("DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Shop", "", Given.Plan, At, Mia, Now);
        deployment.Submit(needed, Mia, Now).Error.ShouldBeNull();
        return deployment;
    }
}
