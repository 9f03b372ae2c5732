using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

public readonly record struct SupplierLinkId(Guid Value) : IId<SupplierLinkId>
{
    public static SupplierLinkId New() => new(Guid.CreateVersion7());

    public static SupplierLinkId From(Guid value) => new(value);
}

/// <summary>A manual step of a run that a link opens.</summary>
public sealed record LinkedStep(Stage Stage, string Subject, int Step);

/// <summary>Lets an external technician answer chosen manual steps of one run, and nothing else. Only the digest of its token is kept.</summary>
public sealed class SupplierLink
{
    /// <summary>How every token begins, so that a leaked one is recognised.</summary>
    public const string TokenPrefix = "dhl_";

    public static readonly TimeSpan UsualLife = TimeSpan.FromHours(24);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    private SupplierLink() { }

    public SupplierLinkId Id { get; private init; }

    public RunId RunId { get; private init; }

    public Digest TokenDigest { get; private init; }

    public string Name { get; private init; } = "";

    public string Organisation { get; private init; } = "";

    public IReadOnlyList<LinkedStep> Steps { get; private init; } = [];

    public DateTimeOffset ExpiresAt { get; private init; }

    public Actor MadeBy { get; private init; } = Actor.System;

    public DateTimeOffset MadeAt { get; private init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public Actor ToActor() => new(Id.Value.ToString(), $"{Name} ({Organisation}), by link");

    public bool IsValid(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public bool Opens(Stage stage, string subject, int step) => Steps.Contains(new LinkedStep(stage, subject, step));

    /// <summary>Refused beyond a week, and without steps of the run that people do.</summary>
    public static Result<SupplierLink> Make(Run run, string name, string organisation, IReadOnlyList<LinkedStep> steps, string token, DateTimeOffset expiresAt, Actor by, DateTimeOffset at)
    {
        if (expiresAt <= at || expiresAt > at + LongestLife) return RunErrors.LinkTooLong;
        if (steps.Count == 0 || !steps.All(step => IsByHand(run, step))) return RunErrors.LinkWithoutSteps;

        return new SupplierLink
        {
            Id = SupplierLinkId.New(),
            RunId = run.Id,
            TokenDigest = Digest.OfText(token),
            Name = name,
            Organisation = organisation,
            Steps = [.. steps.Distinct()],
            ExpiresAt = expiresAt,
            MadeBy = by,
            MadeAt = at,
        };
    }

    public Result Revoke(DateTimeOffset at)
    {
        if (RevokedAt is not null) return AccessErrors.AlreadyRevoked;

        RevokedAt = at;
        return Result.Success;
    }

    private static bool IsByHand(Run run, LinkedStep linked) => run.TargetRuns.Any(targetRun =>
        targetRun.Stage == linked.Stage && targetRun.Subject == linked.Subject && targetRun.Steps.Any(step => step.Number == linked.Step && step.Settings is ManualWork));
}
