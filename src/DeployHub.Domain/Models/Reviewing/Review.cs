using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Reviewing;

public enum ReviewKind
{
    /// <summary>Of a model: at least every quarter, or every 20 deployments.</summary>
    RecordsAnalysis,

    /// <summary>Of one deployment that failed, ended partially or was an emergency.</summary>
    DeploymentReview,
}

/// <summary>People look at what records say and decide what follows from it (domain §2.1.2 A4).</summary>
public sealed class Review
{
    /// <summary>How many working days after its occasion it is due (domain Appendix A).</summary>
    public const int WorkingDays = 5;

    private Review() { }

    public ReviewId Id { get; private init; }

    /// <summary>Such as <c>REV-2026-000007</c>; never given twice, and nothing numbered is deleted.</summary>
    public string Number { get; private init; } = "";

    public ReviewKind Kind { get; private init; }

    public ModelId ModelId { get; private init; }

    /// <summary>Of <see cref="ReviewKind.DeploymentReview"/>; null for a model's records.</summary>
    public DeploymentId? DeploymentId { get; private init; }

    /// <summary>What asked for it, in a sentence.</summary>
    public string Occasion { get; private init; } = "";

    /// <summary>The last day on which it is in time, UTC.</summary>
    public DateOnly DueOn { get; private init; }

    public Actor ScheduledBy { get; private init; } = Actor.System;

    public DateTimeOffset ScheduledAt { get; private init; }

    public ReviewStatus Status { get; private set; }

    public Actor? HeldBy { get; private set; }

    public DateTimeOffset? HeldAt { get; private set; }

    public IReadOnlyList<Actor> Participants { get; private set; } = [];

    /// <summary>From when on records were looked at, until <see cref="HeldAt"/>; null before.</summary>
    public DateTimeOffset? PeriodFrom { get; private set; }

    /// <summary>The signals as they were when it was held: later records do not alter what was talked about.</summary>
    public IReadOnlyList<ReviewFinding> Findings { get; private set; } = [];

    public string Narrative { get; private set; } = "";

    /// <summary>Where the cause of the deployment's trouble lay; null for a model's records, whose findings have their own.</summary>
    public CauseClass? CauseClass { get; private set; }

    public Actor? ClosedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public static Review OfModel(string number, ModelId model, string occasion, DateOnly dueOn, Actor by, DateTimeOffset at) =>
        Schedule(number, ReviewKind.RecordsAnalysis, model, null, occasion, dueOn, by, at);

    public static Review OfDeployment(string number, ModelId model, DeploymentId deployment, string occasion, DateOnly dueOn, Actor by, DateTimeOffset at) =>
        Schedule(number, ReviewKind.DeploymentReview, model, deployment, occasion, dueOn, by, at);

    /// <summary>It is not closed, and its day is over.</summary>
    public bool IsOverdueAt(DateTimeOffset at) => Status is not ReviewStatus.Closed && DateOnly.FromDateTime(at.UtcDateTime) > DueOn;

    /// <summary>People came together; the signals of this moment are what they talk about.</summary>
    public Result Hold(IReadOnlyList<Actor> participants, AnalysisWindow period, IEnumerable<Signal> signals, Actor by, DateTimeOffset at)
    {
        if (participants.Count == 0) return ReviewErrors.NobodyTookPart;
        if (Move(ReviewTrigger.Hold).Error is { } refusal) return refusal;

        (HeldBy, HeldAt, PeriodFrom) = (by, at, period.From);
        Participants = [.. participants.DistinctBy(participant => participant.Id)];
        Findings = [.. signals.Select((signal, place) => new ReviewFinding(place + 1, signal))];
        return Result.Success;
    }

    /// <summary>What is said of one signal. Until the review is closed it may be said anew.</summary>
    public Result GiveVerdict(int finding, ReviewVerdict verdict, CauseClass causeClass, string words, Actor by, DateTimeOffset at)
    {
        if (Status is not ReviewStatus.Held) return ReviewErrors.NotHeld;
        if (finding < 1 || finding > Findings.Count) return ReviewErrors.NoSuchFinding(finding, Findings.Count);

        Findings = [.. Findings.Select(known => known.Number == finding ? known with { Given = new GivenVerdict(verdict, causeClass, words, by, at) } : known)];
        return Result.Success;
    }

    /// <summary>Refused with <c>review.verdicts-missing</c> while a signal has no verdict, and for a deployment without a cause class.</summary>
    public Result Close(string narrative, CauseClass? causeClass, Actor by, DateTimeOffset at)
    {
        if (Status is ReviewStatus.Held && Undecided() is { Count: > 0 } undecided) return ReviewErrors.VerdictsMissing(undecided);
        if (Kind is ReviewKind.DeploymentReview && causeClass is null) return ReviewErrors.CauseClassMissing;
        if (Move(ReviewTrigger.Close).Error is { } refusal) return refusal;

        (Narrative, CauseClass, ClosedBy, ClosedAt) = (narrative, causeClass, by, at);
        return Result.Success;
    }

    private List<string> Undecided() =>
        [.. Findings.Where(finding => finding.Given is null).Select(finding => finding.Signal).Select(signal => signal.Subject is { } subject ? $"{signal.Code} “{subject}”" : $"{signal.Code}")];

    private static Review Schedule(string number, ReviewKind kind, ModelId model, DeploymentId? deployment, string occasion, DateOnly dueOn, Actor by, DateTimeOffset at) => new()
    {
        Id = ReviewId.New(),
        Number = number,
        Kind = kind,
        ModelId = model,
        DeploymentId = deployment,
        Occasion = occasion,
        DueOn = dueOn,
        ScheduledBy = by,
        ScheduledAt = at,
    };

    private Result Move(ReviewTrigger on)
    {
        var next = ReviewMoves.Table.Next(Status, on);
        if (next.Error is not null) return ReviewErrors.CannotMove(Status);

        Status = next.Value;
        return Result.Success;
    }
}
