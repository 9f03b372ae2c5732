using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;

namespace DeployHub.Domain.Notifications;

/// <summary>What an organisation is written about a deployment that it was asked about (journey J10).</summary>
public enum LetterKind
{
    /// <summary>It has to agree.</summary>
    Request,

    /// <summary>It agreed in advance, and this comes.</summary>
    Announcement,
    Reminder,

    /// <summary>Another time; what it answered stands.</summary>
    Change,

    /// <summary>Taken back, and planned anew.</summary>
    Recall,
    Cancellation,

    /// <summary>It goes on against the organisation's objection.</summary>
    Override,
    Start,
    Outcome,
}

/// <summary>One thing that the contacts of one organisation are written.</summary>
public sealed record Letter(LetterKind Kind, AlignmentRequest Request)
{
    /// <summary>What happened at one moment may be stored a little more or less exactly.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>Something that happened, as far as organisations have to hear of it. What is not so any more is not written.</summary>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="alignment">Number of the request that it is about; null where it is about the deployment.</param>
    /// <param name="became">State of the deployment when it happened.</param>
    public static IEnumerable<Letter> Of(string type, int? alignment, string? became, Deployment deployment, DateTimeOffset at)
    {
        if (deployment.Plan.Rehearsal is not null) return [];

        var current = deployment.Alignments.Where(request => request.IsCurrent).ToList();
        return type switch
        {
            EventTypes.AlignmentRequested => current.Where(request => request.Number == alignment).Select(Asking).OfType<Letter>(),
            EventTypes.AlignmentReminder => current.Where(request => request.Number == alignment && request.Status is AlignmentStatus.Pending).Select(request => new Letter(LetterKind.Reminder, request)),
            EventTypes.AlignmentOverridden => current.Where(request => request.Status is AlignmentStatus.Overridden && (request.Override[^1].At - at).Duration() < Moment).Select(request => new Letter(LetterKind.Override, request)),
            EventTypes.DeploymentRescheduled => current.Where(request => request.AskedAt < at - Moment).Select(request => new Letter(LetterKind.Change, request)), // whoever is asked anew reads it there
            EventTypes.ApprovalVoided when became == nameof(DeploymentStatus.Draft) => Each(LetterKind.Recall),
            EventTypes.DeploymentCancelled or EventTypes.DeploymentExpired => Each(LetterKind.Cancellation),
            EventTypes.DeploymentStarting => Each(LetterKind.Start),
            EventTypes.DeploymentCompleted => Each(LetterKind.Outcome),
            _ => [],
        };

        IEnumerable<Letter> Each(LetterKind kind) => current.Select(request => new Letter(kind, request));
    }

    private static Letter? Asking(AlignmentRequest request) => request switch
    {
        { Answer: null } => new Letter(LetterKind.Request, request),
        { Answer.Way: AnswerWay.StandingAgreement } => new Letter(LetterKind.Announcement, request),
        _ => null,
    };
}
