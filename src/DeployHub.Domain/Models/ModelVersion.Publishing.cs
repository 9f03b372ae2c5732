using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>Activity A6: approved by a second person, published.</summary>
public sealed partial class ModelVersion
{
    public PublicationApproval? Approval { get; private set; }

    /// <summary>It is tested, and nobody has agreed to its publication yet.</summary>
    public bool AwaitsApproval => Status is ModelVersionStatus.Tested && Approval is null;

    /// <summary>Null until it is published, and for what was imported.</summary>
    public Publication? Publication { get; private set; }

    /// <summary>
    /// Refused with <c>SOD-5</c> to whoever edited last and to machines, with <c>model.digest-changed</c> when another text was read, and where
    /// a case was only walked through at the table, to everybody but a deployment manager (domain A3).
    /// </summary>
    public Result Approve(Digest seen, bool asManager, Actor by, DateTimeOffset at)
    {
        if (!ModelVersionMoves.Table.Allows(Status, ModelVersionTrigger.Approve)) return ModelVersionMoves.Table.Next(Status, ModelVersionTrigger.Approve).Error!;
        if (RefusalToApprove(asManager, by) is { } refusal) return refusal;
        if (seen != Digest) return ModelErrors.DigestChanged(Number);

        Approval = new PublicationApproval(by, at, seen);
        return Move(ModelVersionTrigger.Approve, by, at, "");
    }

    /// <summary>Why somebody who holds the right is not the second person all the same; null when they are.</summary>
    public Error? RefusalToApprove(bool asManager, Actor by)
    {
        if (by.Kind is not ActorKind.Person || Editors.LastOrDefault(editor => editor.Kind is ActorKind.Person)?.Is(by) == true) return ModelErrors.EditorMayNotApprove;

        return Rehearsals.Any(rehearsal => rehearsal.IsTabletop && (!asManager || rehearsal.By.Is(by))) ? ModelErrors.TabletopNeedsManager : null;
    }

    /// <summary>
    /// Refused with <c>model.not-approved</c> before a second person agreed, and with <c>model.plans-undecided</c> while an open plan with an
    /// earlier version has no decision. The caller deprecates the version it replaces.
    /// </summary>
    /// <param name="newest">Number of the newest version that was ever published; 0 when none was. Versions never go backwards.</param>
    /// <param name="openPlans">Numbers of deployments that are planned with an earlier version and not over.</param>
    internal Result Publish(string changeReference, string releaseNote, int newest, IReadOnlyList<PlanMigration> decisions, IReadOnlyList<string> openPlans, Actor by, DateTimeOffset at)
    {
        if (newest > Number) return ModelErrors.Outdated(Number, newest);
        if (Status is ModelVersionStatus.Tested && Approval is null) return ModelErrors.NotApproved;
        if (openPlans.Where(plan => decisions.All(decision => decision.Deployment != plan)).ToList() is { Count: > 0 } undecided) return ModelErrors.PlansUndecided(undecided);
        if (decisions.FirstOrDefault(decision => !openPlans.Contains(decision.Deployment)) is { } stranger) return ModelErrors.NoOpenPlan(stranger.Deployment);

        var moved = Move(ModelVersionTrigger.Publish, by, at, releaseNote);
        if (moved.Error is not null) return moved;

        Publication = new Publication(changeReference, Approval!.By, decisions);
        BecomePublished(releaseNote, by, at);
        return Result.Success;
    }
}
