using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs.Verifying;

/// <summary>
/// The checks of a deployment done now, outside of any run: an early warning before its slot, or another look at what it left. It takes no
/// lock and halts nothing, and no run relies on it: each run checks anew (domain B2).
/// </summary>
public sealed class DryVerification
{
    /// <summary>How many of one deployment are kept: they warn, and the record is what its runs found.</summary>
    public const int Kept = 20;

    private readonly List<DryLook> _looks = [];

    private DryVerification() { }

    public DryVerificationId Id { get; private init; }

    public DeploymentId DeploymentId { get; private init; }

    /// <summary>From 1 within its deployment: V1, V2 ….</summary>
    public int Number { get; private init; }

    /// <summary>Such as <c>DEP-2026-000123/V1</c>.</summary>
    public string Name { get; private init; } = "";

    public Actor AskedBy { get; private init; } = Actor.System;

    public DateTimeOffset AskedAt { get; private init; }

    public IReadOnlyList<DryLook> Looks => _looks;

    public bool IsOver => _looks.TrueForAll(look => look.IsOver);

    /// <summary>
    /// Plans what is looked at. Refused while a run verifies by itself, for a plan that nobody approved where it is live (its settings reach
    /// targets), and when there is nothing to check.
    /// </summary>
    /// <param name="isLive">Whether its environment is live now.</param>
    /// <param name="modelMayStart">Its model is neither suspended nor withdrawn.</param>
    /// <param name="number">The deployment's next.</param>
    /// <param name="stages">Null for what its state suggests: what comes before a run, or once it is completed what comes after.</param>
    /// <param name="expansion">Of its plan, expanded.</param>
    public static Result<DryVerification> Ask(
        Deployment deployment, bool isLive, bool modelMayStart, int number, IReadOnlyCollection<Stage>? stages, Expansion expansion, IConditions conditions, Actor by, DateTimeOffset at)
    {
        if (Objection(deployment, isLive) is { } objection) return objection;
        if (!modelMayStart) return DryVerificationErrors.ModelMayNotStart(deployment);

        var suggested = StagesFor(deployment.Status);
        var chosen = stages is { Count: > 0 } ? stages : suggested;
        if (chosen.Contains(Stage.Execute)) return DryVerificationErrors.ExecuteChanges;
        if (IsDone(deployment.Status) && chosen.Except(suggested).Any()) return DryVerificationErrors.OnlyAfter(deployment);

        var verification = new DryVerification { Id = DryVerificationId.New(), DeploymentId = deployment.Id, Number = number, Name = $"{deployment.Number}/V{number}", AskedBy = by, AskedAt = at };
        foreach (var subject in expansion.TargetRuns.Where(targetRun => chosen.Contains(targetRun.Stage)))
            verification._looks.Add(DryLook.Plan(verification.Id, verification._looks.Count, subject, conditions, at));
        return verification.IsOver ? DryVerificationErrors.NothingToCheck(chosen) : verification;
    }

    /// <summary>Why its state does not allow one; null when it does.</summary>
    public static Error? Objection(Deployment deployment, bool isLive) => deployment.Status switch
    {
        DeploymentStatus.InProgress or DeploymentStatus.Halted => DryVerificationErrors.RunUnderWay(deployment),
        DeploymentStatus.Cancelled or DeploymentStatus.Expired => DryVerificationErrors.GivenUp(deployment),
        DeploymentStatus.Draft or DeploymentStatus.InReview when isLive => DryVerificationErrors.NotApproved(deployment),
        _ => null,
    };

    /// <summary>What it has not looked at yet, nobody will: somebody asked anew.</summary>
    public void GiveUp(DateTimeOffset at)
    {
        foreach (var look in _looks) look.GiveUp(at);
    }

    private static bool IsDone(DeploymentStatus status) => status is DeploymentStatus.Completed or DeploymentStatus.Closed;

    private static Stage[] StagesFor(DeploymentStatus status) =>
        IsDone(status) ? [Stage.VerifyDeployment] : [Stage.VerifyComponents, Stage.VerifyEnvironment];
}
