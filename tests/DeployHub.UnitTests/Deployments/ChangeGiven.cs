using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>A plan under CHG1, and what ServiceNow says of that change.</summary>
internal static class ChangeGiven
{
    public static readonly DateTimeOffset Now = Given.Now;
    public static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Robot = new("ci", "CI", ActorKind.Machine);
    public static readonly Plan UnderChange = Given.Plan with { ChangeReference = "CHG1" };
    public static readonly ChangeSeen Scheduled = new(true, true, "Scheduled", "approved", Link: "https://acme.service-now.com/CHG1");
    public static readonly Gate[] Open = [new(GateKind.Slot, true, "On demand.")];

    public static Deployment Submitted(Plan? plan = null, RiskBand band = RiskBand.Low, EnvironmentPolicy? policy = null)
    {
        var deployment = Deployment.Create("DEP-2026-000009", default, default, default, "web", "", plan ?? UnderChange, null, Mia, Now);
        deployment.Submit(Needed(plan ?? UnderChange, band, policy), Mia, Now, RiskOf(band)).Error.ShouldBeNull();
        return deployment;
    }

    public static void EditAndSubmit(Deployment deployment)
    {
        var other = deployment.Plan with { Reason = ReasonCode.Security };
        deployment.Edit("web", "", deployment.ModelVersionId, other, null, [], Mia, Now).Error.ShouldBeNull();
        deployment.Submit(Needed(other, RiskBand.Medium), Mia, Now, RiskOf(RiskBand.Medium)).Error.ShouldBeNull();
    }

    public static IReadOnlyList<NeededApproval> Needed(Plan plan, RiskBand band = RiskBand.Low, EnvironmentPolicy? policy = null) => ApprovalPolicy.For(plan, policy ?? new EnvironmentPolicy(), band);

    public static Risk RiskOf(RiskBand band) => new()
    {
        Factors = [.. Enum.GetValues<RiskFactorKind>().Select((kind, place) => new RiskFactor(kind, band switch { RiskBand.Low => 0, RiskBand.Medium => place > 2 ? 2 : 0, _ => 2 }, "So."))],
        PlanDigest = UnderChange.Digest,
        AssessedAt = Now,
    };

    public static Result Approve(Deployment deployment, Actor by, ApproverQuality quality) => deployment.Approve(deployment.PlanDigest, [Role.Approver], [quality], null, by, Now);

    public static ChangeStanding Authorised(DateTimeOffset? since = null) => new("ServiceNow", "CHG1", Scheduled, since ?? Now, null, WhenUnreachable.Hold, true, since ?? Now);

    public static ChangeStanding Called() => new("ServiceNow", "CHG1", new ChangeSeen(true, false, "Canceled"), Now, null, WhenUnreachable.Hold, true);

    public static IEnumerable<ApproverQuality> Waiting(Deployment deployment) => deployment.Approvals.Where(approval => approval.Status == ApprovalStatus.Pending).Select(approval => approval.Quality);

    public static IEnumerable<string> Told(Deployment deployment, string kind) => deployment.TakeNewEvents().Where(happened => happened.Kind == kind).Select(happened => happened.Text);

    public static void Look(ChangeRecord record, ChangeSeen? seen, DateTimeOffset at) =>
        record.Settle(record.Take(TimeSpan.FromMinutes(1), at), new ChangeAnswer(seen, seen is null ? "It is away." : null), true, at);

    public static Gate ApprovalGate(Deployment deployment, ChangeStanding? change, DateTimeOffset? at = null)
    {
        var facts = new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, Given.Plan.ModelDigest), [], [], []) { Change = change };
        return StartGates.For(deployment, facts, at ?? Now).Single(gate => gate.Kind == GateKind.Approval);
    }
}
