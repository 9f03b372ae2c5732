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
    /// <summary>How long before the start organisations hear of it.</summary>
    public static readonly TimeSpan BeforeStart = TimeSpan.FromHours(1);

    /// <summary>What happened at one moment may be stored a little more or less exactly.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// What is over asks for nothing and shows nothing that the letter does not say: a link would only be a key that lies about. Whatever comes, is to
    /// be answered or can be followed has one.
    /// </summary>
    public static bool HasLink(LetterKind kind) => kind is not (LetterKind.Recall or LetterKind.Cancellation or LetterKind.Outcome);

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
            EventTypes.ApprovalVoided or EventTypes.ApprovalDecided when became == nameof(DeploymentStatus.Draft) => Each(LetterKind.Recall),
            EventTypes.DeploymentCancelled or EventTypes.DeploymentExpired => Each(LetterKind.Cancellation),
            EventTypes.DeploymentStarting => Each(LetterKind.Start),
            EventTypes.DeploymentCompleted => Each(LetterKind.Outcome),
            _ => [],
        };

        IEnumerable<Letter> Each(LetterKind kind) => current.Select(request => new Letter(kind, request));
    }

    /// <summary>
    /// Why it is not sent any more, as a sentence without its end: a mail server may be away for days, and what was so when the letter was written
    /// may be over. Null while it is still so.
    /// </summary>
    /// <param name="slot">The slot when the letter was written.</param>
    public static string? WhyNotSent(LetterKind kind, AlignmentRequest request, Slot? slot, Deployment deployment, DateTimeOffset at)
    {
        var isAsking = deployment.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled;
        return kind switch
        {
            LetterKind.Cancellation or LetterKind.Outcome => null, // it stays so
            LetterKind.Recall => deployment.Status is DeploymentStatus.Draft ? null : $"it was planned anew since, and is {Words.Of(deployment.Status)}",
            _ when !request.IsCurrent => "it was planned otherwise since, and they are asked about that",
            _ when deployment.Status is DeploymentStatus.Draft => "it was taken back since",
            _ when !isAsking => $"it is {Words.Of(deployment.Status)} by now",
            LetterKind.Request or LetterKind.Reminder => WhyNotAsked(request, at),
            LetterKind.Start => deployment.Slot is { Start: var start } && start > at && start - at <= BeforeStart ? null : "it does not start within the hour any more",
            LetterKind.Change => deployment.Slot == slot ? null : "it has another time since, which a letter of its own says",
            LetterKind.Override => request.Status is AlignmentStatus.Overridden ? null : "the objection is not overridden any more",
            _ => null,
        };
    }

    private static string? WhyNotAsked(AlignmentRequest request, DateTimeOffset at) => request switch
    {
        { Answer: { } answer } => $"it was answered on {answer.At:yyyy-MM-dd HH:mm} UTC by {answer.Name}",
        _ when request.Deadline <= at || request.Status is AlignmentStatus.NoResponse => $"the time to answer passed on {request.Deadline:yyyy-MM-dd HH:mm} UTC; ask them again, or call them",
        _ => null,
    };

    private static Letter? Asking(AlignmentRequest request) => request switch
    {
        { Answer: null } => new Letter(LetterKind.Request, request),
        { Answer.Way: AnswerWay.StandingAgreement } => new Letter(LetterKind.Announcement, request),
        _ => null,
    };
}
