using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Improving;

/// <summary>Who moved an improvement, when, and what was said.</summary>
public sealed record ImprovementMove(ImprovementTrigger Move, Actor By, DateTimeOffset At, string Text);

/// <summary>A proposal to change a model, with what it rests on and, later, what came of it (domain §1.5, A5).</summary>
public sealed class Improvement
{
    /// <summary>Whoever proposes hears of a decision within this time (domain A5).</summary>
    public static readonly TimeSpan DecidedWithin = TimeSpan.FromDays(30);

    /// <summary>So long after its delivery it is evaluated, or after <see cref="DeploymentsToEvaluate"/>.</summary>
    public static readonly TimeSpan EvaluatedAfter = TimeSpan.FromDays(30);

    public const int DeploymentsToEvaluate = 10;

    private Improvement() { }

    public ImprovementId Id { get; private init; }

    /// <summary>Such as <c>IMP-2026-000017</c>; never given twice, and nothing numbered is deleted.</summary>
    public string Number { get; private init; } = "";

    /// <summary>The model that it is about.</summary>
    public ModelId ModelId { get; private init; }

    public string Title { get; private init; } = "";

    /// <summary>What is expected of it, such as “the median lead time falls from 9 h to 5 h”; empty while nobody said.</summary>
    public string Hypothesis { get; private set; } = "";

    public IReadOnlyList<EvidenceLink> Evidence { get; private init; } = [];

    public Actor ProposedBy { get; private init; } = Actor.System;

    public DateTimeOffset ProposedAt { get; private init; }

    public ImprovementStatus Status { get; private set; }

    public Assessment? Assessment { get; private set; }

    /// <summary>The one that it goes on as.</summary>
    public ImprovementId? MergedInto { get; private set; }

    /// <summary>Who answers for it; null until it is accepted.</summary>
    public Actor? Owner { get; private set; }

    /// <summary>By when it is in use.</summary>
    public DateOnly? Due { get; private set; }

    public Goal? Goal { get; private set; }

    /// <summary>The version in which it is written; null before it is started, and where a task is done instead.</summary>
    public ModelVersionId? VersionId { get; private set; }

    /// <summary>The address of the task that is done instead of writing another version.</summary>
    public string? TaskLink { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public Evaluation? Evaluation { get; private set; }

    /// <summary>Every move since it was proposed, oldest first.</summary>
    public IReadOnlyList<ImprovementMove> History { get; private set; } = [];

    /// <summary>Nobody has decided yet.</summary>
    public bool IsUndecided => Status is ImprovementStatus.Proposed or ImprovementStatus.Assessed;

    /// <summary>From when on it is evaluated, unless enough deployments come sooner; null before it is delivered.</summary>
    public DateTimeOffset? EvaluateFrom => DeliveredAt + EvaluatedAfter;

    /// <summary>Its proposer still waits for an answer.</summary>
    public bool IsOverdue(DateTimeOffset at) => IsUndecided && at - ProposedAt > DecidedWithin;

    /// <summary>It should have been in use by now.</summary>
    public bool IsLate(DateTimeOffset at) => Status is ImprovementStatus.Accepted or ImprovementStatus.InProgress && Due < DateOnly.FromDateTime(at.UtcDateTime);

    /// <param name="deployments">Live ones that were completed since it was delivered.</param>
    public bool IsEvaluationDue(int deployments, DateTimeOffset at) => Status is ImprovementStatus.Delivered && (deployments >= DeploymentsToEvaluate || at >= EvaluateFrom);

    /// <summary>Refused with <c>improvement.title-missing</c>, and with <c>improvement.evidence-missing</c> when it rests on nothing.</summary>
    public static Result<Improvement> Propose(string number, ModelId model, string title, string hypothesis, IReadOnlyList<EvidenceLink> evidence, Actor by, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(title)) return ImprovementErrors.TitleMissing;
        if (evidence.Count == 0) return ImprovementErrors.EvidenceMissing;

        return new Improvement
        {
            Id = ImprovementId.New(),
            Number = number,
            ModelId = model,
            Title = title.Trim(),
            Hypothesis = hypothesis.Trim(),
            Evidence = [.. evidence.Distinct()],
            ProposedBy = by,
            ProposedAt = at,
        };
    }

    /// <param name="hypothesis">Said anew; null keeps what was said.</param>
    public Result Assess(Level value, Level effort, Level risk, string? note, string? hypothesis, Actor by, DateTimeOffset at)
    {
        var moved = Move(ImprovementTrigger.Assess, note ?? "", by, at);
        if (moved.Error is null) (Assessment, Hypothesis) = (new Assessment(value, effort, risk, note, by, at), hypothesis?.Trim() ?? Hypothesis);
        return moved;
    }

    /// <summary>Refused with <c>improvement.reason-missing</c>: whoever proposed it always gets an answer.</summary>
    public Result Decline(string reason, Actor by, DateTimeOffset at)
    {
        if (RefusalOf(ImprovementTrigger.Decline) is { } refusal) return refusal;
        return string.IsNullOrWhiteSpace(reason) ? ImprovementErrors.ReasonMissing : Move(ImprovementTrigger.Decline, reason, by, at);
    }

    /// <summary>Refused with <c>improvement.merged-into-itself</c>, and with <c>improvement.into-closed</c> when the other one is over.</summary>
    public Result MergeInto(Improvement other, Actor by, DateTimeOffset at)
    {
        if (RefusalOf(ImprovementTrigger.Merge) is { } refusal) return refusal;
        if (other.Id == Id) return ImprovementErrors.MergedIntoItself;
        if (ImprovementMoves.Table.IsFinal(other.Status)) return ImprovementErrors.IntoClosed(other.Number, other.Status);

        MergedInto = other.Id;
        return Move(ImprovementTrigger.Merge, $"It goes on as {other.Number}.", by, at);
    }

    /// <summary>
    /// Refused with <c>improvement.due-past</c>, with <c>improvement.no-baseline</c> where nothing was measured yet, and with
    /// <c>improvement.target-not-better</c>.
    /// </summary>
    /// <param name="baseline">The metric of the 90 days before; null where no deployment stands behind it.</param>
    /// <param name="target">In the unit of the baseline.</param>
    public Result Accept(Actor owner, DateOnly due, ImprovementMetric metric, Measurement? baseline, double target, string? reason, Actor by, DateTimeOffset at)
    {
        if (RefusalOf(ImprovementTrigger.Accept) is { } refusal) return refusal;
        if (due < DateOnly.FromDateTime(at.UtcDateTime)) return ImprovementErrors.DuePast;
        if (baseline is null) return ImprovementErrors.NoBaseline(metric);
        if (!metric.IsBetter(target, baseline.Value)) return ImprovementErrors.TargetNotBetter(metric, target, baseline.Value);

        (Owner, Due, Goal) = (owner, due, new Goal(baseline, target));
        return Move(ImprovementTrigger.Accept, reason ?? "", by, at);
    }

    /// <summary>Why nothing can be linked now; null when it can.</summary>
    /// <param name="linked">The version that is linked already.</param>
    public Error? RefusalToStart(ModelVersion? linked) => IsLeftBehind(linked) ? null : RefusalOf(ImprovementTrigger.Start);

    /// <summary>
    /// It is written in this draft. Refused with <c>improvement.other-model</c> and <c>improvement.version-not-open</c>. One whose linked draft was
    /// discarded may be started again with another one; else it could never be delivered.
    /// </summary>
    /// <param name="linked">The version that is linked already.</param>
    public Result Start(ModelVersion draft, ModelVersion? linked, Actor by, DateTimeOffset at)
    {
        if (RefusalToStart(linked) is { } refusal) return refusal;
        if (draft.ModelId != ModelId) return ImprovementErrors.OtherModel;
        if (!draft.IsOpen) return ImprovementErrors.VersionNotOpen(draft.Number, draft.Status);

        (VersionId, TaskLink) = (draft.Id, null);
        return Begin($"It is written in v{draft.Number}.", by, at);
    }

    /// <summary>A task is done instead of writing another version.</summary>
    /// <param name="linked">The version that is linked already.</param>
    public Result StartElsewhere(string taskLink, ModelVersion? linked, Actor by, DateTimeOffset at)
    {
        if (RefusalToStart(linked) is { } refusal) return refusal;

        (VersionId, TaskLink) = (null, taskLink);
        return Begin($"It is done as {taskLink}.", by, at);
    }

    /// <summary>It is in use. Refused with <c>improvement.version-unpublished</c> while the linked version is not.</summary>
    /// <param name="linked">The version that is linked; null where a task is.</param>
    public Result Deliver(ModelVersion? linked, Actor by, DateTimeOffset at)
    {
        if (RefusalOf(ImprovementTrigger.Deliver) is { } refusal) return refusal;
        if (linked is { PublishedAt: null }) return ImprovementErrors.VersionUnpublished(linked.Number, linked.Status);

        DeliveredAt = at;
        return Move(ImprovementTrigger.Deliver, linked is null ? "The task is done." : $"v{linked.Number} is published.", by, at);
    }

    /// <summary>
    /// Refused with <c>improvement.no-after-value</c> before the first deployment, with <c>improvement.other-definition</c>, and with
    /// <c>improvement.verdict-unexplained</c> for another verdict than the figures suggest without a reason.
    /// </summary>
    /// <param name="after">The metric of the baseline since the delivery; null where no deployment stands behind it.</param>
    /// <param name="deployments">Live ones that were completed since then.</param>
    public Result Evaluate(Measurement? after, EffectVerdict verdict, string? reason, int deployments, Actor by, DateTimeOffset at)
    {
        if (RefusalOf(ImprovementTrigger.Evaluate) is { } refusal) return refusal;
        if (after is null) return ImprovementErrors.NoAfterValue;
        if (after.Metric != Goal!.Metric) return ImprovementErrors.OtherDefinition;

        var effect = new Effect(Goal.Baseline, after);
        if (verdict != effect.Suggested && string.IsNullOrWhiteSpace(reason)) return ImprovementErrors.VerdictUnexplained(effect);

        Evaluation = new Evaluation(after, effect.Suggested, verdict, reason, by, at, ByOwner: Owner!.Is(by), BeforeDue: !IsEvaluationDue(deployments, at));
        return Move(ImprovementTrigger.Evaluate, $"{Words.Title(verdict)}. {reason}".Trim(), by, at);
    }

    private bool IsLeftBehind(ModelVersion? linked) => Status is ImprovementStatus.InProgress && linked is { Status: ModelVersionStatus.Discarded } && linked.Id == VersionId;

    private Error? RefusalOf(ImprovementTrigger on) => ImprovementMoves.Table.Allows(Status, on) ? null : ImprovementErrors.CannotMove(Number, Status, on);

    /// <summary>Linking another version to what is in progress already is no move of its own.</summary>
    private Result Begin(string text, Actor by, DateTimeOffset at)
    {
        if (Status is not ImprovementStatus.InProgress) return Move(ImprovementTrigger.Start, text, by, at);

        Note(ImprovementTrigger.Start, text, by, at);
        return Result.Success;
    }

    private Result Move(ImprovementTrigger on, string text, Actor by, DateTimeOffset at)
    {
        var next = ImprovementMoves.Table.Next(Status, on);
        if (next.Error is not null) return ImprovementErrors.CannotMove(Number, Status, on);

        Status = next.Value;
        Note(on, text, by, at);
        return Result.Success;
    }

    private void Note(ImprovementTrigger on, string text, Actor by, DateTimeOffset at) => History = [.. History, new ImprovementMove(on, by, at, text)];
}
